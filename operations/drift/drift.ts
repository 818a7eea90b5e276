import type { EngineEvent, StepMetadata } from "../eventLog/event";
import { type Named, named, pathsOf, Places } from "../eventLog/resource";

import { ownerOf } from "./fieldOwner";
import { writerOf } from "./noise";
import { isSet } from "./propertyPath";

/** A difference between a resource and what the program registered. */
export interface Drift {
  resource: Named;
  cluster: string;
  component: string;
  /** Path of the property; undefined if the whole resource is gone. */
  path?: string;
  /** The tool that owns the field now, such as `kubectl-edit`; only of Kubernetes objects. */
  owner?: string;
  /** The program takes over fields of this object from any owner. */
  forced: boolean;
}

/** A difference that nobody has to mend. */
export interface Noise {
  resource: Named;
  path: string;
  /** Who writes it. */
  writer: string;
}

export interface Found {
  drifts: Drift[];
  noise: Noise[];
}

/**
 * What a refresh found. The engine compares as `up` would: fields that neither program nor provider looks at are not
 * in its differences. Source: RefreshStep.Apply in pkg/resource/deploy/step.go of pulumi v3.259.0.
 * @param events of `pulumi refresh --preview-only`
 */
export function driftIn(events: readonly EngineEvent[]): Found {
  const places = new Places(events);
  const refreshed = new Set(
    events.flatMap(({ resourcePreEvent: event }) =>
      event?.metadata.op === "refresh" ? [event.metadata.urn] : [],
    ),
  );
  const found: Found = { drifts: [], noise: [] };
  for (const { resOutputsEvent } of events) {
    const metadata = resOutputsEvent?.metadata;
    if (!metadata || !refreshed.has(metadata.urn)) continue;
    const where = {
      resource: named(metadata.urn),
      cluster: places.clusterOf(metadata),
      component: places.componentOf(metadata.urn),
      forced: isForced(metadata),
    };
    if (!metadata.new) {
      found.drifts.push(where);
      continue;
    }
    for (const path of pathsOf(metadata)) {
      const writer = writtenByOthers(metadata, path);
      if (writer !== undefined) found.noise.push({ resource: where.resource, path, writer });
      else found.drifts.push({ ...where, path, ...owned(metadata, path) });
    }
  }
  found.drifts.sort(byPlace);
  return found;
}

/** The engine reads resources in an order of its own each time: a report that says the same must read the same. */
function byPlace(one: Drift, other: Drift): number {
  const place = ({ cluster, resource, path = "" }: Drift) =>
    [cluster, resource.kind, resource.name, path].join("\n");
  return place(one).localeCompare(place(other));
}

/** Who writes a field that the program does not set; undefined if it sets it, or if no known writer does. */
function writtenByOthers({ type, old }: StepMetadata, path: string): string | undefined {
  return isSet(old?.inputs, path) ? undefined : writerOf(type, path);
}

function owned(metadata: StepMetadata, path: string): { owner?: string } {
  const owner = ownerOf(metadata.new?.outputs, path);
  return owner === undefined ? {} : { owner };
}

/** Source: `patchForce` in pkg/await/await.go of pulumi-kubernetes. */
const FORCE = "pulumi.com/patchForce";

function isForced({ old }: StepMetadata): boolean {
  const { annotations } = (old?.inputs?.metadata ?? {}) as {
    annotations?: Record<string, unknown>;
  };
  return annotations?.[FORCE] === "true";
}
