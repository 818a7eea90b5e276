import {
  type Finding,
  listSetting,
  pending,
  reliability,
  resourcePolicy,
  set,
  type Value,
  violation,
} from "../frame";

import { initContainersOf, podRunners, podTemplatesOf } from "./podSpec";

/** A policy for pulling images, which a release script once wrote into restartPolicy. */
const MISPLACED = "IfNotPresent";
/**
 * Values that newer API servers keep as well: alpha in Kubernetes 1.34, enabled by default from
 * 1.35 on.
 */
const GATED = ["OnFailure", "Never"];

export const initContainerRestartPolicy = resourcePolicy({
  name: "init-container-restart-policy",
  description: "An init container has restartPolicy Always, which makes it a sidecar, or none.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Set restartPolicy of the init container to Always if it is to run beside the others; " +
    "otherwise leave it out. The API server refuses any other value from Kubernetes 1.35 on. " +
    "Older ones drop it silently, and a pod whose container was to run beside the others hangs " +
    "in Init.",
  url: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/issues/1535",
  settings: {
    allowed: listSetting({
      default: ["Always"],
      description: "Values that the clusters keep; from Kubernetes 1.35 also OnFailure and Never.",
    }),
  },
  judges: podRunners,

  *judge(resource, { allowed }) {
    for (const template of podTemplatesOf(resource)) {
      const containers = template.at("spec", "initContainers");
      if (containers.unknown) {
        yield pending(containers);
      }
      for (const container of initContainersOf(template)) {
        yield* restartFindings(container.at("restartPolicy"), allowed);
      }
    }
  },

  *remedy(resource) {
    for (const container of podTemplatesOf(resource).flatMap(initContainersOf)) {
      const restart = container.at("restartPolicy");
      // The pod's author copied it from a manifest that had Always there. What other values stand
      // for is unknown.
      if (restart.text === MISPLACED) {
        yield set(restart, "Always");
      }
    }
  },
});

function* restartFindings(restart: Value, allowed: readonly string[]): Generator<Finding> {
  const given = restart.text ?? "";
  if (restart.unknown) {
    yield pending(restart);
  } else if (restart.absent || allowed.includes(given)) {
    return;
  } else if (GATED.includes(given)) {
    const problem =
      `${restart} is silently dropped where the cluster lacks the feature gate ` +
      "ContainerRestartRules, on from Kubernetes 1.35";
    const fix = 'leave it out, write "Always" for a sidecar, or add it to setting allowed';
    yield violation(restart, problem, fix);
  } else {
    const meant = given === MISPLACED ? ", a value of imagePullPolicy," : "";
    const problem =
      `${restart}${meant} is refused from Kubernetes 1.35 on, and silently dropped before: the ` +
      "kubelet then waits for a sidecar to end, and the pod hangs in Init";
    yield violation(restart, problem, 'write "Always" for a sidecar, otherwise leave it out');
  }
}
