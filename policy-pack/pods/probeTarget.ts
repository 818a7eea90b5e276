import { type Finding, pending, type Value, violation } from "../frame";

import { podPortsOf, portsOf, portsText } from "./containerPorts";
import { type Engine, engineOf } from "./modelServer";

/** Paths that a healthy server answers, the one intended for health checks first. */
const HEALTH_PATHS: Readonly<Record<Engine, readonly string[]>> = {
  vllm: ["/health", "/ping", "/v1/models", "/version", "/load", "/metrics"],
  sglang: ["/health", "/ping", "/health_generate", "/v1/models", "/get_model_info", "/metrics"],
};

const KINDS = ["httpGet", "tcpSocket", "grpc"];

/** What is wrong with the ports and paths of a container's probes. */
export function* probeTargetFindings(container: Value, template: Value): Generator<Finding> {
  for (const name of ["startupProbe", "readinessProbe", "livenessProbe"]) {
    const probe = container.at(name);
    for (const target of KINDS.map((kind) => probe.at(kind))) {
      if (target.fields !== undefined) {
        yield* portFindings(target.at("port"), container, template);
      }
    }
    yield* pathFindings(probe.at("httpGet"), container);
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
function* pathFindings(request: Value, container: Value): Generator<Finding> {
  const engine = engineOf(container);
  const path = request.at("path");
  const ownPort = portsOf([container])?.some(({ name, number }) => {
    return [name, number, String(number)].includes(request.at("port").raw as string | number);
  });
  // Another port may belong to another container of the pod.
  if (engine === undefined || request.fields === undefined || ownPort === false) {
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
