import { capacityRules } from "./capacity";
import { fleetRules } from "./fleet";
import { gpuNodeRules } from "./gpuNodes";
import { routingRules } from "./routing";
import type { Rule } from "./rule";
import { softwareRules } from "./software";

/** Rules that no single key can tell. */
export const rules: Rule[] = [
  ...fleetRules,
  ...gpuNodeRules,
  ...capacityRules,
  ...softwareRules,
  ...routingRules,
];
