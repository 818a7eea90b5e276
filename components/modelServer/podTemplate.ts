import type { input } from "@pulumi/kubernetes/types";
import * as pulumi from "@pulumi/pulumi";

import { COMPUTE_CLASS_KEY } from "../inferenceCluster/computeClass";

import type { ModelServerArgs } from "./args";
import { loaderContainers, serverContainer } from "./container";
import { drainOf } from "./drain";
import { tokenParts } from "./token";
import { weightsOf } from "./weights";

/** The pod of a model server. */
export function podTemplate(
  args: ModelServerArgs,
  podLabels: Record<string, string>,
  serviceAccountName: string,
): input.core.v1.PodTemplateSpec {
  const weights = weightsOf(args.weightsCache, args.model);
  const initContainers = loaderContainers(args, weights);
  const annotations = { ...weights.annotations, ...poolsAnnotation(args) };
  return {
    metadata: {
      labels: { ...podLabels, "inference.networking.k8s.io/engine-type": "vllm" },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      ...(initContainers.length > 0 && { initContainers }),
      containers: [serverContainer(args, weights)],
      serviceAccountName,
      // Neither vLLM nor GKE's volumes ask the API server anything.
      automountServiceAccountToken: false,
      // A namespace with a Service "vllm" would hand the pod VLLM_PORT=tcp://..., which vLLM takes for its own setting.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: drainOf(args.notice).grace,
      securityContext: { seccompProfile: { type: "RuntimeDefault" } },
      ...placement(args),
      topologySpreadConstraints: [overZones(podLabels)],
      volumes: [
        ...weights.volumes,
        ...tokenParts(args.token).volumes,
        { name: "shm", emptyDir: { medium: "Memory" } },
      ],
    },
  };
}

/** Selects nodes of the pool or of the compute class, Spot nodes too. GKE tolerates GPU nodes itself. */
function placement({
  notice,
  computeClass,
  nodePools: [nodePool],
}: ModelServerArgs): Pick<input.core.v1.PodSpec, "nodeSelector" | "tolerations"> {
  const byPool: Record<string, pulumi.Input<string>> = nodePool === undefined
    ? {}
    : { "cloud.google.com/gke-nodepool": nodePool };
  const tolerations = [
    ...(notice === "spot" ? [tolerate("cloud.google.com/gke-spot", "true")] : []),
    ...(computeClass === undefined ? [] : [tolerate(COMPUTE_CLASS_KEY, computeClass)]),
  ];
  return {
    nodeSelector: computeClass === undefined ? byPool : { [COMPUTE_CLASS_KEY]: computeClass },
    ...(tolerations.length > 0 && { tolerations }),
  };
}

/** A compute class keeps its name when its pools change, so the pods name these beside it. */
function poolsAnnotation({
  computeClass,
  nodePools,
}: ModelServerArgs): Record<string, pulumi.Input<string>> {
  if (computeClass === undefined) return {};
  return {
    "inference-gateway.dev/node-pools": pulumi
      .all([...nodePools])
      .apply((names) => names.join(",")),
  };
}

function tolerate(key: string, value: string): input.core.v1.Toleration {
  return { key, operator: "Equal", value, effect: "NoSchedule" };
}

/**
 * Spreads pods if there is room: a GPU in one zone is better than none. Pods of a roll-out are counted apart from the
 * old ones.
 */
function overZones(podLabels: Record<string, string>): input.core.v1.TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: podLabels },
    matchLabelKeys: ["pod-template-hash"],
  };
}
