import { networks } from "../fleet/cloudTypes";
import {
  append,
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  violation,
} from "../frame";

import { type IpRange, ipRangeOf } from "./ipRange";
import { Vpcs } from "./vpc";
import { isJudgedElsewhere, type RangeProperty, rangeProperties } from "./vpcRange";

/** Source: https://cloud.google.com/vpc/docs/subnets#ip-ranges, "Auto mode IPv4 subnet ranges". */
const AUTOMATIC = rangeOf("10.128.0.0/9");

/** Source: https://cloud.google.com/vpc/docs/subnets, "Prohibited IPv4 subnet ranges", 2026-11. */
const RESERVED = [
  ...["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "199.36.153.4/30", "199.36.153.8/30"],
  ...["224.0.0.0/4", "255.255.255.255/32"],
].map(rangeOf);

export const noRangeOverlap = stackPolicy({
  name: "no-range-overlap",
  description: "Ranges of addresses in one VPC are well formed and do not overlap.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Give each subnet, secondary range, proxy-only subnet and control plane an IPv4 range of its " +
    "own, in the form 10.9.0.0/23 with no bit set behind the prefix, and set autoCreateSubnetworks of " +
    "the network to false: otherwise Google Cloud takes 10.128.0.0/9 for subnets of its own.",
  url: "https://cloud.google.com/vpc/docs/subnets",
  settings: {},

  *judge(stack) {
    const all = rangeProperties(stack.resources);
    for (const each of all) {
      yield* formFindings(each);
    }
    const vpcs = new Vpcs(stack.resources);
    const automatic = automaticNetworks(stack, vpcs);
    for (const [vpc, ranges] of byVpc(all, vpcs)) {
      yield* overlaps(ranges);
      const network = automatic.get(vpc);
      yield* network === undefined ? [] : automaticFindings(network, ranges);
    }
  },
});

/** The range of a text that is one. */
function rangeOf(text: string): IpRange {
  const range = ipRangeOf(text);
  if (range === undefined) {
    throw new Error(`${text} is not a range`);
  }
  return range;
}

function* formFindings(each: RangeProperty): Generator<Finding> {
  const { resource, value, range } = each;
  const written = value.text;
  if (range !== undefined) {
    if (range.text !== written) {
      const problem = `${value} has bits set behind its prefix, which Google Cloud refuses`;
      yield on(resource, violation(value, problem, `write "${range.text}"`));
    }
    const reserved = RESERVED.find((each) => areOverlapping(range, each));
    if (reserved !== undefined) {
      const problem = `${value} has addresses of ${reserved.text}, which Google Cloud reserves`;
      yield on(resource, violation(value, problem, "use another range, for example of 10.0.0.0/8"));
    }
  } else if (!isJudgedElsewhere(each)) {
    const problem = `${value} is not an IPv4 range`;
    const fix = "write one with its prefix, for example 10.9.0.0/23";
    yield on(resource, value.unknown ? pending(value) : violation(value, problem, fix));
  }
}

interface Known extends RangeProperty {
  readonly range: NonNullable<RangeProperty["range"]>;
}

/** Known ranges of each VPC, without those whose VPC is not known. */
function byVpc(all: readonly RangeProperty[], vpcs: Vpcs): ReadonlyMap<string, readonly Known[]> {
  const groups = new Map<string, Known[]>();
  const keys = new Map<Resource, string | undefined>();
  for (const { resource, value, range } of all) {
    const key = keys.has(resource) ? keys.get(resource) : vpcs.of(resource).key;
    keys.set(resource, key);
    if (key !== undefined && range !== undefined) {
      append(groups, key, { resource, value, range });
    }
  }
  return groups;
}

/** Networks of this stack to which Google Cloud adds a subnet in each region, by their VPC. */
function automaticNetworks(stack: Stack, vpcs: Vpcs): ReadonlyMap<string, Resource> {
  const automatic = stack.select(networks).filter(({ props }) => {
    const mode = props.at("autoCreateSubnetworks");
    return mode.absent || mode.raw === true;
  });
  return new Map(automatic.map((network) => [vpcs.keyOfMade(network), network]));
}

function* automaticFindings(network: Resource, ranges: readonly Known[]): Generator<Finding> {
  for (const { resource, value } of ranges.filter(({ range }) =>
    areOverlapping(range, AUTOMATIC),
  )) {
    const problem =
      `${value} overlaps with ${AUTOMATIC.text}, in which Google Cloud gives network ` +
      `${network.name} a subnet in each region`;
    const fix = "set autoCreateSubnetworks of the network to false, or use another range";
    yield on(resource, violation(value, problem, fix));
  }
}

function areOverlapping(one: IpRange, other: IpRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/**
 * The ranges are sorted by their first address. Each has to begin behind the last address of all
 * before it.
 */
function* overlaps(ranges: readonly Known[]): Generator<Finding> {
  let farthest: Known | undefined;
  for (const here of ranges.toSorted((one, other) => one.range.first - other.range.first)) {
    if (farthest !== undefined && here.range.first <= farthest.range.last) {
      const { resource, value } = farthest;
      const problem = `${here.value} overlaps with ${value}, ${value.path} of ${resource.name}`;
      yield on(here.resource, violation(here.value, problem, "give each a range of its own"));
    }
    if (farthest === undefined || here.range.last > farthest.range.last) {
      farthest = here;
    }
  }
}
