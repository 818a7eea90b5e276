import { GPU_ZONES_DATED, knownZones } from "../catalog/gpuZones";
import { regions } from "../catalog/regions";
import { zonesOf } from "../catalog/zones";

import { gpuPoolsOf } from "./derived";
import type { Settings } from "./schema";

/** Values that are valid here but that Google may still refuse, one sentence each. */
export function adviceOn(settings: Pick<Settings, "accelerator" | "fallbacks">): string[] {
  return Object.entries(gpuPoolsOf(settings)).flatMap(([pool, { machineType, zones }]) =>
    zones.flatMap((zone) => {
      const region = regions.find((name) => zonesOf(name).includes(zone));
      const known = region ? knownZones(machineType, region) : [];
      if (known.length === 0 || known.includes(zone)) return [];
      return [
        `GPU pool ${pool}: ${zone} is not known to have ${machineType} (${GPU_ZONES_DATED.asOf}: ${known.join(", ")}). ` +
          "If the zone lacks it, GKE refuses the pool after it has created the clusters. Ask Google: " +
          `gcloud compute machine-types list --zones=${zone} --filter=name=${machineType}`,
      ];
    }),
  );
}
