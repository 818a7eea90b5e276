/**
 * A vLLM with GPUs looks for the driver where GKE puts it.
 *
 * @name model-server-finds-driver
 * @severity critical
 * @level mandatory
 * @framework Reliability
 * @remediation Run vLLM v0.11.1 or newer. The images of v0.9.0 to v0.11.0 need the variable
 * LD_LIBRARY_PATH=/usr/local/nvidia/lib64:/usr/local/cuda/lib64, or they end at their start.
 * @link https://github.com/vllm-project/vllm/issues/18859
 */
import { isAtLeast, isVersion } from "../support/fleet/version";
import { type Finding, pending, violation } from "../support/frame/finding";
import { reliability } from "../support/frame/framework";
import { resourcePolicy } from "../support/frame/policy";
import type { Value } from "../support/frame/value";
import { namesGpus } from "../support/pods/gpuRequests";
import { imageOf } from "../support/pods/image";
import { containersOf, podRunners, podTemplatesOf } from "../support/pods/podSpec";

/** NVIDIA's base images stopped to look there at CUDA 12.8, vLLM's look again since #25766. */
const FORGOTTEN = "0.9.0";
const REMEMBERED = "0.11.1";

/** Where GKE mounts the driver into containers. */
const DRIVER = "/usr/local/nvidia/lib64";
const VARIABLE = "LD_LIBRARY_PATH";

export const modelServerFindsDriver = resourcePolicy({
  name: "model-server-finds-driver",
  description: "A vLLM with GPUs looks for the driver where GKE puts it.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Run vLLM v0.11.1 or newer. The images of v0.9.0 to v0.11.0 need the variable " +
    "LD_LIBRARY_PATH=/usr/local/nvidia/lib64:/usr/local/cuda/lib64, or they end at their start.",
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
  if (!isVllm || !isVersion(tag) || !namesGpus(container)) {
    return undefined;
  }
  return isAtLeast(tag, FORGOTTEN) === true && isAtLeast(tag, REMEMBERED) === false
    ? tag
    : undefined;
}

function* pathFindings(container: Value, version: string): Generator<Finding> {
  const [env, from] = [container.at("env"), container.at("envFrom")];
  const variable = (env.items ?? []).find((each) => each.at("name").text === VARIABLE);
  const hidden = [env, ...(variable === undefined ? [] : [variable.at("value")])].find(
    ({ unknown }) => unknown,
  );
  // What another object or a script sets is not read here.
  const isSetElsewhere = !from.absent || variable?.at("valueFrom").absent === false;
  if (isSetElsewhere || isInScript(container)) {
    return;
  }
  if (hidden !== undefined) {
    yield pending(hidden);
  } else if (variable?.at("value").text?.split(":").includes(DRIVER) !== true) {
    const problem = `vLLM ${version} does not look for the GPU's driver in ${DRIVER}, where GKE puts it`;
    const fix = `run v${REMEMBERED} or newer, or set ${VARIABLE} to ${DRIVER}:/usr/local/cuda/lib64`;
    yield violation(container.at("image"), problem, fix);
  }
}

function isInScript(container: Value): boolean {
  const words = ["command", "args"].flatMap((key) => container.at(key).items ?? []);
  return words.some((word) => word.text?.includes(DRIVER));
}
