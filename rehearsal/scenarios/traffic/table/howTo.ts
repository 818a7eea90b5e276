import type { KubeObject } from "../../../emulator/kube/objects";
import { APP, NAMESPACE } from "../hands";

/** The how-to's policy: its `maxUtilization` is a field that nobody knows, its timeout stands in an earlier sample. */
export function howToPolicy(ours: KubeObject): KubeObject {
  const { targetRef } = ours.spec as { targetRef: object };
  const customMetrics = [{ name: "gke.named_metrics.kv-cache", dryRun: false, maxUtilization: 60 }];
  const theirs = { balancingMode: "CUSTOM_METRICS", trafficDuration: "LONG", customMetrics };
  return { ...ours, spec: { targetRef, default: theirs } };
}

/** The how-to's metric, of a shape that the stack's GKE version does not have. */
export const howToMetric: KubeObject = {
  apiVersion: "autoscaling.gke.io/v1beta1",
  kind: "AutoscalingMetric",
  metadata: { name: "gpu-cache", namespace: NAMESPACE },
  spec: {
    selector: { matchLabels: { app: APP } },
    endpoints: [
      {
        port: 8000,
        path: "/metrics",
        metrics: [
          { name: "vllm:kv_cache_usage_perc", exportName: "kv-cache" },
          { name: "vllm:gpu_cache_usage_perc", exportName: "kv-cache-old" },
        ],
      },
    ],
  },
};
