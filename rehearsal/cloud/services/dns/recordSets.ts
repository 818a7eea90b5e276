import { Cloud } from "../../cloud";
import { Collection, methodsOf } from "../../collection";
import { ApiError } from "../../errors";
import { JsonObject, merge, optionalString, without } from "../../json";
import {
  dnsWording,
  invalid,
  isAbsolute,
  isIpv4,
  MANAGED_ZONE,
  RECORD_SET,
  RecordSet,
} from "./common";
import { checkRouting } from "./routing";
import { dnsService } from "./service";

const TYPES = "A AAAA CAA CNAME HTTPS MX NAPTR NS PTR SOA SPF SRV SVCB TXT".split(" ");
const zoneWording = dnsWording("entity.managedZone", "parameters.managedZone");

/** Record sets, one by one; the provider changes them by `changes`. */
export function recordSets(cloud: Cloud): Collection<RecordSet> {
  return {
    kind: RECORD_SET,
    service: dnsService(cloud, dnsWording("entity.rrset", "parameters.name"), {
      plural: "rrsets",
      kind: "dns#resourceRecordSetsListResponse",
    }),
    methods: methodsOf("dns.resourceRecordSets", "create"),
    changes: { "dns.resourceRecordSets.patch": ({ body }) => body },
    noun: "rrset",
    read: ({ body }) => ({
      id: `${optionalString(body, "name") ?? ""}/${optionalString(body, "type") ?? ""}`,
      input: body,
    }),
    make: (name, input) => {
      const { record, type } = partsOf(name);
      const set = { ...input, name: record, type };
      checkRecordSet(cloud, name, set);
      return set;
    },
    change: (name, input, current) => {
      const set = merge(current, without(input, ["name", "type"])) as RecordSet;
      checkRecordSet(cloud, name, set);
      return set;
    },
    // A zone's own two are not in its way: they go with it.
    references: (name) =>
      isOwn(cloud, name) ? [] : [{ kind: MANAGED_ZONE, name: partsOf(name).zone }],
    checkDelete: (name) => checkOwn(cloud, name),
    view: (_name, set) => shownRecordSet(set),
  };
}

export function shownRecordSet(set: RecordSet): JsonObject {
  return { kind: "dns#resourceRecordSet", ...set };
}

/** @throws ApiError by the rules of names, types and data */
export function checkRecordSet({ store }: Cloud, name: string, set: RecordSet): void {
  const { zone, record, type } = partsOf(name);
  const found = store.get(MANAGED_ZONE, zone);
  if (!found) throw zoneWording.notFound(zone);
  const { dnsName, visibility } = found.body;
  const inside = record === dnsName || record.endsWith(`.${dnsName}`);
  if (!isAbsolute(record) || !inside) throw invalid("entity.rrset.name", record);
  if (!TYPES.includes(type)) throw invalid("entity.rrset.type", type);
  checkTtl(set);
  checkData(set);
  if (set.routingPolicy) checkRouting(store, visibility, set.routingPolicy);
}

/** The two that a zone has of its own stay. @throws ApiError */
export function checkOwn(cloud: Cloud, name: string): void {
  if (!isOwn(cloud, name)) return;
  throw new ApiError(
    "INVALID_ARGUMENT",
    "The resource record set 'entity.change.deletions[0]' is invalid because a zone must " +
      `contain exactly one resource record set of type '${partsOf(name).type}' at the apex.`,
    "invalidZoneApex",
  );
}

function isOwn({ store }: Cloud, name: string): boolean {
  const { zone, record, type } = partsOf(name);
  const isApex = store.get(MANAGED_ZONE, zone)?.body.dnsName === record;
  return isApex && (type === "NS" || type === "SOA");
}

/** `projects/p/managedZones/z/rrsets/{record}/{type}` */
function partsOf(name: string): { zone: string; record: string; type: string } {
  const parts = name.split("/");
  const [record = "", type = ""] = parts.slice(5);
  return { zone: parts.slice(0, 4).join("/"), record, type };
}

function checkTtl({ ttl = 0 }: JsonObject): void {
  const seconds = Number(ttl);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 2_147_483_647)
    throw invalid("entity.rrset.ttl", String(ttl));
}

/** Data or a policy that chooses some, not both. */
function checkData({ type, rrdatas = [], routingPolicy }: RecordSet): void {
  if (rrdatas.length > 0 === (routingPolicy !== undefined)) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      "A resource record set has either 'rrdatas' or a 'routingPolicy'.",
      "invalid",
    );
  }
  if (type !== "A") return;
  rrdatas.forEach((data, i) => {
    if (!isIpv4(data)) throw invalid(`entity.rrset.rrdatas[${i}]`, String(data));
  });
}
