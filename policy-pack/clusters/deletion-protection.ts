import { clusters } from "../fleet/cloudTypes";
import {
  correct,
  type Finding,
  isOneOf,
  productionStacks,
  reliability,
  requireSwitch,
  type Resource,
  resourcePolicy,
  violation,
} from "../frame";

export const deletionProtection = resourcePolicy({
  name: "deletion-protection",
  description: "Neither Pulumi nor its provider deletes a cluster that serves users by mistake.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Leave deletionProtection of the cluster out or set it to true, and give the cluster the " +
    "resource option protect. To delete the cluster, first remove both in an update of its own.",
  url: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  settings: { productionStacks },
  judges: clusters,

  *judge(cluster, { productionStacks: serving }) {
    if (isOneOf(cluster.stack, serving)) {
      yield* providerFindings(cluster);
      yield* engineFindings(cluster);
    }
  },

  *remedy({ props, stack }, { productionStacks: serving }) {
    yield* isOneOf(stack, serving) ? correct(props.at("deletionProtection"), true) : [];
  },
});

/** The provider also refuses to replace a protected cluster. Protection is its default. */
function providerFindings({ props, stack }: Resource): Iterable<Finding> {
  const consequence = `the provider may delete a cluster of the production stack ${stack}`;
  return requireSwitch(props.at("deletionProtection"), true, consequence);
}

function* engineFindings({ props, protect, stack }: Resource): Generator<Finding> {
  if (!protect) {
    const problem = `is not set, though ${stack} is a production stack`;
    yield violation(props.at("protect"), problem, "pass { protect: true } in the resource options");
  }
}
