import { type ExpectedStep, remove, type Step } from "./change";
import type { Inventory } from "./inventory";

/**
 * Spells out expected steps, resource by resource.
 * @param clusters for which `<cluster>` stands
 */
export function spellOut(
  expected: ExpectedStep[],
  clusters: string[],
  inventory: Inventory,
): Step[] {
  return expected.flatMap((step): Step[] => {
    if (step.operation === "join") return whole(step, "create", inventory);
    if (step.operation === "leave") return whole(step, "delete", inventory);
    if (step.operation === "retire") {
      return inventory.ofServers(step.cluster).map(remove);
    }
    if (!step.resource.includes("<cluster>")) return [step];
    return clusters.map((cluster) => ({
      ...step,
      resource: step.resource.replace("<cluster>", cluster),
    }));
  });
}

function whole(
  { cluster, region }: { cluster: string; region?: string },
  operation: "create" | "delete",
  inventory: Inventory,
): Step[] {
  const resources = [
    ...inventory.ofCluster(cluster),
    ...(region ? inventory.ofRegion(region) : []),
  ];
  return resources.map((resource) => ({ operation, resource, properties: [] }));
}

/** One line for each missing and for each unexpected step; none if the two are the same. */
export function differences(expected: Step[], actual: Step[]): string[] {
  const folded = actual.map((step) => fold(step, expected));
  const [wanted, found] = [expected, folded].map((steps) => new Set(steps.map(lineOf)));
  return [
    ...[...(wanted ?? [])].filter((line) => !found?.has(line)).map((line) => `missing: ${line}`),
    ...[...(found ?? [])]
      .filter((line) => !wanted?.has(line))
      .map((line) => `not expected: ${line}`),
  ];
}

/** What an expected `spec.template.*` stands for is written as that. */
function fold(step: Step, expected: Step[]): Step {
  const { operation, resource } = step;
  const same = expected.find((e) => e.operation === operation && e.resource === resource);
  const wholes = (same?.properties ?? []).filter((path) => path.endsWith(".*"));
  const wholeOf = (path: string) => wholes.find((whole) => path.startsWith(whole.slice(0, -1)));
  return {
    ...step,
    properties: [...new Set(step.properties.map((path) => wholeOf(path) ?? path))],
  };
}

/** Such as `update gcp:compute/firewall:Firewall::network-load-balancer (sourceRanges[2])`. */
export function lineOf({ operation, resource, properties }: Step): string {
  const paths = properties.length > 0 ? ` (${[...properties].sort().join(", ")})` : "";
  return `${operation} ${resource}${paths}`;
}
