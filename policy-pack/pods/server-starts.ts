import { objectsOfKind } from "../fleet/kubernetesObject";
import { Scopes } from "../fleet/scopes";
import {
  advice,
  allOn,
  type Finding,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  violation,
} from "../frame";

import { loraFindings } from "./loraModules";
import { type ModelServer, modelServerOf } from "./modelServer";
import { gpusReached, parallelSizeOf } from "./parallelSize";
import { podRunners } from "./podSpec";

const services = objectsOfKind({ kind: "Service", groups: [""] });

export const serverStarts = stackPolicy({
  name: "server-starts",
  description: "A model server starts with the command line and the GPUs that its pods give it.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Write each word of the command line as an item of its own, give the pod as many GPUs as the " +
    "parallel sizes multiply to, name each adapter once, and set enableServiceLinks to false " +
    "where a Service is named vllm. Start the server without a script to have its flags judged.",
  url: "https://docs.vllm.ai/en/stable/configuration/serve_args/",
  settings: {},

  *judge(stack) {
    const scopes = new Scopes(stack);
    const named = new Map(
      stack
        .select(services)
        .filter(givesVariables)
        .map((service) => [scopes.of(service), service]),
    );
    for (const resource of stack.select(podRunners)) {
      const scope = scopes.of(resource);
      const server = modelServerOf(resource, scope);
      if (server !== undefined) {
        yield* allOn(resource, commandFindings(server));
        yield* allOn(resource, linkFindings(server, named.get(scope)));
      }
    }
  },
});

function* commandFindings(server: ModelServer): Generator<Finding> {
  const { commandLine, engine, flags } = server;
  if (commandLine.kind === "broken") {
    const { at, problem, fix } = commandLine;
    yield violation(at, problem, fix);
  } else if (commandLine.kind === "script" && engine !== undefined) {
    const { at } = commandLine;
    const problem = `${at} is a script, so the port and the flags of the server are not judged`;
    yield advice(at, problem, "start the server itself, with its flags as arguments");
  } else if (flags.has("config") && engine !== undefined) {
    const { at } = flags.get("config") ?? {};
    const problem = "the server reads flags from a file, so these are not judged";
    yield* at === undefined ? [] : [advice(at, problem, "write them as arguments")];
  }
  yield* loraFindings(server);
  yield* sizeFindings(server);
}

/** A server that finds too few GPUs exits, or waits for others. */
function* sizeFindings(server: ModelServer): Generator<Finding> {
  const size = parallelSizeOf(server);
  const there = gpusReached(server);
  if (size !== undefined && there !== undefined && size.gpus > there) {
    const { gpus, text, at } = size;
    const whose = server.resource.props.at("spec", "leaderWorkerTemplate").absent
      ? "its pod asks for"
      : "the pods of its group ask for";
    const problem = `${text} needs ${gpus} GPUs, but ${whose} ${there}`;
    yield violation(at, problem, "ask for as many GPUs, or lower the sizes");
  }
}

/** Whether pods of its namespace get variables with the address of a Service, here `VLLM_PORT`. */
function givesVariables({ props }: Resource): boolean {
  const isNamed = props.at("metadata", "name").text === "vllm";
  const hasAddress = props.at("spec", "clusterIP").raw !== "None";
  return isNamed && hasAddress && props.at("spec", "type").text !== "ExternalName";
}

/** vLLM reads VLLM_PORT as a number. Source: vllm-project/vllm#34199. */
function* linkFindings(
  { engine, template, container }: ModelServer,
  service: Resource | undefined,
): Generator<Finding> {
  const links = template.at("spec", "enableServiceLinks");
  const variables = container.at("env").items ?? [];
  const isOwn = variables.some((each) => each.at("name").text === "VLLM_PORT");
  if (service === undefined || engine !== "vllm" || isOwn || links.raw === false) {
    return;
  }
  if (links.unknown) {
    yield pending(links);
  } else {
    const problem =
      `is ${links.absent ? "not set" : `${links}`}, so the Service of ${service.name} gives the ` +
      "pods VLLM_PORT=tcp://..., which vLLM does not take for a port";
    yield violation(links, problem, "set it to false, or name the Service otherwise");
  }
}
