import type { ObjectMeta } from "./objectMeta";

/**
 * The pods that serve one model, and the endpoint picker that chooses among them.
 * GKE installs this kind from 1.34.0-gke.1626000 on.
 */
export interface InferencePool {
  apiVersion: "inference.networking.k8s.io/v1";
  kind: "InferencePool";
  metadata: ObjectMeta;
  spec: {
    /** 1..64 labels; pods of the same namespace only. */
    selector: { matchLabels: Record<string, string> };
    /** 1..8 ports with unique numbers. */
    targetPorts: { number: number }[];
    endpointPickerRef: {
      group?: string;
      kind?: string;
      name: string;
      /** Required for a Service. */
      port?: { number: number };
      /** What the gateway does while the endpoint picker is away. The CRD's own default is FailClose. */
      failureMode?: "FailOpen" | "FailClose";
    };
  };
}
