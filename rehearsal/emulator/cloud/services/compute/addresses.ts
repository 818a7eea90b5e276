import { Cidr, formatAddress, parseCidr } from "../../../ipv4";
import { timestamp } from "../../clock";
import { Cloud } from "../../cloud";
import { Collection, methodsOf } from "../../collection";
import { invalidField } from "../../errors";
import { JsonObject, optionalString } from "../../json";
import { Address, ADDRESS, ROUTER, SUBNETWORK } from "../../kinds";
import { baseName, checkComputeName, projectOf, resolve } from "../../names";
import { checkedRegion, selfLink, serverFields } from "./common";
import { checkFingerprint, newFingerprint } from "./fingerprint";
import { computeService, computeWording } from "./service";

/** TEST-NET-3 (RFC 5737): addresses for examples, which nothing on the internet has. */
const EXTERNAL = "203.0.113.0/24";
/**
 * Network, gateway and the two that Compute Engine keeps for itself. Source: "Subnets", reserved
 * addresses.
 */
const FIRST_FREE = 2;

export function addresses(cloud: Cloud): Collection<Address> {
  const { store, clock } = cloud;
  return {
    kind: ADDRESS,
    service: computeService(cloud),
    methods: methodsOf("compute.addresses", "insert"),
    // Nothing else of an address can be changed.
    changes: {
      "compute.addresses.setLabels": ({ body: { labels, ...rest } }, current) => {
        checkFingerprint(rest, current, "labelFingerprint");
        return { labels: labels ?? {} };
      },
    },
    change: (_name, { labels }, current) => ({
      ...current,
      labels,
      labelFingerprint: newFingerprint(),
    }),
    noun: "address",
    make: (name, input) => {
      checkComputeName(baseName(name));
      const region = checkedRegion(name);
      const addressType = optionalString(input, "addressType") ?? "EXTERNAL";
      const subnetwork = subnetworkOf(name, region, input);
      if (addressType === "EXTERNAL" && subnetwork !== undefined) {
        throw invalidField("subnetwork", subnetwork, "Not allowed with addressType EXTERNAL.");
      }
      return {
        ...(addressType === "EXTERNAL" ? { networkTier: "PREMIUM" } : { purpose: "GCE_ENDPOINT" }),
        status: "RESERVED",
        ...input,
        ...serverFields(name, timestamp(clock)),
        name: baseName(name),
        region,
        addressType,
        ...(subnetwork !== undefined && { subnetwork }),
        labelFingerprint: newFingerprint(),
        address: choose(optionalString(input, "address"), poolOf(subnetwork)),
      };
    },
    references: (_name, { subnetwork }) =>
      subnetwork === undefined ? [] : [{ kind: SUBNETWORK, name: subnetwork }],
    view: (name, body) => ({
      ...body,
      region: selfLink(`projects/${projectOf(name)}/regions/${body.region}`),
      ...(body.subnetwork !== undefined && { subnetwork: selfLink(body.subnetwork) }),
      users: usersOf(name),
    }),
  };

  function poolOf(subnetwork: string | undefined): Cidr {
    const subnet = subnetwork === undefined ? undefined : store.get(SUBNETWORK, subnetwork)?.body;
    if (subnetwork !== undefined && !subnet) throw computeWording.notFound(subnetwork);
    const pool = parseCidr(subnet?.ipCidrRange ?? EXTERNAL);
    if (!pool) throw new Error(`${subnet?.ipCidrRange} is no range`);
    return pool;
  }

  function choose(wanted: string | undefined, pool: Cidr): string {
    const taken = new Set(store.list(ADDRESS).map(({ body }) => body.address));
    if (wanted !== undefined) {
      if (taken.has(wanted)) {
        throw invalidField("address", wanted, "Specified IP address is already reserved.");
      }
      return wanted;
    }
    for (let i = pool.first + FIRST_FREE; i < pool.first + pool.size - FIRST_FREE; i++) {
      if (!taken.has(formatAddress(i))) return formatAddress(i);
    }
    throw invalidField("address", "", "No free address is left in the range.");
  }

  function usersOf(name: string): string[] {
    const users = store
      .list(ROUTER)
      .filter(({ body }) =>
        body.nats.some((nat) => (nat.natIps ?? []).some((ip) => ip.endsWith(name))),
      );
    return users.map((router) => selfLink(router.name));
  }
}

function subnetworkOf(name: string, region: string, input: JsonObject): string | undefined {
  const reference = optionalString(input, "subnetwork");
  const template = `projects/${projectOf(name)}/regions/${region}/subnetworks/{name}`;
  return reference === undefined ? undefined : resolve(reference, template);
}
