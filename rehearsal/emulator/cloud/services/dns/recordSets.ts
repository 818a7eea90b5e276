import { Cloud } from "../../cloud";
import { Collection, methodsOf } from "../../collection";
import { badRequest } from "../../errors";
import { JsonObject, merge, optionalString, without } from "../../json";
import { Call } from "../../wire/call";
import { dnsWording, MANAGED_ZONE, RECORD_SET, RecordSet } from "./common";
import { checkOwn, checkRecordSet, isOwn } from "./recordRules";
import { dnsService } from "./service";

/** Record sets, one by one; several at once are changed by `changes`. */
export function recordSets(cloud: Cloud): Collection<RecordSet> {
  const service = dnsService(cloud, dnsWording("entity.rrset", "parameters.name"), "rrsets");
  return {
    kind: RECORD_SET,
    service: {
      ...service,
      listed: (call, all) => {
        checkZone(cloud, call);
        return service.listed(call, all.filter(wantedBy(call)));
      },
    },
    methods: methodsOf("dns.resourceRecordSets", "create"),
    changes: { "dns.resourceRecordSets.patch": ({ body }) => body },
    noun: "rrset",
    read: ({ body }) => ({
      id: `${optionalString(body, "name") ?? ""}/${optionalString(body, "type") ?? ""}`,
      input: body,
    }),
    make: (name, input) => {
      const { zone, record, type } = partsOf(name);
      const set = { ...input, name: record, type };
      checkRecordSet(cloud, zone, set, "entity.rrset");
      return set;
    },
    change: (name, input, current) => {
      const set = merge(current, without(input, ["name", "type"])) as RecordSet;
      checkRecordSet(cloud, partsOf(name).zone, set, "entity.rrset");
      return set;
    },
    // A zone's own two are not in its way: they go with it.
    references: (name, set) => {
      const { zone } = partsOf(name);
      return isOwn(cloud, zone, set) ? [] : [{ kind: MANAGED_ZONE, name: zone }];
    },
    checkDelete: (name, set) => checkOwn(cloud, partsOf(name).zone, set, "entity.rrset"),
    pace: () => "dns.googleapis.com/RecordSet",
  };
}

function checkZone({ store }: Cloud, { name }: Call): void {
  const zone = name.slice(0, name.lastIndexOf("/"));
  if (store.get(MANAGED_ZONE, zone)) return;
  throw dnsWording("entity.managedZone", "parameters.managedZone").notFound(zone);
}

/** Source: the reference of the list's `type`. @throws ApiError 400 for a type without a name */
function wantedBy({ query }: Call): (set: JsonObject) => boolean {
  const [name, type] = [query.get("name"), query.get("type")];
  if (type !== null && name === null) {
    throw badRequest("The parameter 'name' must be present where 'type' is.");
  }
  return (set) => (name === null || set.name === name) && (type === null || set.type === type);
}

/** `projects/p/managedZones/z/rrsets/{record}/{type}` */
function partsOf(name: string): { zone: string; record: string; type: string } {
  const parts = name.split("/");
  const [record = "", type = ""] = parts.slice(5);
  return { zone: parts.slice(0, 4).join("/"), record, type };
}
