import { knownRegions, knownZones } from "../../../catalog/gpuZones";

/** A cluster as a stack file has it. */
interface FleetCluster {
  region: string;
  zones: string[];
  block: number;
}

interface Fleet {
  clusters: Record<string, FleetCluster>;
  configCluster: string;
  accelerator: { machineType: string; zones: string[] };
}

const MACHINE_TYPE = "g2-standard-8";
/** A Gateway has at most so many addresses, and each region needs one. */
const MAX_REGIONS = 16;

/**
 * Settings of a stack with so many clusters, each in a region of its own as long as a gateway takes more regions. Two
 * zones each: a backend service takes 50 network endpoint groups, one for each zone of each cluster.
 */
export function fleet(count: number): Fleet {
  const places = knownRegions(MACHINE_TYPE)
    .slice(0, MAX_REGIONS)
    .map((region) => ({ region, zones: knownZones(MACHINE_TYPE, region).slice(0, 2) }));
  const clusters = Array.from({ length: count }, (_, i): [string, FleetCluster] => {
    const { region, zones } = places[i % places.length] ?? { region: "", zones: [] };
    return [`gke-${i + 1}`, { region, zones, block: Math.floor(i / places.length) }];
  });
  const used = places.slice(0, count).flatMap(({ zones }) => zones);
  return {
    clusters: Object.fromEntries(clusters),
    configCluster: "gke-1",
    accelerator: { machineType: MACHINE_TYPE, zones: used },
  };
}

/** How many regions they are in. */
export function regionCount(count: number): number {
  return Math.min(count, MAX_REGIONS);
}
