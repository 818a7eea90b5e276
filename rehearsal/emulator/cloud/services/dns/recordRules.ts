import { Cloud } from "../../cloud";
import { ApiError } from "../../errors";
import { MANAGED_ZONE, dnsWording, invalid, isAbsolute, isIpv4, RecordSet } from "./common";
import { checkRouting } from "./routing";

const TYPES = "A AAAA CAA CNAME HTTPS MX NAPTR NS PTR SOA SPF SRV SVCB TXT".split(" ");
const MAX_TTL = 2_147_483_647;
const zoneWording = dnsWording("entity.managedZone", "parameters.managedZone");

/**
 * The rules of names, types and data.
 * @param entity what the set is called in what was sent: `entity.rrset`
 * @throws ApiError
 */
export function checkRecordSet(
  { store }: Cloud,
  zone: string,
  set: RecordSet,
  entity: string,
): void {
  const found = store.get(MANAGED_ZONE, zone);
  if (!found) throw zoneWording.notFound(zone);
  const { name, type, routingPolicy } = set;
  const { dnsName, visibility } = found.body;
  const inside = name === dnsName || name.endsWith(`.${dnsName}`);
  if (!isAbsolute(name) || !inside) throw invalid(`${entity}.name`, name);
  if (!TYPES.includes(type)) throw invalid(`${entity}.type`, type);
  checkTtl(set, entity);
  checkData(set, entity);
  if (routingPolicy) checkRouting(store, visibility, routingPolicy, `${entity}.routingPolicy`);
}

/** The two that a zone has of its own stay. @throws ApiError */
export function checkOwn(cloud: Cloud, zone: string, set: RecordSet, entity: string): void {
  if (!isOwn(cloud, zone, set)) return;
  throw new ApiError(
    "INVALID_ARGUMENT",
    `The resource record set '${entity}' is invalid because a zone must contain exactly one ` +
      `resource record set of type '${set.type}' at the apex.`,
    "invalidZoneApex",
  );
}

export function isOwn({ store }: Cloud, zone: string, { name, type }: RecordSet): boolean {
  const isApex = store.get(MANAGED_ZONE, zone)?.body.dnsName === name;
  return isApex && (type === "NS" || type === "SOA");
}

function checkTtl({ ttl = 0 }: RecordSet, entity: string): void {
  const seconds = Number(ttl);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MAX_TTL) {
    throw invalid(`${entity}.ttl`, String(ttl));
  }
}

/** Data or a policy that chooses some, not both. */
function checkData({ type, rrdatas = [], routingPolicy }: RecordSet, entity: string): void {
  if (rrdatas.length > 0 === (routingPolicy !== undefined)) {
    throw new ApiError(
      "INVALID_ARGUMENT",
      "A resource record set has either 'rrdatas' or a 'routingPolicy'.",
      "invalid",
    );
  }
  if (type !== "A") return;
  rrdatas.forEach((data, i) => {
    if (!isIpv4(data)) throw invalid(`${entity}.rrdata[${i}]`, String(data));
  });
}
