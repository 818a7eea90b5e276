import {
  append,
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  violation,
} from "../frame";

import { Vpcs } from "./vpc";
import { isJudgedElsewhere, type RangeProperty, rangeProperties } from "./vpcRange";

export const noRangeOverlap = stackPolicy({
  name: "no-range-overlap",
  description: "Ranges of addresses in one VPC are well formed and do not overlap.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Give each subnet, secondary range, proxy-only subnet and control plane an IPv4 range of its " +
    "own, in the form 10.9.0.0/23 with no bit set behind the prefix.",
  url: "https://cloud.google.com/vpc/docs/subnets",
  settings: {},

  *judge(stack) {
    const all = rangeProperties(stack.resources);
    for (const each of all) {
      yield* formFindings(each);
    }
    for (const ranges of byVpc(all, new Vpcs(stack.resources))) {
      yield* overlaps(ranges);
    }
  },
});

function* formFindings(each: RangeProperty): Generator<Finding> {
  const { resource, value, range } = each;
  const written = value.text;
  if (range !== undefined) {
    if (range.text !== written) {
      const problem = `${value} has bits set behind its prefix, which Google Cloud refuses`;
      yield on(resource, violation(value, problem, `write "${range.text}"`));
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
function byVpc(all: readonly RangeProperty[], vpcs: Vpcs): readonly (readonly Known[])[] {
  const groups = new Map<string, Known[]>();
  const keys = new Map<Resource, string | undefined>();
  for (const { resource, value, range } of all) {
    const key = keys.has(resource) ? keys.get(resource) : vpcs.of(resource).key;
    keys.set(resource, key);
    if (key !== undefined && range !== undefined) {
      append(groups, key, { resource, value, range });
    }
  }
  return [...groups.values()];
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
