import { NODES_PER_CLUSTER } from "../../catalog/addressPlan";
import { gpuMachines } from "../../catalog/gpuMachines";
import { knownRegions } from "../../catalog/gpuZones";
import { ZONES_OF_A_REGION } from "../../catalog/networkEndpointGroups";
import {
  bootDiskForPods,
  leastDiskGb,
  neededDiskGi,
  SERVER_WITH_SIDECAR_GI,
  writesToSsds,
} from "../../catalog/nodeDisk";
import { type Region, regions } from "../../catalog/regions";
import { SYSTEM_POOL } from "../../catalog/systemPool";
import { zonesOf } from "../../catalog/zones";
import { poolZones, regionsOf } from "../derived";
import { type Problem, refused } from "../problem";
import type { Accelerator, Settings } from "../schema";

import { rule, serving } from "./rule";

/** Rules about the places, disks and addresses of GPU nodes. */
export const gpuNodeRules = [
  ...forEachPool([], zoneProblems),
  ...forEachPool([], diskProblems),
  ...forEachPool(["clusters"], foreignZoneProblems),
  ...forEachPool(["validClusters"], placeProblems),

  rule(["accelerator", "fallbacks", "validClusters"], (known) => {
    const { accelerator, fallbacks, validClusters } = known;
    const most = [accelerator, ...fallbacks].map(({ maxNodes }) => maxNodes);
    const others = sum(most) - Math.max(...most) + systemNodes(validClusters);
    const room = NODES_PER_CLUSTER - others;
    const largest = most.indexOf(Math.max(...most));
    if (Math.max(...most) <= room) return [];
    const path = largest === 0 ? ["accelerator"] : ["fallbacks", largest - 1];
    const fewer = room > 0 ? `at most ${room}` : "fewer here and in other pools";
    const allowed = `${fewer}: a cluster has addresses for the pods of ${NODES_PER_CLUSTER} nodes, and its other pools have up to ${others}`;
    return [refused([...path, "maxNodes"], most[largest], allowed)];
  }),
];

type More = "clusters" | "validClusters";

/** A rule about a single pool, for the preferred one and for each fallback. */
function forEachPool<Key extends More>(
  more: readonly Key[],
  check: (
    path: PropertyKey[],
    pool: Accelerator,
    known: Record<Key, Settings["clusters"]>,
  ) => Problem[],
) {
  return [
    rule(["accelerator", ...more], (known) => check(["accelerator"], known.accelerator, known)),
    rule(["fallbacks", ...more], (known) =>
      known.fallbacks.flatMap((pool, i) => check(["fallbacks", i], pool, known)),
    ),
  ];
}

function zoneProblems(path: PropertyKey[], { zones }: Accelerator): Problem[] {
  return zones.flatMap((zone, i): Problem[] => {
    const at = [...path, "zones", i];
    if (zones.indexOf(zone) < i) return [refused(at, zone, "each zone once")];
    const region = regions.find((name) => zone.replace(/-[^-]*$/, "") === name);
    if (region && zonesOf(region).includes(zone)) return [];
    const there = region ? `one of ${zonesOf(region).join(", ")}` : "a zone such as us-east4-a";
    return [refused(at, zone, there)];
  });
}

function foreignZoneProblems(
  path: PropertyKey[],
  { zones }: Accelerator,
  { clusters }: Pick<Settings, "clusters">,
): Problem[] {
  const ours = regionsOf(clusters);
  const elsewhere = regions.filter((region) => !ours.includes(region)).flatMap(zonesOf);
  return zones.flatMap((zone, i) => {
    const allowed = `a zone of a region with a cluster that has GPUs: ${ours.join(", ")}`;
    return elsewhere.includes(zone) ? [refused([...path, "zones", i], zone, allowed)] : [];
  });
}

/** Clusters in whose regions no zone of the pool is named or known. */
function placeProblems(
  path: PropertyKey[],
  pool: Accelerator,
  { validClusters }: { validClusters: Settings["clusters"] },
): Problem[] {
  const unknown = regionsOf(validClusters).filter((region) => poolZones(pool, region).length === 0);
  if (unknown.length === 0) return [];
  const { machineType, zones } = pool;
  const allowed =
    `zones with ${machineType} in ${unknown.join(" and ")}, where none is known. ` +
    `Ask Google: \`${listCommand(machineType, unknown)}\`. ` +
    `It is known to be in ${knownRegions(machineType).join(", ")}`;
  return [refused([...path, "zones"], zones.length > 0 ? zones : undefined, allowed)];
}

function listCommand(machineType: string, places: Region[]): string {
  const pattern = `^(${places.join("|")})-`;
  return `gcloud compute machine-types list --filter="name=${machineType} AND zone~'${pattern}'"`;
}

/** A node must hold a model server for each of its GPUs; otherwise some GPUs are paid for and unused. */
function diskProblems(path: PropertyKey[], { machineType, diskGb }: Accelerator): Problem[] {
  const machine = gpuMachines[machineType];
  if (!machine || diskGb === undefined || writesToSsds(machine)) return [];
  const [needed, left] = [neededDiskGi(machine), Math.floor(bootDiskForPods(diskGb))];
  if (left >= needed) return [];
  const allowed =
    `at least ${leastDiskGb(machine)}: the model servers of ${machineType}, one for each GPU, write up to ` +
    `${machine.gpusPerNode} x ${SERVER_WITH_SIDECAR_GI} = ${needed} GiB, and GKE leaves them ${Math.max(0, left)} of ${diskGb}`;
  return [refused([...path, "diskGb"], diskGb, allowed)];
}

/** Nodes of a cluster's system pool at most, in the cluster that has most of them. */
function systemNodes(clusters: Settings["clusters"]): number {
  const zones = serving(clusters).map(([, cluster]) => cluster.zones?.length ?? ZONES_OF_A_REGION);
  return SYSTEM_POOL.mostNodesPerZone * Math.max(0, ...zones);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
