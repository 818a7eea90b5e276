import { isMap, PropertyMap } from "../../plugin";
import { ApiError, Cloud } from "../engine/cloud";
import { Locks } from "../engine/locks";
import { sameLink } from "../engine/names";
import { projectOf, regionOf } from "../engine/place";
import { Backend, ResourceType } from "../engine/resource";
import { failed, gone, withoutLocal } from "../engine/rest";
import { block, blockSet, bool, list, num, Schema, set, str } from "../engine/schema";
import { Deadline } from "../engine/timeouts";
import { omit } from "../engine/values";
import { matching } from "./checks";
import { COMPUTE } from "./computeApi";

const properties: Schema = {
  autoNetworkTier: str("OC", { allowed: ["PREMIUM", "STANDARD"] }),
  deletionPolicy: str("OCL"),
  drainNatIps: set("OC"),
  enableDynamicPortAllocation: bool("OC"),
  enableEndpointIndependentMapping: bool("OC"),
  endpointTypes: list("OCF"),
  icmpIdleTimeoutSec: num("O", { default: 30 }),
  initialNatIps: set("OF"),
  logConfig: block("O", {
    enable: bool("R"),
    filter: str("R", { allowed: ["ERRORS_ONLY", "TRANSLATIONS_ONLY", "ALL"] }),
  }),
  maxPortsPerVm: num("O"),
  minPortsPerVm: num("OC"),
  name: str("OF", { check: matching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])$/) }),
  nat64Subnetworks: blockSet("O", { name: str("R", { same: sameLink }) }),
  natIpAllocateOption: str("O", { allowed: ["MANUAL_ONLY", "AUTO_ONLY"] }),
  natIps: set("OC"),
  project: str("OCF"),
  region: str("OCF", { same: sameLink }),
  router: str("RF"),
  rules: blockSet("O", {
    action: block("OC", {
      sourceNatActiveIps: set("O"),
      sourceNatActiveRanges: set("O"),
      sourceNatDrainIps: set("O"),
      sourceNatDrainRanges: set("O"),
    }),
    description: str("O"),
    match: str("R"),
    ruleNumber: num("R"),
  }),
  sourceSubnetworkIpRangesToNat: str("R", {
    allowed: [
      "ALL_SUBNETWORKS_ALL_IP_RANGES",
      "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES",
      "LIST_OF_SUBNETWORKS",
    ],
  }),
  sourceSubnetworkIpRangesToNat64: str("O", {
    allowed: ["ALL_IPV6_SUBNETWORKS", "LIST_OF_IPV6_SUBNETWORKS"],
  }),
  subnetworks: blockSet(
    "O",
    {
      name: str("R", { same: sameLink }),
      secondaryIpRangeNames: set("O"),
      sourceIpRangesToNats: set("R"),
    },
    "subnetwork",
  ),
  tcpEstablishedIdleTimeoutSec: num("O", { default: 1200 }),
  tcpTimeWaitTimeoutSec: num("O", { default: 120 }),
  tcpTransitoryIdleTimeoutSec: num("O", { default: 30 }),
  type: str("OF", { default: "PUBLIC", allowed: ["PUBLIC", "PRIVATE"] }),
  udpIdleTimeoutSec: num("O", { default: 30 }),
};

const SETS = ["drainNatIps", "initialNatIps", "nat64Subnetworks", "natIps", "rules", "subnetworks"];

/** A NAT gateway is an entry in its router: two that change at the same time would lose one. */
const routers = new Locks();

export const routerNat: ResourceType = {
  token: "gcp:compute/routerNat:RouterNat",
  properties,
  autoName: { property: "name", maxLength: 63, lowercase: true },
  constraints: [{ conflict: "initialNatIps", with: ["drainNatIps", "natIps"] }],
  backend: routerNatBackend(),
};

function routerNatBackend(): Backend {
  return {
    async create({ cloud, config, deadline }, inputs) {
      const [project, region] = [projectOf(inputs, config), regionOf(inputs, config)];
      const id = [project, region, String(inputs.router), String(inputs.name)].join("/");
      await change(cloud, id, deadline, (nats) => {
        if (nats.some(({ name }) => name === inputs.name)) {
          const message = `The resource '${id}' already exists`;
          throw new ApiError(409, message, [{ reason: "alreadyExists", message }]);
        }
        return [...nats, entry(inputs)];
      }).catch(failed("creating", "create", "RouterNat"));
      return id;
    },
    async read({ cloud, deadline }, id) {
      const { url, project, region, router, name } = parse(id);
      const found = await gone(cloud.call("GET", url, undefined, deadline));
      const nat = natsOf(found?.nats).find((other) => other.name === name);
      return nat && { ...nat, project, region, router };
    },
    async update({ cloud, deadline }, id, { after }) {
      const { name } = parse(id);
      const replaceOwn = (nats: PropertyMap[]) =>
        nats.map((nat) => (nat.name === name ? entry(after, nat) : nat));
      await change(cloud, id, deadline, replaceOwn).catch(
        failed("updating", "update", "RouterNat"),
      );
      return id;
    },
    async delete({ cloud, deadline }, id) {
      const { name } = parse(id);
      const drop = (nats: PropertyMap[]) => nats.filter((nat) => nat.name !== name);
      await gone(change(cloud, id, deadline, drop)).catch(
        failed("deleting", "delete", "RouterNat"),
      );
    },
  };
}

async function change(
  cloud: Cloud,
  id: string,
  deadline: Deadline,
  changed: (nats: PropertyMap[]) => PropertyMap[],
): Promise<void> {
  const { url } = parse(id);
  await routers.hold(url, async () => {
    const { nats } = await cloud.call("GET", url, undefined, deadline);
    const body = { nats: changed(natsOf(nats)) };
    await cloud.operate(COMPUTE.operations, "PATCH", url, body, deadline);
  });
}

/** Every set is told, also where it is empty. */
function entry(inputs: PropertyMap, before?: PropertyMap): PropertyMap {
  const own = withoutLocal(properties, omit(inputs, "project", "region", "router"));
  const sets = Object.fromEntries(SETS.map((key) => [key, []] as const));
  // What cannot change is as it is there.
  const kept = before && { endpointTypes: before.endpointTypes ?? null, initialNatIps: null };
  return { ...before, ...sets, logConfig: null, ...own, ...kept };
}

function natsOf(value: unknown): PropertyMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

function parse(id: string) {
  const [project = "", region = "", router = "", name = ""] = id.split("/");
  const url = `${COMPUTE.base}/projects/${project}/regions/${region}/routers/${router}`;
  return { url, project, region, router, name };
}
