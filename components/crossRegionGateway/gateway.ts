import { PORTS } from "../../catalog/ports";
import type { Gateway } from "../../customResources/gateway";

export interface GatewayObjectArgs {
  /** Name of the Gateway. */
  name: string;
  /** The pool's own: routes of this namespace may attach themselves. */
  namespace: string;
  /** Each gets an address. At most 16 (Gateway API). */
  regions: readonly string[];
}

/** The only class that is documented to take pools of several clusters. */
const GATEWAY_CLASS = "gke-l7-cross-regional-internal-managed-mc";

/** An internal HTTP gateway with an address in each region; it counts as created once it is programmed. */
export function gatewayObject({ name, namespace, regions }: GatewayObjectArgs): Gateway {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: {
      name,
      namespace,
      annotations: { "pulumi.com/waitFor": "condition=Programmed" },
    },
    spec: {
      gatewayClassName: GATEWAY_CLASS,
      addresses: regions.map((region) => ({
        type: `networking.gke.io/ephemeral-ipv4-address/${region}` as const,
        value: region,
      })),
      listeners: [
        {
          name: "http",
          protocol: "HTTP",
          port: PORTS.gateway,
          allowedRoutes: { namespaces: { from: "Same" } },
        },
      ],
    },
  };
}
