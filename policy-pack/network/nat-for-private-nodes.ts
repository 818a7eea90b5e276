import { routerNats } from "../fleet/cloudTypes";
import { fleetOf, regionOf } from "../fleet/fleet";
import {
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  type Value,
  violation,
} from "../frame";
import { nodeGroupsOf } from "../nodes/nodeGroup";

import { Nats } from "./nat";
import { type Vpc, Vpcs } from "./vpc";

export const natForPrivateNodes = stackPolicy({
  name: "nat-for-private-nodes",
  description:
    "Each region with private nodes has a Cloud NAT, through which they pull images and weights.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Add a RouterNat on a router in the clusters' VPC for each region with private nodes, for the " +
    "subnets of these nodes. Where " +
    "another stack owns the NAT, or nodes reach registries in another way, disable this policy.",
  url: "https://cloud.google.com/nat/docs/overview",
  settings: {},

  *judge(stack) {
    const vpcs = new Vpcs(stack.resources);
    const nats = new Nats(stack.resources, vpcs, stack.select(routerNats));
    const judged = new Set<string>();
    for (const cluster of fleetOf(stack).clusters) {
      const vpc = vpcs.of(cluster);
      const region = regionOf(cluster);
      const shown = privateNodesOf(cluster, stack);
      if (vpc.made && shown !== undefined) {
        const subnet =
          cluster.dependenciesOf("subnetwork").join() || cluster.props.at("subnetwork");
        const place = `${vpc.key} ${region} ${nats.in(vpc, region ?? "").length > 0 ? subnet : ""}`;
        yield* judged.has(place) ? [] : findings({ cluster, region, vpc, shown }, nats);
        if (shown.value.raw === true) {
          judged.add(place);
        }
      }
    }
  },
});

/** The value that makes nodes private. */
interface Shown {
  readonly resource: Resource;
  readonly value: Value;
}

interface PrivateNodes {
  readonly cluster: Resource;
  readonly region: string | undefined;
  readonly vpc: Vpc;
  readonly shown: Shown;
}

function* findings({ cluster, region, vpc, shown }: PrivateNodes, nats: Nats): Generator<Finding> {
  const location = cluster.props.at("location");
  if (region === undefined) {
    if (location.unknown) {
      yield on(cluster, pending(location));
    }
    return;
  }
  const here = nats.in(vpc, region);
  const served = here.map((nat) => nats.serves(nat, cluster));
  if (served.includes(true)) {
    return;
  }
  const [nat] = here;
  const hidden = served.find((each) => typeof each === "object");
  if (nat !== undefined) {
    yield hidden === undefined ? uncovered(nat, cluster) : on(nat, pending(hidden));
    return;
  }
  const open = nats.openIn(vpc);
  if (open.length > 0) {
    yield* open.map((nat) => on(nat, pending(nat.props.at("region"))));
  } else if (shown.value.unknown) {
    yield on(shown.resource, pending(shown.value));
  } else {
    const problem =
      `region ${region} of VPC ${vpc.name} has no Cloud NAT, ` +
      "so these nodes pull neither images nor weights";
    const fix = `add a RouterNat on a router of ${region} in that VPC`;
    yield on(shown.resource, violation(shown.value, problem, fix));
  }
}

function uncovered(nat: Resource, cluster: Resource): Finding {
  const own = cluster.props.at("subnetwork");
  const subnet = own.present ? `subnet ${own.text?.split("/").at(-1)}` : "the subnet";
  const problem =
    `${subnet} of cluster ${cluster.name} is not among these, ` +
    "so its nodes pull neither images nor weights";
  const fix = 'add it, with sourceIpRangesToNats ["ALL_IP_RANGES"]';
  return on(nat, violation(nat.props.at("subnetworks"), problem, fix));
}

/** The switch of the first nodes that are private; otherwise of those that may be private. */
function privateNodesOf(cluster: Resource, stack: Stack): Shown | undefined {
  const usual = cluster.props.at("privateClusterConfig", "enablePrivateNodes");
  const inherited = { resource: cluster, value: usual };
  const groups = nodeGroupsOf(cluster, fleetOf(stack)).map(({ resource, at }) => {
    const value = at.at("networkConfig", "enablePrivateNodes");
    return value.absent ? inherited : { resource, value };
  });
  const shown = groups.length > 0 ? groups : [inherited];
  return shown.find(({ value }) => value.raw === true) ?? shown.find(({ value }) => value.unknown);
}
