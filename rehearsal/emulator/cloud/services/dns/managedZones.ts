import { timestamp } from "../../clock";
import { Cloud } from "../../cloud";
import { newNumericId } from "../../numericIds";
import { Collection, methodsOf } from "../../collection";
import { ApiError } from "../../errors";
import { at, isObject, JsonObject, merge, optionalString, replacement, without } from "../../json";
import { NETWORK } from "../../kinds";
import { baseName } from "../../names";
import { fillIn } from "../../tables/filledIn/filledIn";
import { MANAGED_ZONE as FILLED_IN } from "../../tables/filledIn/fleetAndDns";
import {
  CHANGE,
  dnsWording,
  invalid,
  isAbsolute,
  MANAGED_ZONE,
  ManagedZone,
  missing,
  RECORD_SET,
  RecordSet,
  recordSetName,
} from "./common";
import { dnsService } from "./service";

const ZONE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const NETWORK_URL = /^https:\/\/[^/]+\/compute\/[^/]+\/(projects\/[^/]+\/global\/networks\/[^/]+)$/;
const NETWORKS_FIELD = "entity.managedZone.privateVisibilityConfig.networks";
/** What answers for private zones, inside each VPC. */
const PRIVATE_NAME_SERVER = "ns-gcp-private.googledomains.com.";
/** Seconds that resolvers keep the two records of a zone's own. */
const OWN_TTL = 21_600;

/** What an update does not touch: it is set once, or the server's. */
const KEPT = ["name", "dnsName", "visibility", "id", "creationTime", "nameServers", "networks"];

/** Zones, private or public. */
export function managedZones(cloud: Cloud): Collection<ManagedZone> {
  const { store, clock } = cloud;
  const wording = dnsWording("entity.managedZone", "parameters.managedZone");
  const service = dnsService(cloud, wording, "managedZones");
  return {
    kind: MANAGED_ZONE,
    service: {
      ...service,
      listed: (call, all) => {
        const dnsName = call.query.get("dnsName");
        const wanted = all.filter((zone) => dnsName === null || zone.dnsName === dnsName);
        return service.listed(call, wanted);
      },
    },
    methods: methodsOf("dns.managedZones", "create"),
    changes: {
      "dns.managedZones.patch": ({ body }) => body,
      // The whole zone: what it lacks is removed.
      "dns.managedZones.update": ({ body }, current) => replacement(current, body, KEPT),
    },
    noun: "managedZone",
    make: (name, input) => {
      const zone = fillIn(FILLED_IN, {
        ...without(input, ["networks"]),
        name: baseName(name),
        dnsName: optionalString(input, "dnsName") ?? "",
        id: newNumericId(),
        creationTime: timestamp(clock),
        nameServers: [PRIVATE_NAME_SERVER],
        networks: networksOf(input),
      } as JsonObject) as ManagedZone;
      check(name, zone);
      return zone;
    },
    change: (name, input, current) => {
      const kept = merge(current, without(input, ["name", "dnsName", "visibility"]));
      const zone = fillIn(FILLED_IN, { ...kept, networks: networksOf(kept) } as ManagedZone);
      check(name, zone);
      return zone;
    },
    references: (_name, { networks }) =>
      networks.map((network) => ({ kind: NETWORK, name: network })),
    // Source: terraform-google-modules/terraform-google-cloud-dns#31.
    uses: (_verb, _name, input) =>
      networksOf(input).map((resource) => ({
        permission: "dns.networks.bindPrivateDNSZone",
        resource,
      })),
    pace: () => "dns.googleapis.com/ManagedZone",
    committed: (verb, name, zone) => {
      if (verb === "insert") begin(name, ownRecords(zone));
      if (verb === "delete") {
        const inside = [...store.list(RECORD_SET, `${name}/`), ...store.list(CHANGE, `${name}/`)];
        inside.forEach((part) => store.delete(part.type, part.name));
      }
    },
    view: (_name, zone) => without(zone, ["networks"]),
  };

  /** The records of its own are a zone's first change. */
  function begin(zone: string, additions: RecordSet[]): void {
    for (const set of additions) store.put(RECORD_SET, recordSetName(zone, set), set);
    const change = { additions, deletions: [], startTime: timestamp(clock) };
    store.put(CHANGE, `${zone}/changes/0`, change);
  }

  function check(name: string, { dnsName, networks }: ManagedZone): void {
    if (!ZONE_NAME.test(baseName(name))) throw invalid("entity.managedZone.name", baseName(name));
    if (!isAbsolute(dnsName)) throw invalid("entity.managedZone.dnsName", dnsName);
    networks.forEach((network, i) => {
      if (!store.get(NETWORK, network)) {
        throw missing(`${NETWORKS_FIELD}[${i}].networkUrl`, network);
      }
      const rival = store
        .list(MANAGED_ZONE)
        .filter((zone) => zone.name !== name && zone.body.dnsName === dnsName)
        .find((zone) => zone.body.networks.includes(network));
      if (rival) throw alreadyBound(network, dnsName, rival.name);
    });
  }
}

/** The networks of a private zone. @throws ApiError where one is not told by its URL */
function networksOf(input: JsonObject): string[] {
  const networks = at(input, "privateVisibilityConfig.networks");
  if (!Array.isArray(networks)) return [];
  return networks.map((network, i) => {
    const url = isObject(network) ? (optionalString(network, "networkUrl") ?? "") : "";
    const [, name] = NETWORK_URL.exec(url) ?? [];
    if (name === undefined) throw invalid(`${NETWORKS_FIELD}[${i}].networkUrl`, url);
    return name;
  });
}

/** The two records that a zone begins with, and that no client can delete. */
function ownRecords({ dnsName }: ManagedZone): RecordSet[] {
  const own = { name: dnsName, ttl: OWN_TTL };
  const hostmaster = "cloud-dns-hostmaster.google.com.";
  const soa = `${PRIVATE_NAME_SERVER} ${hostmaster} 1 ${OWN_TTL} 3600 259200 300`;
  return [
    { ...own, type: "NS", rrdatas: [PRIVATE_NAME_SERVER] },
    { ...own, type: "SOA", rrdatas: [soa] },
  ];
}

function alreadyBound(network: string, dnsName: string, rival: string): ApiError {
  return new ApiError(
    "INVALID_ARGUMENT",
    `Network '${network}' is already bound to managed zone '${baseName(rival)}' with DNS name ` +
      `'${dnsName}'.`,
    "invalid",
  );
}
