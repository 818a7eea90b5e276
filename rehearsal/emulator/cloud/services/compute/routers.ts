import { timestamp } from "../../clock";
import { Cloud } from "../../cloud";
import { Collection, methodsOf } from "../../collection";
import { ApiError, invalidField } from "../../errors";
import {
  isObject,
  Json,
  JsonObject,
  merge,
  optionalString,
  replacement,
  without,
  withoutNulls,
} from "../../json";
import { ADDRESS, Nat, NETWORK, Router, ROUTER, SUBNETWORK } from "../../kinds";
import { baseName, checkComputeName, projectOf, resolve } from "../../names";
import { ROUTER_NAT as FILLED_IN } from "../../tables/filledIn/compute";
import { fillIn } from "../../tables/filledIn/filledIn";
import { checkedRegion, inUseByAnother, SERVER_FIELDS, selfLink, serverFields } from "./common";
import { computeService } from "./service";

const NAT_MODES = [
  "ALL_SUBNETWORKS_ALL_IP_RANGES",
  "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES",
  "LIST_OF_SUBNETWORKS",
];

/**
 * Routers, with their NAT gateways: a gateway is not a resource, but a row in the router's list.
 */
export function routers(cloud: Cloud): Collection<Router> {
  const { store, clock } = cloud;
  const check = (name: string, router: Router) => {
    router.nats.forEach(checkNat);
    checkSingleNat(name, router);
  };
  const references = (name: string, { network, nats, region }: Router) => [
    ...(network === undefined ? [] : [{ kind: NETWORK, name: network }]),
    ...nats.flatMap((nat) => natReferences(projectOf(name), region, nat)),
  ];
  return {
    kind: ROUTER,
    service: computeService(cloud),
    methods: methodsOf("compute.routers", "insert"),
    changes: {
      "compute.routers.patch": ({ body }) => body,
      "compute.routers.update": ({ body }, current) => replacement(current, body, SERVER_FIELDS),
    },
    noun: "router",
    make: (name, input) => {
      checkComputeName(baseName(name));
      const network = optionalString(input, "network");
      const template = `projects/${projectOf(name)}/global/networks/{name}`;
      const router = {
        ...input,
        ...serverFields(name, timestamp(clock)),
        name: baseName(name),
        region: checkedRegion(name),
        ...(network !== undefined && { network: resolve(network, template) }),
        nats: natsOf(input.nats),
      };
      check(name, router);
      return router;
    },
    change: (name, input, current) => {
      const changes = without(input, ["network", "region", "nats"]);
      const router = merge(current, changes) as Router;
      if (input.nats !== undefined) router.nats = natsOf(input.nats);
      check(name, router);
      return router;
    },
    references,
    checkDelete: (name, { nats }) => {
      const [nat] = nats;
      if (nat) throw inUseByAnother("router", name, `${name}/nats/${nat.name}`);
    },
    view: (name, body) => ({
      ...body,
      ...(body.network !== undefined && { network: selfLink(body.network) }),
      region: selfLink(`projects/${projectOf(name)}/regions/${body.region}`),
    }),
  };

  /** A gateway for all subnets leaves none to a second gateway of the same network and region. */
  function checkSingleNat(name: string, router: Router): void {
    const others = store
      .list(ROUTER)
      .filter(({ body }) => body.network === router.network && body.region === router.region)
      .filter((other) => other.name !== name)
      .flatMap((other) => other.body.nats.map((nat) => ({ router: other.body.name, nat })));
    const all = [...others, ...router.nats.map((nat) => ({ router: router.name, nat }))];
    const greedy = all.find(
      ({ nat }) => nat.sourceSubnetworkIpRangesToNat !== "LIST_OF_SUBNETWORKS",
    );
    const second = all.find((entry) => entry !== greedy);
    if (!greedy || !second || router.nats.length === 0) return;
    throw new ApiError(
      "INVALID_ARGUMENT",
      `Invalid value for field 'resource.nats': NAT '${greedy.nat.name}' of router ` +
        `'${greedy.router}' already serves all subnetworks of the network in region ` +
        `'${router.region}'; '${second.nat.name}' of router '${second.router}' cannot serve them ` +
        "too.",
      "invalid",
    );
  }
}

function natsOf(value: Json | undefined): Nat[] {
  const nats = (Array.isArray(value) ? value : []).filter(isObject) as Nat[];
  return nats.map((nat) => fillIn(FILLED_IN, withoutNulls(nat) as Nat));
}

function checkNat(nat: Nat, index: number): void {
  const mode = nat.sourceSubnetworkIpRangesToNat;
  if (!NAT_MODES.includes(mode)) {
    throw invalidField(
      `nats[${index}].sourceSubnetworkIpRangesToNat`,
      String(mode),
      "Unknown value.",
    );
  }
  if (nat.natIpAllocateOption === "MANUAL_ONLY" && (nat.natIps ?? []).length === 0) {
    const why = "At least one NAT IP must be given when natIpAllocateOption is MANUAL_ONLY.";
    throw invalidField(`nats[${index}].natIps`, "[]", why);
  }
}

function natReferences(project: string, region: string, { natIps, subnetworks }: Nat) {
  const within = `projects/${project}/regions/${region}`;
  const names = (subnetworks ?? []).map(
    (subnet: JsonObject) => optionalString(subnet, "name") ?? "",
  );
  return [
    ...(natIps ?? []).map((ip) => ({
      kind: ADDRESS,
      name: resolve(ip, `${within}/addresses/{name}`),
    })),
    ...names.map((n) => ({ kind: SUBNETWORK, name: resolve(n, `${within}/subnetworks/{name}`) })),
  ];
}
