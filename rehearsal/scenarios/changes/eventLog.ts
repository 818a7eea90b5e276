import * as fs from "node:fs";

import type { Operation, Step } from "./change";

/** What we read of an event of the engine, as `--event-log` writes it, one a line. */
export interface EngineEvent {
  /** Whole seconds since 1970. */
  timestamp?: number;
  /** A step begins, or is planned. */
  resourcePreEvent?: { metadata: StepMetadata };
  /** A step has ended. */
  resOutputsEvent?: { metadata: StepMetadata };
  /** A step has failed. */
  resOpFailedEvent?: { metadata: StepMetadata };
}

interface StepMetadata {
  op: string;
  urn: string;
  /** The resource after a refresh; null if it is gone. */
  new?: object | null;
  /** Differences by path. */
  detailedDiff?: Record<string, { diffKind: string }> | null;
}

const OPERATIONS: Record<string, Operation> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
};

export function readEvents(file: string): EngineEvent[] {
  const lines = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as EngineEvent);
}

/** The resources that a command changes, or would change, without those that failed. A replacement is one step. */
export function stepsOf(events: EngineEvent[]): Step[] {
  const failed = new Set(
    events.flatMap(({ resOpFailedEvent: failure }) => failure?.metadata.urn ?? []),
  );
  return events.flatMap(({ resourcePreEvent }) => {
    if (!resourcePreEvent) return [];
    const { metadata } = resourcePreEvent;
    const operation = OPERATIONS[metadata.op];
    if (!operation || failed.has(metadata.urn)) return [];
    return [{ operation, resource: resourceOf(metadata), properties: pathsOf(metadata) }];
  });
}

/** The differences that a refresh found: changed resources, and those that are gone. */
export function driftOf(events: EngineEvent[]): Step[] {
  return events.flatMap(({ resOutputsEvent }): Step[] => {
    if (resOutputsEvent?.metadata.op !== "refresh") return [];
    const { metadata } = resOutputsEvent;
    const [resource, properties] = [resourceOf(metadata), pathsOf(metadata)];
    if (!metadata.new) return [{ operation: "delete", resource, properties: [] }];
    return properties.length > 0 ? [{ operation: "update", resource, properties }] : [];
  });
}

/** Replaced resources whose predecessor began to go before its successor was there. */
export function replacedOldFirst(events: EngineEvent[]): string[] {
  const made = new Set<string>();
  const early: string[] = [];
  for (const { resourcePreEvent, resOutputsEvent } of events) {
    if (resOutputsEvent?.metadata.op === "create-replacement") {
      made.add(resOutputsEvent.metadata.urn);
    }
    if (resourcePreEvent?.metadata.op !== "delete-replaced") continue;
    const { metadata } = resourcePreEvent;
    if (!made.has(metadata.urn)) early.push(resourceOf(metadata));
  }
  return early;
}

/** `type::name` of `urn:pulumi:<stack>::<project>::<types of parents>$<type>::<name>`. */
function resourceOf({ urn }: StepMetadata): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${types.slice(types.lastIndexOf("$") + 1)}::${name}`;
}

/** Items of a list count as the list, since all behind one that is put in differ; files of a ConfigMap as its data. */
function pathsOf({ detailedDiff }: StepMetadata): string[] {
  const paths = Object.keys(detailedDiff ?? {}).map((path) =>
    path.replace(/\[\d+\]$/, "").replace(/^data\[".*"\]$/, "data"),
  );
  return [...new Set(paths)].sort();
}
