import { chartTraits } from "../../catalog/chartVersions";
import type { InferencePool } from "../../kubernetes/inferencePool";

import { chartLabels, EXT_PROC_PORT, pickerName, type Release } from "./release";

/** GKE's multi-cluster controller imports a pool that carries it, with exactly this value. */
export const EXPORT_ANNOTATION = { "networking.gke.io/export": "True" };

/** The chart's pool, and the annotation for which the chart has no value. */
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
      ...(chartTraits[release.endpointPicker.version].appProtocol && { appProtocol: "http" }),
      selector: { matchLabels: release.podLabels },
      endpointPickerRef: {
        name: pickerName(release),
        port: { number: EXT_PROC_PORT },
        // The CRD would default to FailClose: no answer at all while the picker restarts.
        failureMode: "FailOpen",
      },
    },
  };
}
