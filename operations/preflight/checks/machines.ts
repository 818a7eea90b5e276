import { SYSTEM_POOL } from "../../../catalog/systemPool";
import { type Finding, ok, problem } from "../finding";
import { COMPUTE } from "../google/apis";
import { allAnswered } from "../notAsked";
import { inStackFile, type Target } from "../target";

import type { Check } from "./check";
import { type PlacedPool, placedPools } from "./pools";

interface ZonePage {
  items?: { name: string; status: string }[];
  nextPageToken?: string;
}

interface TypePage {
  items?: Record<string, { machineTypes?: { name: string }[] }>;
  nextPageToken?: string;
}

export const machines: Check = {
  name: "zones, machines",
  asks: "whether the zones of all pools are up and have the pools' machine types",
  ask: (target) => {
    const { clusters } = target.settings;
    const system = Object.entries(clusters).flatMap(([name, { zones }]) =>
      zones ? [{ name, zones }] : [],
    );
    return allAnswered(target, [
      ...placedPools(target.settings).map((placed) => () => ofPool(placed, target)),
      ...system.map((cluster) => () => ofSystemPool(cluster, target)),
    ]);
  },
};

async function ofPool(placed: PlacedPool, target: Target): Promise<Finding[]> {
  const { key, pool, region, zones } = placed;
  const { machineType } = pool;
  const [down, having] = await Promise.all([
    zonesThatAreNotUp(zones, target),
    zonesWith(machineType, target),
  ]);
  const lacking = zones.filter((zone) => !having.includes(zone));
  const problems = [
    ...down,
    ...(lacking.length > 0 ? [lacksIn(lacking, having, placed, target)] : []),
  ];
  if (problems.length > 0) return problems;
  return [ok(`${key}: ${machineType} is in ${zones.join(", ")} of ${region}`)];
}

function lacksIn(
  lacking: string[],
  having: string[],
  { key, pool, region, zones }: PlacedPool,
  target: Target,
): Finding {
  const { machineType } = pool;
  const there = having.filter((zone) => zone.startsWith(`${region}-`));
  const found = `${key}: ${machineType} is not in ${lacking.join(", ")}`;
  if (there.length === 0) {
    const others = [...new Set(having.map((zone) => zone.replace(/-[^-]*$/, "")))].join(", ");
    const where = others === "" ? "it is in no zone that Google shows" : `it is in ${others}`;
    return problem(`${found}, and nowhere in ${region}: ${where}`);
  }
  const kept = zones.filter((zone) => there.includes(zone));
  const elsewhere = pool.zones.filter((zone) => !zone.startsWith(`${region}-`));
  const line = `${key}: { zones: [${[...elsewhere, ...(kept.length > 0 ? kept : there)].join(", ")}] }`;
  return problem(`${found}; in ${region} it is in ${there.join(", ")}`, inStackFile(target, line));
}

/** Only zones that the stack file names: otherwise GKE chooses them. */
async function ofSystemPool(
  { name, zones }: { name: string; zones: string[] },
  target: Target,
): Promise<Finding[]> {
  const { machineType } = SYSTEM_POOL;
  const [down, having] = await Promise.all([
    zonesThatAreNotUp(zones, target),
    zonesWith(machineType, target),
  ]);
  const lacking = zones.filter((zone) => !having.includes(zone));
  const problems = [
    ...down,
    ...(lacking.length > 0
      ? [problem(`clusters.${name}: ${machineType} is not in ${lacking.join(", ")}`)]
      : []),
  ];
  return problems.length > 0 ? problems : [ok(`clusters.${name}: ${zones.join(", ")} are up`)];
}

async function zonesThatAreNotUp(zones: string[], { google, project }: Target): Promise<Finding[]> {
  const pages = await google.pages<ZonePage>(`${COMPUTE}/${project}/zones?maxResults=500`);
  const known = new Map(
    pages.flatMap(({ items = [] }) => items.map(({ name, status }) => [name, status] as const)),
  );
  return zones.flatMap((zone) => {
    const status = known.get(zone);
    if (status === "UP") return [];
    return [
      problem(status === undefined ? `${zone}: no such zone` : `${zone}: the zone is ${status}`),
    ];
  });
}

async function zonesWith(machineType: string, { google, project }: Target): Promise<string[]> {
  const query = new URLSearchParams({ filter: `name=${machineType}`, maxResults: "500" });
  const url = `${COMPUTE}/${project}/aggregated/machineTypes?${query.toString()}`;
  const pages = await google.pages<TypePage>(url);
  return pages
    .flatMap(({ items = {} }) => Object.entries(items))
    .filter(([, { machineTypes = [] }]) => machineTypes.length > 0)
    .map(([place]) => place.replace("zones/", ""))
    .sort();
}
