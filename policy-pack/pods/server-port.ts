import { inferencePools } from "../fleet/kinds";
import { Scopes } from "../fleet/scopes";
import {
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

/** Default port of each engine. */
const STANDARD_PORT: Readonly<Record<Engine, number>> = { vllm: 8000, sglang: 30000 };

/** First word of a command that starts the server without a script. */
const SERVERS = /(?:^|\/)(?:vllm|sglang|python3?)$/;

export const serverPort = stackPolicy({
  name: "server-port",
  description:
    "Model servers listen on a port that their pods declare, and pools send requests to such a " +
    "port.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Write the same port as argument --port of the server, as containerPort of its pods and as " +
    "target port of its InferencePool. Without --port vLLM listens on 8000 and SGLang on 30000.",
  url: "https://gateway-api-inference-extension.sigs.k8s.io/api-types/inferencepool/",
  settings: {},

  *judge(stack) {
    const scopes = new Scopes(stack);
    for (const resource of stack.select(podRunners)) {
      const server = modelServerOf(resource, scopes.of(resource));
      if (server !== undefined) {
        yield* serverFindings(server);
      }
    }
    const servers = new ModelServers(scopes);
    for (const pool of stack.select(inferencePools)) {
      const matchLabels = pool.props.at("spec", "selector", "matchLabels");
      const [server] = servers.selectedBy(matchLabels, scopes.of(pool));
      if (server !== undefined) {
        yield* poolFindings(pool, server);
      }
    }
  },
});

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
