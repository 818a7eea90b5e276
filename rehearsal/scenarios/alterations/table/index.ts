import type { Alteration } from "../alteration";

import { balancingAlterations } from "./balancing";
import { fleetAlterations } from "./fleet";
import { gatewayAlterations } from "./gateway";
import { metricsAlterations } from "./metrics";
import { monitoringAlterations } from "./monitoring";
import { networkAlterations } from "./network";
import { nodesAlterations } from "./nodes";
import { pickerAlterations } from "./picker";
import { podsAlterations } from "./pods";
import { poolsAlterations } from "./pools";

/** At least one for each policy, and one for each rule of the cloud that an edge or a field of the program keeps. */
export const alterations: readonly Alteration[] = [
  ...fleetAlterations,
  ...networkAlterations,
  ...nodesAlterations,
  ...podsAlterations,
  ...gatewayAlterations,
  ...balancingAlterations,
  ...metricsAlterations,
  ...monitoringAlterations,
  ...poolsAlterations,
  ...pickerAlterations,
];
