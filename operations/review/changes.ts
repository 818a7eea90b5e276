import type { EngineEvent, StepMetadata } from "../eventLog/event";
import { type Named, named, pathsOf, Places, STACK } from "../eventLog/resource";

/** What a preview says of a resource, the most dangerous first. */
export const OPERATIONS = ["replace", "delete", "create", "import", "update"] as const;

export type Operation = (typeof OPERATIONS)[number];

/** Resources of one component that change in the same way. */
export interface Change {
  operation: Operation;
  /** The cluster that they are in or part of; "" for what clusters share. */
  cluster: string;
  /** Such as `ModelServer gke-west`; "" for none. */
  component: string;
  resources: Named[];
  /** Paths of the properties that differ; of a replacement, those that cause it. */
  properties: string[];
}

/** What a preview would change, by operation, cluster and component. */
export function changesIn(events: readonly EngineEvent[]): Change[] {
  const places = new Places(events);
  const groups = new Map<string, Change>();
  for (const { resourcePreEvent } of events) {
    if (!resourcePreEvent) continue;
    const { metadata } = resourcePreEvent;
    const change = changeOf(metadata, places);
    if (!change) continue;
    const { operation, cluster, component, properties } = change;
    const key = JSON.stringify([operation, cluster, component, properties]);
    const group = groups.get(key);
    if (group) group.resources.push(...change.resources);
    else groups.set(key, change);
  }
  return [...groups.values()].sort(byDanger);
}

/** How many resources each operation is about. */
export function countsOf(changes: readonly Change[]): Map<Operation, number> {
  const counts = new Map<Operation, number>();
  for (const operation of OPERATIONS) {
    const all = changes.filter((change) => change.operation === operation);
    const count = all.reduce((sum, { resources }) => sum + resources.length, 0);
    if (count > 0) counts.set(operation, count);
  }
  return counts;
}

function changeOf(metadata: StepMetadata, places: Places): Change | undefined {
  const operation = OPERATIONS.find((each) => each === metadata.op);
  // Components have no life of their own: their resources are listed.
  const custom = metadata.new?.custom ?? metadata.old?.custom ?? false;
  if (!operation || !custom || metadata.type === STACK) return undefined;
  return {
    operation,
    cluster: places.clusterOf(metadata),
    component: places.componentOf(metadata.urn),
    resources: [named(metadata.urn)],
    properties: propertiesOf(metadata, operation),
  };
}

function propertiesOf({ detailedDiff }: StepMetadata, operation: Operation): string[] {
  if (operation !== "replace") return pathsOf({ detailedDiff });
  const causes = Object.entries(detailedDiff ?? {}).filter(([, { diffKind }]) =>
    diffKind.endsWith("-replace"),
  );
  return pathsOf({ detailedDiff: causes.length > 0 ? Object.fromEntries(causes) : detailedDiff });
}

function byDanger(one: Change, other: Change): number {
  const rank = ({ operation }: Change) => OPERATIONS.indexOf(operation);
  const place = ({ cluster, component }: Change) => `${cluster}\n${component}`;
  return rank(one) - rank(other) || place(one).localeCompare(place(other));
}
