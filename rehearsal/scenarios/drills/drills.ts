import { cloudDrills } from "../alterations/cloudDrills";
import { policyDrills } from "../alterations/policyDrills";
import { faultDrills } from "../faults/faults";
import { operationsDrills } from "../operations/drill";

import type { Drill } from "./drill";

/** Every drill of `make drill`. */
export const drills: readonly Drill[] = [
  ...cloudDrills,
  ...faultDrills,
  ...operationsDrills,
  ...policyDrills,
];
