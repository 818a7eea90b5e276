import { isMap } from "../../../plugin";
import { Difference, isZero } from "../../engine/schema";
import { at } from "../../engine/values";

/** What the real provider takes for no difference of a cluster. */

/** A block that says that something is off, in a cluster whose program does not speak of it. */
export function offAndLeftOut({ before, after }: Difference): boolean {
  return after === undefined && isMap(before) && isZero(before.enabled);
}

/** The cluster shows a membership that it has not registered itself; it does not count. */
export function preRegistered({ state }: Difference): boolean {
  return at(state, "fleet.preRegistered") === true;
}

/**
 * Without IP endpoints nothing is sent of who may reach them, and GKE's answer reads as private.
 * From 7.46.0 on, which 9.37.0 is built from; before it, this was a lasting difference
 * (hashicorp/terraform-provider-google-beta@8e44798f52, 2026-08-19).
 */
export function ipEndpointsOff({ inputs }: Difference): boolean {
  const endpoints = at(inputs, "controlPlaneEndpointsConfig.ipEndpointsConfig");
  return typeof endpoints === "object" && at(endpoints, "enabled") !== true;
}
