import { isDeepStrictEqual } from "node:util";

import { ServiceMethod } from "../../access/admission";
import { Need } from "../../access/permissions";
import { timestamp } from "../../clock";
import { Cloud } from "../../cloud";
import { ApiError } from "../../errors";
import { isObject, Json, JsonObject, without } from "../../json";
import { Kind } from "../../kinds";
import { Stored } from "../../store";
import { duration } from "../../tables/durations";
import { Call } from "../../wire/call";
import { MANAGED_ZONE, missing, RECORD_SET, RecordSet } from "./common";
import { checkOwn, checkRecordSet, shownRecordSet } from "./recordSets";
import { listed } from "./service";

interface Change extends JsonObject {
  additions: RecordSet[];
  deletions: RecordSet[];
  startTime: string;
}

/** `projects/{project}/managedZones/{zone}/changes/{id}` */
export const CHANGE: Kind<Change> = { type: "dns.googleapis.com/Change" };

/** Changes of a zone's record sets: several at once, all of them or none. */
export function changeMethods(cloud: Cloud): ServiceMethod[] {
  const { store, operations, clock } = cloud;
  operations.register(CHANGE.type, "insert", { commit: () => ({}) });
  const shown = ({ name, body }: Stored<Change>): JsonObject => {
    const pending = operations.runningOn(store.get(CHANGE, name)) !== undefined;
    return {
      kind: "dns#change",
      ...without(body, ["additions", "deletions"]),
      ...nonEmpty("additions", body.additions.map(shownRecordSet)),
      ...nonEmpty("deletions", body.deletions.map(shownRecordSet)),
      id: name.slice(name.lastIndexOf("/") + 1),
      status: pending ? "pending" : "done",
    };
  };
  return [
    { id: "dns.changes.create", about: zoneOf, also: needsOf, handle: create },
    {
      id: "dns.changes.get",
      about: zoneOf,
      handle: ({ name }) => {
        const change = store.get(CHANGE, name);
        if (!change) throw missing("parameters.changeId", name.slice(name.lastIndexOf("/") + 1));
        return shown(change);
      },
    },
    {
      id: "dns.changes.list",
      about: zoneOf,
      handle: (call) =>
        listed(call, store.list(CHANGE, `${call.name}/`).map(shown), {
          plural: "changes",
          kind: "dns#changesListResponse",
        }),
    },
  ];

  function create(call: Call): JsonObject {
    const zone = zoneOf(call);
    if (!store.get(MANAGED_ZONE, zone))
      throw missing("parameters.managedZone", zone.slice(zone.lastIndexOf("/") + 1));
    const [additions, deletions] = [setsOf(call.body.additions), setsOf(call.body.deletions)];
    if (additions.length + deletions.length === 0)
      throw new ApiError("INVALID_ARGUMENT", "The change is empty.", "required");
    deletions.forEach((set, i) => checkDeletion(zone, set, `entity.change.deletions[${i}]`));
    additions.forEach((set, i) => {
      const replaces = deletions.some((gone) => nameOf(zone, gone) === nameOf(zone, set));
      checkAddition(zone, set, `entity.change.additions[${i}]`, replaces);
    });
    for (const set of deletions) {
      const replaced = additions.some((added) => nameOf(zone, added) === nameOf(zone, set));
      if (!replaced) checkOwn(cloud, nameOf(zone, set));
    }
    for (const set of deletions) store.delete(RECORD_SET.type, nameOf(zone, set));
    for (const set of additions) store.put(RECORD_SET, nameOf(zone, set), set);
    const name = `${zone}/changes/${store.list(CHANGE, `${zone}/`).length + 1}`;
    const change = store.put(CHANGE, name, { additions, deletions, startTime: timestamp(clock) });
    operations.begin(`${name}/operation`, {
      method: call.method.id,
      version: call.method.version,
      verb: "insert",
      type: CHANGE.type,
      target: name,
      seconds: duration(`${RECORD_SET.type} insert`),
    });
    return shown(change);
  }

  /** A deletion says all of the set as it is. */
  function checkDeletion(zone: string, set: RecordSet, field: string): void {
    const found = store.get(RECORD_SET, nameOf(zone, set));
    if (!found) throw missing(field, titleOf(set));
    if (isDeepStrictEqual(plain(found.body), plain(set))) return;
    const message = `Precondition not met for '${field}'`;
    throw new ApiError("CONDITION_NOT_MET", message, "conditionNotMet");
  }

  function checkAddition(zone: string, set: RecordSet, field: string, replaces: boolean): void {
    checkRecordSet(cloud, nameOf(zone, set), set);
    if (replaces || !store.get(RECORD_SET, nameOf(zone, set))) return;
    const message = `The resource '${field}' named '${titleOf(set)}' already exists`;
    throw new ApiError("ALREADY_EXISTS", message, "alreadyExists");
  }
}

/** A change of records asks for what each of them would take by itself. */
function needsOf(call: Call): Need[] {
  const [additions, deletions] = [setsOf(call.body.additions), setsOf(call.body.deletions)];
  const zone = zoneOf(call);
  const names = (sets: RecordSet[]) => sets.map((set) => nameOf(zone, set));
  const replaced = names(additions).filter((name) => names(deletions).includes(name));
  const verbs = [
    ...(additions.length > replaced.length ? ["create"] : []),
    ...(replaced.length > 0 ? ["update"] : []),
    ...(deletions.length > replaced.length ? ["delete"] : []),
  ];
  return verbs.map((verb) => ({ permission: `dns.resourceRecordSets.${verb}`, resource: zone }));
}

function zoneOf({ name }: Call): string {
  return name.split("/").slice(0, 4).join("/");
}

function nameOf(zone: string, { name, type }: RecordSet): string {
  return `${zone}/rrsets/${name}/${type}`;
}

function titleOf({ name, type }: RecordSet): string {
  return `${name} (${type})`;
}

function setsOf(value: Json | undefined): RecordSet[] {
  return (Array.isArray(value) ? value : []).filter(isObject) as RecordSet[];
}

/** Without what says nothing about the records. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value as Json)) return value;
  const entries = Object.entries(value as JsonObject)
    .filter(([key, item]) => key !== "kind" && item !== undefined && !isEmpty(item))
    .map(([key, item]) => [key, plain(item)]);
  return Object.fromEntries(entries);
}

function isEmpty(value: Json): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}

function nonEmpty(key: string, items: JsonObject[]): JsonObject {
  return items.length > 0 ? { [key]: items } : {};
}
