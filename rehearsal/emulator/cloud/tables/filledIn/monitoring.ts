import { FilledIn } from "./filledIn";
import { ALERT_POLICY as ALERT_POLICY_RECORDED } from "./sources";

/** What Cloud Monitoring fills into an alert policy. What it makes of a dashboard is in `services/monitoring/`. */
export const ALERT_POLICY: readonly FilledIn[] = [
  { field: "enabled", value: true, source: ALERT_POLICY_RECORDED },
];
