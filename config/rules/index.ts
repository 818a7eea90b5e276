import { capacityRules } from "./capacity";
import { fleetRules } from "./fleet";
import { gpuNodeRules } from "./gpuNodes";
import { nameRules } from "./names";
import { routingRules } from "./routing";
import type { Rule } from "./rule";
import { softwareRules } from "./software";

/** Rules that join several keys. */
export const rules: Rule[] = [
  ...nameRules,
  ...fleetRules,
  ...gpuNodeRules,
  ...capacityRules,
  ...softwareRules,
  ...routingRules,
];
