import { alter, at } from "../alter";

alter(
  "kubernetes:networking.gke.io/v1:GCPBackendPolicy::cross-region-gateway-backend-policy",
  ({ props }) => {
    const metric = at(props, "spec", "default", "customMetrics", 0);
    metric.maxUtilization = metric.maxUtilizationPercent; // as the how-to has it
    delete metric.maxUtilizationPercent;
  },
);
