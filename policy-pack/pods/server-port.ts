import { inferencePools } from "../fleet/kinds";
import { objectsOfKind } from "../fleet/kubernetesObject";
import { Scopes } from "../fleet/scopes";
import {
  advice,
  allOn,
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  violation,
} from "../frame";
import { hidesFlags } from "../picker/flags";
import { portsOf } from "../pools/poolPorts";

import { podPortsOf, portsOf as declaredPorts, portsText } from "./containerPorts";
import { type Engine, type ModelServer, modelServerOf, ModelServers } from "./modelServer";
import { podRunners } from "./podSpec";

const backendTlsPolicies = objectsOfKind({
  kind: "BackendTLSPolicy",
  groups: ["gateway.networking.k8s.io"],
});

/** Default port of each engine. */
const STANDARD_PORT: Readonly<Record<Engine, number>> = { vllm: 8000, sglang: 30000 };

/** First word of a command that starts the server without a script. */
const SERVERS = /(?:^|\/)(?:vllm|sglang|python3?)$/;

export const serverPort = stackPolicy({
  name: "server-port",
  description:
    "Model servers listen on a port that their pods declare, at an address that others reach, and " +
    "pools send requests there.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Write the same port as argument --port of the server, as containerPort of its pods and as " +
    "target port of its InferencePool. Without --port vLLM listens on 8000 and SGLang on 30000. " +
    "Set --host to 0.0.0.0, unless another container of the pod passes requests on.",
  url: "https://gateway-api-inference-extension.sigs.k8s.io/api-types/inferencepool/",
  settings: {},

  *judge(stack) {
    const scopes = new Scopes(stack);
    for (const resource of stack.select(podRunners)) {
      const server = modelServerOf(resource, scopes.of(resource));
      if (server !== undefined) {
        yield* serverFindings(server);
        yield* allOn(resource, addressFindings(server));
      }
    }
    const hasTls = stack.select(backendTlsPolicies).length > 0;
    const servers = new ModelServers(scopes);
    for (const pool of stack.select(inferencePools)) {
      yield* allOn(pool, textFindings(pool));
      const matchLabels = pool.props.at("spec", "selector", "matchLabels");
      const [server] = servers.selectedBy(matchLabels, scopes.of(pool));
      if (server !== undefined) {
        yield* poolFindings(pool, server);
        yield* hasTls ? [] : tlsFindings(pool, server);
      }
    }
  },
});

/** Addresses that only the pod itself reaches. */
const LOOPBACK = /^(?:127(?:\.\d+){3}|localhost|\[?::1\]?)$/;

/** A server that no other pod reaches, unless a container beside it passes requests on. */
function* addressFindings({
  isAlone,
  engine,
  commandLine,
  container,
  flags,
  title,
}: ModelServer): Generator<Finding> {
  const host = flags.get("host");
  const fix = 'set --host to "0.0.0.0"';
  if (engine === undefined || !isAlone || flags.has("config")) {
    return;
  }
  if (host?.value.unknown) {
    yield pending(host.value);
  } else if (LOOPBACK.test(host?.value.text ?? "")) {
    const at = host?.value ?? container.at("args");
    const problem = `${title} listens on ${host?.value.text} only, which nothing outside of its pod reaches`;
    yield violation(at, problem, fix);
  } else if (host === undefined && engine === "sglang" && commandLine.kind === "read") {
    const problem = `without --host ${title} listens on 127.0.0.1 only`;
    yield advice(container.at("args"), problem, fix);
  }
}

/** GKE sends plain HTTP to a backend without a BackendTLSPolicy. */
function* tlsFindings(
  pool: Resource,
  { resource, title, tlsFlag }: ModelServer,
): Generator<Finding> {
  if (tlsFlag) {
    const problem = `with --${tlsFlag.name} ${title} takes HTTPS only, but InferencePool ${pool.name} sends HTTP`;
    yield on(resource, advice(tlsFlag.at, problem, "remove it, or add a BackendTLSPolicy"));
  }
}

function* serverFindings({
  resource,
  container,
  engine,
  title,
  flags,
}: ModelServer): Generator<Finding> {
  const flag = flags.get("port");
  const declared = declaredPorts([container]);
  if (declared === undefined || engine === undefined) {
    return;
  }
  const text = portsText(declared);
  const isDeclared = (port: number) => declared.some(({ number }) => number === port);
  if (flag !== undefined) {
    const { value } = flag;
    const port = Number(value.raw);
    if (value.unknown) {
      yield on(resource, pending(value));
    } else if (!value.absent && !Number.isNaN(port) && !isDeclared(port)) {
      const problem = `the server listens on ${port}, but its container declares ${text}`;
      yield on(resource, violation(value, problem, "write one port in both places"));
    }
  } else if (isPlain(container) && !isDeclared(STANDARD_PORT[engine])) {
    const standard = STANDARD_PORT[engine];
    const problem =
      `without --port ${title} listens on ${standard}, ` + `but its container declares ${text}`;
    yield on(resource, violation(container.at("args"), problem, "add --port"));
  }
}

/** Whether only the command line sets the port of the server. */
function isPlain(container: ModelServer["container"]): boolean {
  const [command, args] = [container.at("command"), container.at("args")];
  const words = [command, args].flatMap(({ items }) => items ?? []);
  const isServer = command.absent || SERVERS.test(command.items?.[0]?.text ?? "");
  const tells = words.some(({ text }) => text === undefined || /port|config|\s|\$/.test(text));
  return isServer && !tells && !hidesFlags(container);
}

/** A port in quotes, which the API server refuses; other policies read numbers only. */
function* textFindings({ props }: Resource): Generator<Finding> {
  for (const port of props.at("spec", "targetPorts").items ?? []) {
    const number = port.at("number");
    if (number.text !== undefined) {
      const problem = `${number} is a text, and the API server takes a number only`;
      yield violation(number, problem, "write it without quotes");
    }
  }
}

function* poolFindings(pool: Resource, { resource, template }: ModelServer): Generator<Finding> {
  const declared = podPortsOf(template);
  for (const port of declared === undefined ? [] : portsOf(pool)) {
    if (port.number !== undefined && !declared?.some(({ number }) => number === port.number)) {
      const problem = `${port} is not a port of the pods of ${resource.name}`;
      const fix = `use one of theirs: ${portsText(declared ?? [])}`;
      yield on(pool, violation(port, problem, fix));
    }
  }
}
