import type { KubeObject } from "../../../emulator/kube/objects";

import { POOL } from "./gateway";

/** `metrics.yaml`: both names of the KV cache's gauge, the newer as `kv-cache`, the older as `kv-cache-old`. */
export const autoscalingMetric: KubeObject = {
  apiVersion: "autoscaling.gke.io/v1beta1",
  kind: "AutoscalingMetric",
  metadata: { name: "gpu-cache", namespace: "default" },
  spec: {
    selector: { matchLabels: { app: POOL } },
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
