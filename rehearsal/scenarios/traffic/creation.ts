import { readEvents } from "../changes/eventLog";

import type { Creation } from "./record";
import { PLACES } from "./site";

/** When each resource of a first `up` was begun and done, from the engine's events. @param file of `--event-log` */
export function creationOf(file: string): Creation[] {
  const events = readEvents(file);
  const begun = new Map<string, number>();
  const made: Creation[] = [];
  const first = Math.min(...events.flatMap(({ timestamp }) => timestamp ?? []));
  for (const { timestamp = first, resourcePreEvent, resOutputsEvent } of events) {
    if (resourcePreEvent) begun.set(resourcePreEvent.metadata.urn, timestamp);
    if (resOutputsEvent?.metadata.op !== "create") continue;
    const { urn } = resOutputsEvent.metadata;
    const region = regionOf(urn);
    made.push({
      resource: urn.split("::").slice(2).join("::"),
      ...(region !== undefined && { region }),
      startSecond: (begun.get(urn) ?? timestamp) - first,
      endSecond: timestamp - first,
    });
  }
  return made;
}

/** Resources of a region are called after its cluster or after itself. */
function regionOf(urn: string): string | undefined {
  const name = urn.split("::").at(-1) ?? "";
  return PLACES.find(({ cluster, region }) => name.includes(cluster) || name.includes(region))
    ?.region;
}
