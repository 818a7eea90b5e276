import { PORTS } from "../../catalog/ports";
import type { InferencePool } from "../../customResources/inferencePool";

import { chartLabels, pickerName, type Release } from "./release";

/** GKE's multi-cluster controller imports a pool that carries it, with exactly this value. */
export const EXPORT_ANNOTATION = { "networking.gke.io/export": "True" };

/**
 * The chart's pool, with the annotation that the chart cannot set. It lacks the field `appProtocol: http` of chart
 * v1.5.0: that is the default, and an API server whose GKE has an older InferencePool drops the field silently on the
 * first `up` and refuses it on every later one (kubernetes-sigs/gateway-api-inference-extension#2781).
 */
export function exportedPool(release: Release): InferencePool {
  return {
    apiVersion: "inference.networking.k8s.io/v1",
    kind: "InferencePool",
    metadata: {
      name: release.name,
      namespace: release.namespace,
      labels: chartLabels(release),
      annotations: EXPORT_ANNOTATION,
    },
    spec: {
      targetPorts: release.ports.map((number) => ({ number })),
      selector: { matchLabels: release.podLabels },
      endpointPickerRef: {
        name: pickerName(release),
        port: { number: PORTS.picker.extProc },
        // The CRD would default to FailClose: no answer at all while the picker restarts.
        failureMode: "FailOpen",
      },
    },
  };
}
