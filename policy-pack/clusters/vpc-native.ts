import { clusters } from "../fleet/cloudTypes";
import {
  type Finding,
  reliability,
  requireValue,
  resourcePolicy,
  type Value,
  violation,
} from "../frame";

const RANGES = [
  { who: "pods", name: "clusterSecondaryRangeName", block: "clusterIpv4CidrBlock" },
  { who: "services", name: "servicesSecondaryRangeName", block: "servicesIpv4CidrBlock" },
] as const;

export const vpcNative = resourcePolicy({
  name: "vpc-native",
  description: "Pods and services have addresses of the VPC, in ranges that the program names.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Give the cluster's subnet one secondary range for pods and one for services, and their " +
    "names as clusterSecondaryRangeName and servicesSecondaryRangeName in ipAllocationPolicy. " +
    "Leave networkingMode out or set it to VPC_NATIVE. Either change replaces an existing " +
    "cluster.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips",
  settings: {},
  judges: clusters,

  *judge({ props }) {
    yield* modeFindings(props.at("networkingMode"));
    const ranges = props.at("ipAllocationPolicy");
    for (const { who, name, block } of RANGES) {
      yield* rangeFindings(ranges.at(name), ranges.at(block), who);
    }
  },
});

/**
 * The default is VPC-native: always for Autopilot, and for others because this policy requires
 * ranges.
 */
function modeFindings(mode: Value): Iterable<Finding> {
  return requireValue(mode, {
    allowed: ["VPC_NATIVE"],
    whenWrong: `is ${mode}, but a gateway reaches pods by addresses of the VPC only`,
    fix: 'remove it or set it to "VPC_NATIVE"',
  });
}

/**
 * A named range belongs to the program, which can compare it with the others of its VPC. A range
 * that GKE picks, or adds for a CIDR, is unknown to the program: it may overlap with a range that
 * the program adds later.
 */
function* rangeFindings(name: Value, block: Value, who: string): Generator<Finding> {
  const fix = `name the subnet's secondary range for ${who}`;
  if (name.absent && !block.absent) {
    const problem = `is not set, so GKE adds ${block} to the subnet, unseen by this program`;
    yield violation(name, problem, `${fix}, and remove ${block.keys.at(-1)}`);
    return;
  }
  yield* requireValue(name, {
    whenAbsent: `is not set, so GKE picks a range for ${who}, which may collide with others`,
    whenWrong: (name.text ?? "") === "" ? `${name} is not the name of a range` : undefined,
    fix,
  });
}
