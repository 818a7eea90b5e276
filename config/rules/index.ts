import { capacityRules } from "./capacity";
import { fleetRules } from "./fleet";
import { gpuNodeRules } from "./gpuNodes";
import { routingRules } from "./routing";
import type { Rule } from "./rule";
import { softwareRules } from "./software";

/** Rules that join several keys. */
export const rules: Rule[] = [
  ...fleetRules,
  ...gpuNodeRules,
  ...capacityRules,
  ...softwareRules,
  ...routingRules,
];
