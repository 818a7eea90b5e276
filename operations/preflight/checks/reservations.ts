import { type Finding, ok, problem, warning } from "../finding";
import { COMPUTE } from "../google/apis";
import { allAnswered } from "../notAsked";
import type { Target } from "../target";

import type { Check } from "./check";
import { type PlacedPool, placedPools } from "./pools";

interface Reservation {
  status?: string;
  specificReservation?: {
    count?: string;
    inUseCount?: string;
    instanceProperties?: { machineType?: string };
  };
}

export const reservations: Check = {
  name: "reservations",
  asks: "whether the pools' reservations exist, with the pools' machine types",
  ask: (target) => {
    const reserved = placedPools(target.settings).filter(({ pool }) => pool.reservation);
    return allAnswered(
      target,
      reserved.map((placed) => () => ofPool(placed, target)),
    );
  },
};

async function ofPool(
  { key, pool, region, zones }: PlacedPool,
  target: Target,
): Promise<Finding[]> {
  const { google } = target;
  const { machineType, minNodes } = pool;
  const { home, name: reservation } = partsOf(pool.reservation ?? "", target);
  const answers = await Promise.all(
    zones.map(async (zone) => {
      const url = `${COMPUTE}/${home}/zones/${zone}/reservations/${reservation}`;
      return { zone, it: await google.find<Reservation>(url) };
    }),
  );
  const there = answers.flatMap(({ zone, it }) => (it ? [{ zone, it }] : []));
  if (there.length === 0) {
    const create =
      `gcloud compute reservations create ${reservation} --machine-type ${machineType} ` +
      `--vm-count ${Math.max(1, minNodes)} --zone ${zones[0] ?? region} --require-specific-reservation --project ${home}`;
    return [problem(`${key}: reservation ${reservation} is not in ${zones.join(", ")}`, create)];
  }
  const wrong = there.flatMap(({ zone, it }) => {
    const type = it.specificReservation?.instanceProperties?.machineType;
    if (type === machineType) return [];
    return [
      problem(
        `${key}: reservation ${reservation} in ${zone} is for ${String(type)}, not ${machineType}`,
      ),
    ];
  });
  if (wrong.length > 0) return wrong;
  const free = there.reduce((sum, { it }) => sum + freeIn(it), 0);
  const found = `${key}: reservation ${reservation} has ${free} free machines in ${there.map(({ zone }) => zone).join(", ")}`;
  if (free < minNodes) return [warning(`${found}; the pool keeps ${minNodes}`)];
  const without = answers.filter(({ it }) => !it).map(({ zone }) => zone);
  return [without.length > 0 ? warning(`${found}; it is not in ${without.join(", ")}`) : ok(found)];
}

/** One that another project shares is named with that project. */
function partsOf(given: string, { project }: Target): { home: string; name: string } {
  const [, home = project, name = given] =
    /^projects\/([^/]+)\/reservations\/([^/]+)/.exec(given) ?? [];
  return { home, name };
}

function freeIn({ specificReservation }: Reservation): number {
  return Number(specificReservation?.count ?? 0) - Number(specificReservation?.inUseCount ?? 0);
}
