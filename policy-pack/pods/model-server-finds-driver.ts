import {
  advice,
  type Finding,
  pending,
  reliability,
  resourcePolicy,
  type Value,
  violation,
} from "../frame";

import { isBlind, REMEMBERED } from "./blindReleases";
import { namesGpus } from "./gpuRequests";
import { imageOf } from "./image";
import { containersOf, podRunners, podTemplatesOf } from "./podSpec";

/** Where GKE mounts the driver into containers. */
const DRIVER = "/usr/local/nvidia/lib64";
const VARIABLE = "LD_LIBRARY_PATH";

/** `$(NAME)` in a variable's value; `$$(NAME)` stands for itself. */
const TAKES_VARIABLE = /(?:^|[^$])(?:\$\$)*\$\(/;

export const modelServerFindsDriver = resourcePolicy({
  name: "model-server-finds-driver",
  description: "A vLLM with GPUs looks for the driver where GKE puts it.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Run vLLM v0.11.1 or newer. The images of v0.9.0 to v0.11.0 need the variable " +
    "LD_LIBRARY_PATH=/usr/local/nvidia/lib64:/usr/local/cuda/lib64, or they exit at startup.",
  url: "https://github.com/vllm-project/vllm/issues/18859",
  settings: {},
  judges: podRunners,

  *judge(resource): Generator<Finding> {
    for (const container of podTemplatesOf(resource).flatMap(containersOf)) {
      const version = blindVersion(container);
      if (version !== undefined) {
        yield* pathFindings(container, version);
      }
    }
  },
});

/** The version of a vLLM with GPUs that does not look for the driver by itself. */
function blindVersion(container: Value): string | undefined {
  const { repository = "", tag = "" } = imageOf(container.at("image")) ?? {};
  const isVllm = repository.split("/").at(-1) === "vllm-openai";
  return isVllm && namesGpus(container) && isBlind(tag) ? tag : undefined;
}

function* pathFindings(container: Value, version: string): Generator<Finding> {
  if (isInScript(container)) {
    return;
  }
  const env = container.at("env");
  const names = (env.items ?? []).map((each) => each.at("name"));
  const variable = env.items?.find((_, i) => names[i]?.text === VARIABLE);
  const hidden = [env, ...names].find(({ unknown }) => unknown);
  if (variable !== undefined) {
    yield* variableFindings(variable, container, version);
  } else if (isSetByObject(container.at("envFrom"))) {
    return;
  } else {
    yield hidden === undefined ? blindFinding(container, version) : pending(hidden);
  }
}

function* variableFindings(variable: Value, container: Value, version: string): Generator<Finding> {
  const value = variable.at("value");
  const paths = value.text?.split(":").map((path) => path.replace(/\/+$/, "")) ?? [];
  if (!variable.at("valueFrom").absent || paths.includes(DRIVER)) {
    return;
  }
  if (value.unknown) {
    yield pending(value);
  } else if (TAKES_VARIABLE.test(value.text ?? "")) {
    const problem = `${value} refers to another variable, which may hold ${DRIVER} or not`;
    yield advice(value, problem, `write ${DRIVER} into this one`);
  } else {
    yield blindFinding(container, version);
  }
}

function blindFinding(container: Value, version: string): Finding {
  const problem = `vLLM ${version} does not look for the GPU's driver in ${DRIVER}, where GKE puts it`;
  const fix = `run v${REMEMBERED} or newer, or set ${VARIABLE} to ${DRIVER}:/usr/local/cuda/lib64`;
  return violation(container.at("image"), problem, fix);
}

/** Variables from a ConfigMap or a Secret are not read here. */
function isSetByObject(from: Value): boolean {
  return (
    from.unknown ||
    (from.items ?? []).some((each) => each.unknown || (each.fields?.length ?? 0) > 0)
  );
}

function isInScript(container: Value): boolean {
  const words = ["command", "args"].flatMap((key) => container.at(key).items ?? []);
  return words.some((word) => word.text?.includes(DRIVER));
}
