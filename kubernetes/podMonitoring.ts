import type { ObjectMeta } from "./objectMeta";

/** Pods that Managed Service for Prometheus scrapes. Installed where managed collection is on. */
export interface PodMonitoring {
  apiVersion: "monitoring.googleapis.com/v1";
  kind: "PodMonitoring";
  metadata: ObjectMeta;
  spec: {
    selector: { matchLabels: Record<string, string> };
    endpoints: {
      port: number | string;
      scheme?: "http" | "https";
      path?: string;
      interval: string;
      authorization?: { type: "Bearer"; credentials: { secret: { name: string; key: string } } };
    }[];
  };
}
