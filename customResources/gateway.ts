import type { ObjectMeta } from "./objectMeta";

/** The one internal gateway, on the config cluster. */
export interface Gateway {
  apiVersion: "gateway.networking.k8s.io/v1";
  kind: "Gateway";
  metadata: ObjectMeta;
  spec: {
    /** Decides which controller makes a load balancer of it, and of which kind. */
    gatewayClassName: string;
    /** At most 16. Only regions that are listed here get an address; the value repeats the region. */
    addresses: { type: `networking.gke.io/ephemeral-ipv4-address/${string}`; value: string }[];
    listeners: {
      /** Unique in the Gateway. */
      name: string;
      protocol: "HTTP";
      /** 1..65535 */
      port: number;
      /** Which routes may attach themselves. */
      allowedRoutes: { namespaces: { from: "Same" | "All" } };
    }[];
  };
}

/** What `status` holds once the condition Programmed is true. */
export interface GatewayStatus {
  /** Ordered as in the spec. Their type may name the region, but need not. */
  addresses?: { type?: string; value: string }[];
}
