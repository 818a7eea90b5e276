import { type Finding, pending, type Value, violation } from "../frame";

import { podPortsOf, portsOf, portsText } from "./containerPorts";
import type { Engine, ModelServer } from "./modelServer";

/** Paths that a healthy server answers, the one intended for health checks first. */
const HEALTH_PATHS: Readonly<Record<Engine, readonly string[]>> = {
  vllm: ["/health", "/ping", "/v1/models", "/version", "/load", "/metrics"],
  sglang: ["/health", "/ping", "/health_generate", "/v1/models", "/get_model_info", "/metrics"],
};

const KINDS = ["httpGet", "tcpSocket", "grpc"];

/** What is wrong with the ports, the paths and the protocol of a server's probes. */
export function* probeTargetFindings(server: ModelServer): Generator<Finding> {
  const { container, template } = server;
  for (const name of ["startupProbe", "readinessProbe", "livenessProbe"]) {
    const probe = container.at(name);
    for (const target of KINDS.map((kind) => probe.at(kind))) {
      if (target.fields !== undefined) {
        yield* portFindings(target.at("port"), container, template);
      }
    }
    yield* pathFindings(probe.at("httpGet"), server);
    yield* schemeFindings(probe.at("httpGet"), server);
  }
}

/**
 * A name has to be that of a port of the container. A container that declares no ports may listen
 * on any.
 */
function* portFindings(port: Value, container: Value, template: Value): Generator<Finding> {
  const own = portsOf([container]);
  const all = podPortsOf(template);
  const number = Number(port.raw);
  const isName = port.text !== undefined && Number.isNaN(number);
  if (port.unknown) {
    yield pending(port);
  } else if (isName && !container.at("ports").unknown) {
    const names = (container.at("ports").items ?? []).map((each) => each.at("name"));
    if (!names.some(({ text, unknown }) => unknown || text === port.text)) {
      const fix = own
        ? `its ports are ${portsText(own)}`
        : "name the port there, or write a number";
      yield violation(port, `the container has no port named ${port}`, fix);
    }
  } else if (!isName && own !== undefined && all !== undefined && !port.absent) {
    if (!all.some((each) => each.number === number)) {
      const problem = `${port} is not a port of the pod`;
      yield violation(port, problem, `use one of its ports: ${portsText(all)}`);
    }
  }
}

/** The default path of Kubernetes is /. */
function* pathFindings(request: Value, { container, engine }: ModelServer): Generator<Finding> {
  const path = request.at("path");
  if (engine === undefined || request.fields === undefined || !isOwn(request, container)) {
    return;
  }
  const asked = path.absent ? "/" : path.text?.replace(/\?.*/, "");
  if (path.unknown) {
    yield pending(path);
  } else if (asked !== undefined && !HEALTH_PATHS[engine].includes(asked)) {
    const given = path.absent ? "is not set, so the probe asks for /, which is" : `${path} is`;
    const title = engine === "vllm" ? "vLLM" : "SGLang";
    yield violation(path, `${given} not a health path of ${title}`, 'write "/health"');
  }
}

/** By default a probe asks in plain HTTP. */
function* schemeFindings(request: Value, server: ModelServer): Generator<Finding> {
  const { container, tlsFlag, title } = server;
  const scheme = request.at("scheme");
  if (request.fields === undefined || tlsFlag === undefined || !isOwn(request, container)) {
    return;
  }
  const isHttps = scheme.text?.toUpperCase() === "HTTPS";
  if (scheme.unknown) {
    yield pending(scheme);
  } else if (tlsFlag !== null && !isHttps) {
    const given = scheme.absent ? "is not set, so the probe asks in plain HTTP" : `is ${scheme}`;
    const problem = `${given}, but with --${tlsFlag.name} ${title} takes HTTPS only`;
    yield violation(scheme, problem, 'write "HTTPS"');
  } else if (tlsFlag === null && isHttps) {
    const problem = `is ${scheme}, but without --ssl-certfile ${title} takes plain HTTP only`;
    yield violation(scheme, problem, "remove it");
  }
}

/** Whether it is a port of the server: another may belong to another container of the pod. */
function isOwn(request: Value, container: Value): boolean {
  const ports = portsOf([container]);
  const asked = request.at("port").raw as string | number;
  return ports?.some(({ name, number }) => [name, number, String(number)].includes(asked)) ?? true;
}
