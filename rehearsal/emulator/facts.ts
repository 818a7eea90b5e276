import { ENUM_NUMBERS_DATED } from "./cloud/tables/enumNumbers";
import { METHODS_DATED } from "./cloud/tables/methods";
import { OFFERED_DATED } from "./cloud/tables/gkeVersions";
import { OFFERED_MACHINES_DATED } from "./cloud/tables/machineTypes";
import { REGIONS_DATED } from "./cloud/tables/regions";
import { ROLES_DATED } from "./cloud/tables/roles";
import { Dated } from "./dated";
import { CAPABILITIES_DATED } from "./gke/controllers/capabilities";
import { MACHINES_DATED } from "./gke/nodes/machineTypes";
import { SINCE_DATED } from "./gke/versions";
import { PLACES_DATED } from "./loadBalancer/distances";

/**
 * Every fact of the emulated cloud that ages. What Google fills in by itself has its days row by row:
 * `docs/filled-in.md`.
 */
export const facts: readonly Dated[] = [
  CAPABILITIES_DATED,
  ENUM_NUMBERS_DATED,
  MACHINES_DATED,
  METHODS_DATED,
  OFFERED_DATED,
  OFFERED_MACHINES_DATED,
  PLACES_DATED,
  REGIONS_DATED,
  ROLES_DATED,
  SINCE_DATED,
];
