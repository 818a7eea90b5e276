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
import { atEach, found, known } from "../readable";
import type { Accelerator, Settings } from "../schema";

import { doubles, inEachServing, type Rule } from "./rule";

/** Rules about the places, disks and addresses of GPU nodes. */
export const gpuNodeRules: Rule[] = [
  ...[zoneProblems, diskProblems, foreignZoneProblems, placeProblems].map(forEachPool),

  (settings) => {
    const { accelerator, fallbacks, clusters } = settings;
    const most = [accelerator, ...fallbacks].map(({ maxNodes }) => maxNodes);
    const others = sum(most) - Math.max(...most) + systemNodes(clusters);
    const room = NODES_PER_CLUSTER - others;
    const largest = most.indexOf(Math.max(...most));
    if (Math.max(...most) <= room) return [];
    const path = largest === 0 ? ["accelerator"] : ["fallbacks", largest - 1];
    const fewer = room > 0 ? `at most ${room}` : "fewer here and in other pools";
    const allowed = `${fewer}: a cluster has addresses for the pods of ${NODES_PER_CLUSTER} nodes, and its other pools have up to ${others}`;
    return [refused([...path, "maxNodes"], most[largest], allowed)];
  },
];

/** A rule about a single pool, for the preferred one and for each fallback. */
function forEachPool(
  check: (path: PropertyKey[], pool: Accelerator, settings: Settings) => Problem[],
): Rule {
  return (settings) => [
    ...found(() => check(["accelerator"], settings.accelerator, settings)),
    ...found(() =>
      atEach(settings.fallbacks, (pool, i) => check(["fallbacks", i], pool, settings)),
    ),
  ];
}

function zoneProblems(path: PropertyKey[], { zones }: Accelerator): Problem[] {
  const names = [...zones.keys()].map((i) => known(() => zones[i]));
  const strange = atEach(zones, (zone, i) => {
    const at = [...path, "zones", i];
    if (names.indexOf(zone) < i) return [];
    const region = regions.find((name) => zone.replace(/-[^-]*$/, "") === name);
    if (region && zonesOf(region).includes(zone)) return [];
    const there = region ? `one of ${zonesOf(region).join(", ")}` : "a zone such as us-east4-a";
    return [refused(at, zone, there)];
  });
  return [...doubles([...path, "zones"], names, "each zone once"), ...strange];
}

function foreignZoneProblems(
  path: PropertyKey[],
  { zones }: Accelerator,
  { clusters }: Settings,
): Problem[] {
  const ours = regionsOf(clusters);
  const elsewhere = regions.filter((region) => !ours.includes(region)).flatMap(zonesOf);
  return atEach(zones, (zone, i) => {
    const allowed = `a zone of a region with a cluster that has GPUs: ${ours.join(", ")}`;
    return elsewhere.includes(zone) ? [refused([...path, "zones", i], zone, allowed)] : [];
  });
}

/** Clusters in whose regions no zone of the pool is named or known. */
function placeProblems(path: PropertyKey[], pool: Accelerator, { clusters }: Settings): Problem[] {
  const places = inEachServing(clusters, (_, { region }) => [region]);
  const unknown = [...new Set(places)].filter((region) => poolZones(pool, region).length === 0);
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
  const zones = inEachServing(clusters, (_, cluster) => [
    cluster.zones?.length ?? ZONES_OF_A_REGION,
  ]);
  return SYSTEM_POOL.mostNodesPerZone * Math.max(0, ...zones);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
