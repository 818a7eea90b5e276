import { clusters } from "../fleet/cloudTypes";
import {
  isOneOf,
  pending,
  productionStacks,
  reliability,
  resourcePolicy,
  type Value,
  violation,
} from "../frame";

const WINDOWS = ["recurringWindow", "recurringMaintenanceWindow", "dailyMaintenanceWindow"];

export const maintenanceWindow = resourcePolicy({
  name: "maintenance-window",
  description: "GKE upgrades a cluster that serves users when its owners expect it.",
  severity: "low",
  enforcementLevel: "advisory",
  framework: reliability,
  remediationSteps:
    "Set one of recurringWindow, recurringMaintenanceWindow and dailyMaintenanceWindow in " +
    "maintenancePolicy of the cluster, on different days for the clusters of a gateway.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions",
  settings: { productionStacks },
  judges: clusters,

  *judge({ props, stack }, { productionStacks: serving }) {
    if (!isOneOf(stack, serving)) {
      return;
    }
    const policy = props.at("maintenancePolicy");
    const windows = WINDOWS.map((name) => policy.at(name));
    const hidden = [policy, ...windows].find(({ unknown }) => unknown);
    if (windows.some(isWindow)) {
      return;
    }
    if (hidden !== undefined) {
      yield pending(hidden);
    } else {
      const problem = policy.absent ? "is not set" : "has no window";
      const consequence = "GKE upgrades the cluster at any hour of any day";
      yield violation(policy, `${problem}, so ${consequence}`, `set its ${WINDOWS[0]}`);
    }
  },
});

/** An empty object sets no time. */
function isWindow(window: Value): boolean {
  return (window.fields ?? []).some(([, field]) => !field.absent);
}
