import type { ObjectMeta } from "./objectMeta";

/** The one internal gateway, on the config cluster. */
export interface Gateway {
  apiVersion: "gateway.networking.k8s.io/v1";
  kind: "Gateway";
  metadata: ObjectMeta;
  spec: {
    gatewayClassName: string;
    /** At most 16. Only regions that are listed here get an address. */
    addresses: { type: `networking.gke.io/ephemeral-ipv4-address/${string}`; value: string }[];
    listeners: {
      name: string;
      protocol: "HTTP";
      port: number;
      allowedRoutes: { namespaces: { from: "Same" | "All" } };
    }[];
  };
}

/** What `status` holds once the condition Programmed is true. */
export interface GatewayStatus {
  addresses?: { type?: string; value: string }[];
}
