import type { Break } from "./break";

const at = {
  type: "kubernetes:networking.gke.io/v1:GCPBackendPolicy",
  name: "cross-region-gateway-backend-policy",
};
const LIMIT = "spec.default.customMetrics.0.maxUtilizationPercent";
const PLACE = "spec.default.customMetrics[0].maxUtilizationPercent";

export const maxUtilizationUnset: Break = {
  policy: "max-utilization-in-range",
  at,
  change: { unset: LIMIT },
  says: [
    {
      resource: at.name,
      message: `${PLACE}: is not set, so GKE takes 80; set it to a whole number in 30..85`,
    },
  ],
};

export const maxUtilizationInProduction: Break = {
  policy: "max-utilization-in-range",
  stack: "prod",
  at,
  change: { set: LIMIT, to: 61 },
  says: [
    {
      resource: at.name,
      message:
        `${PLACE}: 61 is not in 30..60 in the production stack prod; ` +
        "set it to a whole number in 30..60 in the production stack prod",
    },
  ],
};

export const noMetricToBalanceOn: Break = {
  policy: "max-utilization-in-range",
  at,
  change: { set: "spec.default.customMetrics", to: [] },
  says: [
    {
      resource: at.name,
      message:
        "spec.default.customMetrics: is empty although balancingMode is CUSTOM_METRICS, so there is no limit; name the " +
        "metric to balance on, with maxUtilizationPercent in 30..85",
    },
  ],
};
