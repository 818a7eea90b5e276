import { policyDrills } from "../alterations/policyDrills";
import { ruleDrills } from "../alterations/rules";
import type { FaultDrill } from "../faults/fault";
import { faultDrills } from "../faults/faults";

import { drillRule } from "./rule";

/** Every drill of `make drill`. */
export const drills: readonly FaultDrill[] = [
  ...ruleDrills.map((rule) => ({
    name: rule.name,
    run: drillRule(rule),
    mutation: rule.timeScale === undefined ? rule.name : undefined,
  })),
  ...faultDrills,
  ...policyDrills,
];
