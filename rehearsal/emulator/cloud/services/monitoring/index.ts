import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { alertPolicyMethods } from "./alertPolicies";
import { channelMethods } from "./channels";
import { dashboardMethods } from "./dashboards";

/** Dashboards, alert policies and those who are told. Nothing is measured here, so no alert ever fires. Changes are immediate. */
export function monitoringMethods(cloud: Cloud): ServiceMethod[] {
  return [...dashboardMethods(cloud), ...alertPolicyMethods(cloud), ...channelMethods(cloud)];
}
