import { changed } from "../../fixtures/stack";
import type { Registered } from "../../support/policies";
import { edited, without } from "../alter";
import { SITE } from "../parts/site";
import { program } from "../program";

const HOST = "https://www.googleapis.com/compute/v1/projects/acme-host/global/networks/backbone";

/** A VPC of the host project: clusters name it by its URL, and proxies and NAT are made there. */
function sharedVpc(): Registered[] {
  const isOfHost = ({ type }: Registered) => /compute\/(?:subnetwork|router)/.test(type);
  return without(program(), "backbone").map((each) => {
    if (isOfHost(each)) {
      const moved = { ...each, inputs: { ...each.inputs, project: "acme-host" } };
      const named = "network" in each.inputs ? changed(moved, "network", "backbone") : moved;
      return { ...named, propertyDependencies: withoutNetwork(each) };
    }
    if (each.type.includes("container/cluster:")) {
      return { ...changed(each, "network", HOST), propertyDependencies: withoutNetwork(each) };
    }
    return each;
  });
}

/** What else a resource comes from. */
function withoutNetwork({ propertyDependencies = {} }: Registered) {
  const others = Object.entries(propertyDependencies).filter(([key]) => key !== "network");
  return Object.fromEntries(others);
}

/** Everything names the network by a text: some by its name, others by its link or its path. */
function byText(): Registered[] {
  const spellings = [
    "backbone",
    "projects/acme-ml/global/networks/backbone",
    "https://www.googleapis.com/compute/v1/projects/acme-ml/global/networks/backbone",
    "https://compute.googleapis.com/compute/v1/projects/acme-ml/global/networks/backbone",
  ];
  return program().map((each, i) => {
    return each.propertyDependencies?.network === undefined
      ? each
      : {
          ...changed(each, "network", spellings[i % 4]),
          propertyDependencies: withoutNetwork(each),
        };
  });
}

/** An auto mode network: own ranges are outside of those of Google Cloud. */
const autoMode = edited(program(), "backbone", "autoCreateSubnetworks", true);

function onlyPrimary(): Registered[] {
  return edited(program(), /RouterNat::/, "subnetworks.0.sourceIpRangesToNats", [
    "PRIMARY_IP_RANGE",
  ]);
}

function forAll(): Registered[] {
  const all = edited(
    program(),
    /RouterNat::/,
    "sourceSubnetworkIpRangesToNat",
    "ALL_SUBNETWORKS_ALL_IP_RANGES",
  );
  return edited(all, /RouterNat::/, "subnetworks").map((each) => {
    return each.type.includes("routerNat") ? { ...each, propertyDependencies: {} } : each;
  });
}

/** A NAT that names the subnet of its nodes by its link. */
function natByLink(): Registered[] {
  return program().map((each) => {
    if (!each.type.includes("routerNat")) return each;
    const place = SITE.places.find(({ name }) => each.name.startsWith(name));
    const region = place?.location ?? "";
    const link = `https://www.googleapis.com/compute/v1/projects/acme-ml/regions/${region}/subnetworks/${place?.name}-nodes`;
    const named = changed(each, "subnetworks.0.name", link);
    return { ...named, propertyDependencies: {} };
  });
}

/** How the network is made and named. */
export const networks: readonly (readonly [string, readonly Registered[]])[] = [
  ["a Shared VPC, whose proxies and NAT are of the host project", sharedVpc()],
  ["one network in four spellings", byText()],
  ["an auto mode network with ranges of its own", autoMode],
  ["a NAT for primary ranges", onlyPrimary()],
  ["a NAT for all subnets", forAll()],
  ["a NAT that names its subnet by a link", natByLink()],
  ["ranges of 172.16.0.0/12", edited(program(), /::ams-proxies/, "ipCidrRange", "172.20.0.0/23")],
  [
    "nodes that reach registries without a NAT, in a network of another stack",
    without(sharedVpc(), /compute\/router/),
  ],
];
