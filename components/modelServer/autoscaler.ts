import type { input } from "@pulumi/kubernetes/types";

import { EXPORTED_NAME, podsMetric } from "../kvCacheMetrics/names";
import type { AutoscalingArgs, ModelServerArgs } from "./args";

/** A pod takes minutes until it serves, so a short lull must not stop one. */
const STEP_SECONDS = 300;
const LULL_SECONDS = 900;

/** Adds pods while the KV caches of the present ones run full, and removes them slowly. */
export function autoscaler(
  { app, namespace, model }: ModelServerArgs,
  { maxReplicas, targetUtilization }: AutoscalingArgs,
): input.autoscaling.v2.HorizontalPodAutoscaler {
  return {
    metadata: { name: app, namespace },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: app },
      minReplicas: model.replicas,
      maxReplicas,
      metrics: [
        {
          type: "Pods",
          pods: {
            metric: { name: podsMetric(EXPORTED_NAME) },
            target: { type: "AverageValue", averageValue: share(targetUtilization) },
          },
        },
      ],
      behavior: {
        // Doubles at most, then waits for the effect of the new pods.
        scaleUp: {
          stabilizationWindowSeconds: 30,
          policies: [{ type: "Percent", value: 100, periodSeconds: STEP_SECONDS }],
        },
        scaleDown: {
          stabilizationWindowSeconds: LULL_SECONDS,
          policies: [{ type: "Pods", value: 1, periodSeconds: STEP_SECONDS }],
        },
      },
    },
  };
}

/** Percent as a Kubernetes quantity of the gauge, which is 0 to 1, spelt as the API server spells it. */
function share(percent: number): string {
  return percent === 100 ? "1" : `${percent * 10}m`;
}
