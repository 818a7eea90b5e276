import type { Explanation } from "../explanation";

const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway cross-region-gateway";
const ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute cross-region-gateway-route";
const HEALTH =
  "kubernetes:networking.gke.io/v1:HealthCheckPolicy cross-region-gateway-health-check";
const BALANCING =
  "kubernetes:networking.gke.io/v1:GCPBackendPolicy cross-region-gateway-backend-policy";

/** Gateway, route, and the policies of its backend. */
export const gateway: Explanation[] = [
  {
    of: "kubernetes:gateway.networking.k8s.io/v1:* cross-region-gateway*",
    to: ["metadata.annotations*"],
    why: "the condition that Pulumi waits for: without it `up` ends earlier, and `make rehearse` finds outputs without addresses",
  },
  {
    of: GATEWAY,
    does: ["drop"],
    to: [
      "spec.listeners[0].allowedRoutes",
      "spec.listeners[0].allowedRoutes.namespaces",
      "spec.listeners[0].allowedRoutes.namespaces.from",
    ],
    why: "Same is the default",
  },
  {
    of: GATEWAY,
    to: ["spec.listeners[0].name", "spec.listeners[0].port"],
    why: "no route names a listener; and the port is a choice that clients read in the URL",
  },
  {
    of: ROUTE,
    does: ["drop"],
    to: ["spec.parentRefs[0].group", "spec.parentRefs[0].kind", "spec.parentRefs[0].namespace"],
    why: "they are the defaults",
  },
  {
    of: ROUTE,
    to: ["spec.rules[0].matches*", "metadata.name"],
    why: "which paths are served is a choice, all by default; and nothing refers to the route by name",
  },
  { of: HEALTH, to: ["metadata.name"], why: "nothing refers to it by name" },
  {
    of: HEALTH,
    to: ["spec.default.checkIntervalSec", "spec.default.timeoutSec"],
    why: "how soon a region counts as sick is a choice, within what the rules allow",
  },
  {
    of: HEALTH,
    does: ["drop"],
    to: ["spec.default.config.httpHealthCheck.portSpecification"],
    why: "a port without a specification is a fixed port",
  },
  { of: BALANCING, to: ["metadata.name"], why: "nothing refers to it by name" },
  {
    of: BALANCING,
    to: ["metadata.annotations*", "spec.default.timeoutSec"],
    why: "another P99, or another timeout, that still fit each other: both are the user's",
  },
  {
    of: BALANCING,
    does: ["halve"],
    to: ["spec.default.customMetrics[0].maxUtilizationPercent"],
    why: "30 in place of 60: how early requests spill over is a choice, within the policy's range",
  },
  {
    of: BALANCING,
    to: ["spec.default.connectionDraining*", "spec.default.logging*"],
    why: "how long connections drain and what is logged is a choice",
  },
  {
    of: BALANCING,
    does: ["drop"],
    to: ["spec.default.trafficDuration"],
    why: "SHORT is the default, and metrics are balanced either way",
  },
];
