import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { alertPolicyMethods } from "./alertPolicies";
import { channelMethods } from "./channels";
import { dashboardMethods } from "./dashboards";

/** Dashboards, alert policies and notification channels. Nothing is measured here, so no alert fires. Changes are immediate. */
export function monitoringMethods(cloud: Cloud): ServiceMethod[] {
  return [...dashboardMethods(cloud), ...alertPolicyMethods(cloud), ...channelMethods(cloud)];
}
