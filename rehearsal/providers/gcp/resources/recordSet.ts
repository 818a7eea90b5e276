import { PropertyMap, Value } from "../../plugin";
import { ApiError } from "../engine/cloud";
import { ProviderConfig } from "../engine/config";
import { sameLink } from "../engine/names";
import { projectOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { adopting, rest } from "../engine/rest";
import { block, blocks, bool, list, num, opaque, Schema, str } from "../engine/schema";
import { fromApi, Move, toApi } from "../engine/translate";
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

const backend = rest({
  api: "dns/v1",
  title: "DNS RecordSet",
  properties,
  name: recordName,
  toApi: ({ managedZone: _zone, project: _project, ...set }) =>
    toApi(withNetworkUrls(set) as PropertyMap, moves),
  fromApi: (json, id): PropertyMap => {
    const [, project = "", , managedZone = ""] = id.split("/");
    return { ...fromApi(json, moves), project, managedZone };
  },
});

export const recordSet: ResourceType = {
  token: "gcp:dns/recordSet:RecordSet",
  properties,
  constraints: [
    { exactlyOneOf: ["routingPolicy", "rrdatas"] },
    { conflict: "routingPolicy.geos", with: ["routingPolicy.primaryBackup", "routingPolicy.wrrs"] },
    { conflict: "routingPolicy.wrrs", with: ["routingPolicy.primaryBackup"] },
  ],
  backend: {
    // The provider owns the set of a name and type: one that is there is written over.
    ...adopting(backend, recordName, ["ttl", "rrdatas", "routingPolicy"]),
    /** A set of another type is another set, though the engine need not know. */
    async update(context, id, change) {
      if (!change.changed.includes("type")) return backend.update?.(context, id, change) ?? id;
      const created = await backend.create(context, change.after);
      await backend.delete(context, id, change.before);
      return created;
    },
    /** A zone's own two cannot go: the provider says that they have. */
    async delete(context, id, state) {
      const { type } = state;
      if (type === "NS" || type === "SOA")
        await backend.delete(context, id, state).catch(unlessOwn);
      else await backend.delete(context, id, state);
    },
  },
};

function unlessOwn(error: unknown): void {
  const { cause } = error as Error;
  if (!(cause instanceof ApiError) || cause.reason !== "invalidZoneApex") throw error;
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
