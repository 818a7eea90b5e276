import { PropertyMap, Value } from "../../plugin";
import { ApiError } from "../engine/cloud";
import { Json } from "../engine/json";
import { ProviderConfig } from "../engine/config";
import { sameLink } from "../engine/names";
import { dnsChanges } from "../engine/operations";
import { projectOf } from "../engine/place";
import { Backend, Context, ResourceType } from "../engine/resource";
import { whileReading, worded } from "../engine/refusals";
import { gone } from "../engine/rest";
import { block, blocks, bool, isZero, list, num, opaque, Schema, str } from "../engine/schema";
import { fromApi, Move, toApi } from "../engine/translate";
import { nonEmpty } from "./computeApi";
import { withNetworkUrls } from "./networkUrls";

const healthCheckedTargets = block("O", {
  externalEndpoints: list("O"),
  internalLoadBalancers: blocks("O", {
    ipAddress: str("R"),
    ipProtocol: str("R", { allowed: ["tcp", "udp"] }),
    loadBalancerType: str("O", { allowed: ["regionalL4ilb", "regionalL7ilb", "globalL7ilb"] }),
    networkUrl: str("R", { same: sameLink }),
    port: str("R"),
    project: str("R"),
    region: str("O"),
  }),
});

const properties: Schema = {
  deletionPolicy: str("OCL"),
  managedZone: str("RF", { same: sameLink }),
  name: str("RF", { check: dotAtItsEnd }),
  project: str("OCF"),
  routingPolicy: block("O", {
    enableGeoFencing: bool("O"),
    geos: blocks("O", {
      healthCheckedTargets,
      location: str("R"),
      rrdatas: list("O"),
    }),
    healthCheck: str("OF"),
    primaryBackup: opaque("O"),
    wrrs: blocks("O", { healthCheckedTargets, rrdatas: list("O"), weight: num("R") }),
  }),
  rrdatas: list("O"),
  ttl: num("O"),
  type: str("R"),
};

const moves: Move[] = [
  { here: "routingPolicy.geos", there: "routingPolicy.geo.items" },
  { here: "routingPolicy.enableGeoFencing", there: "routingPolicy.geo.enableFencing" },
  { here: "routingPolicy.wrrs", there: "routingPolicy.wrr.items" },
];

const DNS = "https://dns.googleapis.com/dns/v1";

/** id: `projects/{project}/managedZones/{zone}/rrsets/{name}/{type}` */
export const recordSet: ResourceType = {
  token: "gcp:dns/recordSet:RecordSet",
  upstream: "DNSRecordSet",
  properties,
  constraints: [
    { exactlyOneOf: ["routingPolicy", "rrdatas"] },
    { conflict: "routingPolicy.geos", with: ["routingPolicy.primaryBackup", "routingPolicy.wrrs"] },
    { conflict: "routingPolicy.wrrs", with: ["routingPolicy.primaryBackup"] },
  ],
  backend: recordSetBackend(),
};

/** Records are changed by changes of their zone: a deletion states the record as it is. */
function recordSetBackend(): Backend {
  const change = ({ cloud, deadline }: Context, zone: string, sets: Json) =>
    cloud.operate(dnsChanges, "POST", `${DNS}/${zone}/changes`, sets, deadline);
  return {
    /** The provider owns the set of a name and type: it overwrites an existing one. */
    async create(context, inputs) {
      const { cloud, config, deadline } = context;
      const id = recordName(inputs, config);
      const { zone, name, type } = partsOf(id);
      const list = await cloud
        .call("GET", `${DNS}/${zone}/rrsets`, undefined, deadline)
        .catch((error: unknown) => {
          if (!(error instanceof ApiError)) throw error;
          const message = `Error retrieving record sets for "${String(inputs.managedZone)}": ${error.message}`;
          throw new Error(message, { cause: error });
        });
      const deletions = ((list.rrsets ?? []) as Json[]).filter(
        (set) => set.name === name && set.type === type,
      );
      const sets = { additions: [toSet(inputs)], ...(deletions.length > 0 && { deletions }) };
      await change(context, zone, sets).catch(refused("Error creating DNS RecordSet"));
      return id;
    },
    async read({ cloud, deadline }, id) {
      const { zone, name, type } = partsOf(id);
      const query = new URLSearchParams({ name, type });
      const list = await gone(
        cloud.call("GET", `${DNS}/${zone}/rrsets?${query.toString()}`, undefined, deadline),
      ).catch(whileReading(`DNS Record Set "${name}"`));
      const [found, ...others] = (list?.rrsets ?? []) as Json[];
      if (others.length > 0) {
        throw new Error(`Only expected 1 record set, got ${others.length + 1}`);
      }
      const [, project = "", , managedZone = ""] = id.split("/");
      return found && { ...fromApi(found, moves), project, managedZone };
    },
    async update(context, id, { before, after }) {
      const { zone } = partsOf(id);
      const sets = { additions: [toSet(after)], deletions: [toSet(before)] };
      await change(context, zone, sets).catch(refused("Error changing DNS RecordSet"));
      return `${zone}/rrsets/${String(after.name)}/${String(after.type)}`;
    },
    /** A zone's own two cannot go: the provider says that they have. */
    async delete(context, id, state) {
      const { cloud, deadline } = context;
      const { zone, name, type } = partsOf(id);
      if (type === "NS" || type === "SOA") {
        const [, project = "", , managedZone = ""] = zone.split("/");
        const what = `Error retrieving managed zone "${managedZone}" from "${project}"`;
        const found = await cloud
          .call("GET", `${DNS}/${zone}`, undefined, deadline)
          .catch(refused(what));
        if (found.dnsName === name) return;
      }
      const sets = { deletions: [toSet(state)] };
      await gone(change(context, zone, sets)).catch(
        refused("Error when reading or editing google_dns_record_set"),
      );
    },
  };
}

const refused = (what: string) => worded(what, (e) => e.during("Google DNS change"));

function toSet({ name, type, ttl, rrdatas, routingPolicy }: PropertyMap): Json {
  const set = nonEmpty({
    name: name ?? null,
    type: type ?? null,
    ttl: ttl ?? null,
    rrdatas: rrdatas ?? null,
    routingPolicy: routingPolicy ?? null,
  }) as PropertyMap;
  return withoutEmpty(toApi(withNetworkUrls(set) as PropertyMap, moves)) as Json;
}

/** As the client's structures are sent: nothing that is empty or false. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => !isZero(item as Value))
      .map(([key, item]) => [key, withoutEmpty(item)]),
  );
}

function partsOf(id: string): { zone: string; name: string; type: string } {
  const [zone = "", rest = ""] = id.split("/rrsets/");
  const [name = "", type = ""] = rest.split("/");
  return { zone, name, type };
}

function recordName(inputs: PropertyMap, config: ProviderConfig): string {
  const zone = String(inputs.managedZone);
  const project = projectOf(inputs, config);
  return `projects/${project}/managedZones/${zone}/rrsets/${String(inputs.name)}/${String(inputs.type)}`;
}

function dotAtItsEnd(value: Value, attribute: string): string | undefined {
  if (value === "") return "the empty string is not a valid name field value";
  if (String(value).endsWith(".")) return undefined;
  return (
    `"${attribute}" ("${String(value)}") doesn't end with ".", name field must end with trailing ` +
    "dot, for example test.example.com. (note the trailing dot)"
  );
}
