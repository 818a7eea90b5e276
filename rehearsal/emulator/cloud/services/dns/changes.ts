import { isDeepStrictEqual } from "node:util";

import { ServiceMethod } from "../../access/admission";
import { Need } from "../../access/permissions";
import { timestamp } from "../../clock";
import { Cloud } from "../../cloud";
import { ApiError } from "../../errors";
import { isObject, Json, JsonObject, without, withoutNulls } from "../../json";
import { baseName } from "../../names";
import { Stored } from "../../store";
import { duration } from "../../tables/durations";
import { Call } from "../../wire/call";
import {
  Change,
  CHANGE,
  dnsWording,
  MANAGED_ZONE,
  missing,
  RECORD_SET,
  RecordSet,
  recordSetName,
} from "./common";
import { checkOwn, checkRecordSet } from "./recordRules";
import { listed } from "./listed";

/** Changes of a zone's record sets: several at once, all of them or none. */
export function changeMethods(cloud: Cloud): ServiceMethod[] {
  const { store, operations, clock } = cloud;
  operations.register(CHANGE.type, "insert", { commit: () => ({}) });
  return [
    { id: "dns.changes.create", about: zoneOf, also: needsOf, handle: create },
    {
      id: "dns.changes.get",
      about: zoneOf,
      handle: (call) => {
        existingZone(call);
        const change = store.get(CHANGE, call.name);
        if (!change) throw missing("parameters.changeId", baseName(call.name));
        return shown(change);
      },
    },
    {
      id: "dns.changes.list",
      about: zoneOf,
      handle: (call) => {
        const all = store.list(CHANGE, `${existingZone(call)}/`).map(shown);
        const isDescending = call.query.get("sortOrder") === "descending";
        return listed(call, isDescending ? all.toReversed() : all, "changes");
      },
    },
  ];

  function shown({ name, body }: Stored<Change>): JsonObject {
    const isPending = operations.runningOn(store.get(CHANGE, name)) !== undefined;
    return { ...body, id: baseName(name), status: isPending ? "pending" : "done" };
  }

  function create(call: Call): JsonObject {
    const zone = existingZone(call);
    const { additions, deletions } = wantedBy(call);
    if (additions.length + deletions.length === 0) throw nothing();
    checkDeletions(zone, deletions);
    additions.forEach((set, i) => checkAddition(zone, set, i, additions, deletions));
    deletions.forEach((set, i) => {
      const isReplaced = additions.some((added) => isSame(added, set));
      if (!isReplaced) checkOwn(cloud, zone, set, `entity.change.deletions[${i}]`);
    });
    for (const set of deletions) store.delete(RECORD_SET.type, recordSetName(zone, set));
    for (const set of additions) store.put(RECORD_SET, recordSetName(zone, set), set);
    return shown(keep(call, zone, { additions, deletions, startTime: timestamp(clock) }));
  }

  function keep(call: Call, zone: string, change: Change): Stored<Change> {
    const target = `${zone}/changes/${store.list(CHANGE, `${zone}/`).length}`;
    const kept = store.put(CHANGE, target, change);
    operations.begin(`${target}/operation`, {
      method: call.method.id,
      version: call.method.version,
      verb: "insert",
      type: CHANGE.type,
      target,
      seconds: duration(CHANGE.type),
    });
    return kept;
  }

  /** @throws ApiError 404 */
  function existingZone(call: Call): string {
    const zone = zoneOf(call);
    if (store.get(MANAGED_ZONE, zone)) return zone;
    throw dnsWording("entity.managedZone", "parameters.managedZone").notFound(zone);
  }

  /**
   * A deletion states the whole set as it is. Source of the words, and of listing everything that is missing at once:
   * kubernetes-sigs/external-dns#2817.
   */
  function checkDeletions(zone: string, deletions: RecordSet[]): void {
    const found = deletions.map((set) => store.get(RECORD_SET, recordSetName(zone, set))?.body);
    const lost = deletions.flatMap((set, i) =>
      found[i] ? [] : [missing(`entity.change.deletions[${i}]`, titleOf(set)).message],
    );
    const [first, ...more] = lost;
    if (first !== undefined) throw new ApiError("NOT_FOUND", first, "notFound", [], more);
    const changed = deletions.findIndex(
      (set, i) => !isDeepStrictEqual(plain(found[i]), plain(set)),
    );
    if (changed < 0) return;
    const message = `Precondition not met for 'entity.change.deletions[${changed}]'`;
    throw new ApiError("CONDITION_NOT_MET", message, "conditionNotMet");
  }

  /**
   * An addition must not exist yet, unless the same change deletes it. Source of the words: snarfed/bridgy-fed#1072;
   * of those for values: libdns/googleclouddns#15.
   */
  function checkAddition(
    zone: string,
    set: RecordSet,
    index: number,
    additions: RecordSet[],
    deletions: RecordSet[],
  ): void {
    checkRecordSet(cloud, zone, set, `entity.change.additions[${index}]`);
    const isTwice = additions.findIndex((other) => isSame(other, set)) < index;
    const isThere = store.get(RECORD_SET, recordSetName(zone, set)) !== undefined;
    const isReplaced = deletions.some((gone) => isSame(gone, set));
    if (!isTwice && (!isThere || isReplaced)) return;
    const entity = `entity.change.additions[${set.name}][${set.type}]`;
    const message = `The resource '${entity}' named '${titleOf(set)}' already exists`;
    throw new ApiError("ALREADY_EXISTS", message, "alreadyExists");
  }
}

/** A change of records asks for what each of them would take by itself. */
function needsOf(call: Call): Need[] {
  const { additions, deletions } = wantedBy(call);
  const replaced = additions.filter((added) => deletions.some((gone) => isSame(gone, added)));
  const verbs = [
    ...(additions.length > replaced.length ? ["create"] : []),
    ...(replaced.length > 0 ? ["update"] : []),
    ...(deletions.length > replaced.length ? ["delete"] : []),
  ];
  const resource = zoneOf(call);
  return verbs.map((verb) => ({ permission: `dns.resourceRecordSets.${verb}`, resource }));
}

function wantedBy({ body }: Call): Pick<Change, "additions" | "deletions"> {
  return { additions: setsOf(body.additions), deletions: setsOf(body.deletions) };
}

function setsOf(value: Json | undefined): RecordSet[] {
  return (Array.isArray(value) ? value : []).filter(isObject).map(withoutNulls) as RecordSet[];
}

function zoneOf({ name }: Call): string {
  return name.split("/").slice(0, 4).join("/");
}

function isSame(a: RecordSet, b: RecordSet): boolean {
  return a.name === b.name && a.type === b.type;
}

function titleOf({ name, type }: RecordSet): string {
  return `${name} (${type})`;
}

/** What a set says, whether it says that something is not so or is silent about it. */
function plain(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => plain(item) ?? null);
  if (!isObject(value)) return value;
  const said = Object.entries(value).filter(([, item]) => !isNothing(item));
  return without(Object.fromEntries(said.map(([key, item]) => [key, plain(item)])), ["kind"]);
}

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}

/** Source: GoogleCloudPlatform/cloud-foundation-toolkit#511. */
function nothing(): ApiError {
  const message = "The 'entity.change' parameter is required but was missing.";
  return new ApiError("INVALID_ARGUMENT", message, "required");
}
