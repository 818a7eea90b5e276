import type { ObjectMeta } from "./objectMeta";

/** Pods that Managed Service for Prometheus scrapes. Installed where managed collection is on. */
export interface PodMonitoring {
  apiVersion: "monitoring.googleapis.com/v1";
  kind: "PodMonitoring";
  metadata: ObjectMeta;
  spec: {
    selector: { matchLabels: Record<string, string> };
    endpoints: {
      /** Number or name of a container's port. */
      port: number | string;
      scheme?: "http" | "https";
      /** @default "/metrics" */
      path?: string;
      /** `15s`; at least 5 seconds. */
      interval: string;
      /** A Secret of the same namespace. */
      authorization?: { type: "Bearer"; credentials: { secret: { name: string; key: string } } };
    }[];
  };
}
