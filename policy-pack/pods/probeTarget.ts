import { type Finding, pending, type Value, violation } from "../frame";

import { podPortsOf, portsOf, portsText } from "./containerPorts";
import { type Engine, engineOf } from "./modelServer";

/** Paths at which a server says that it is well, the one made for it first. */
const HEALTH_PATHS: Readonly<Record<Engine, readonly string[]>> = {
  vllm: ["/health", "/ping", "/v1/models", "/version", "/load", "/metrics"],
  sglang: ["/health", "/ping", "/health_generate", "/v1/models", "/get_model_info", "/metrics"],
};

const KINDS = ["httpGet", "tcpSocket", "grpc"];

/** What is wrong with where the probes of a container ask. */
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

/** A name is one of the container's own; a container that declares no port may listen on any. */
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
      const problem = `${port} is no port of the pod`;
      yield violation(port, problem, `use one of its ports: ${portsText(all)}`);
    }
  }
}

/** Kubernetes asks at / where no path is given. */
function* pathFindings(request: Value, container: Value): Generator<Finding> {
  const engine = engineOf(container);
  const path = request.at("path");
  const ownPort = portsOf([container])?.some(({ name, number }) => {
    return [name, number, String(number)].includes(request.at("port").raw as string | number);
  });
  // At another port another container of the pod answers.
  if (engine === undefined || request.fields === undefined || ownPort === false) {
    return;
  }
  const asked = path.absent ? "/" : path.text?.replace(/\?.*/, "");
  if (path.unknown) {
    yield pending(path);
  } else if (asked !== undefined && !HEALTH_PATHS[engine].includes(asked)) {
    const given = path.absent ? "is not set, so the probe asks at /" : `${path}`;
    const title = engine === "vllm" ? "vLLM" : "SGLang";
    yield violation(path, `${given}, where ${title} does not say how it is`, 'write "/health"');
  }
}
