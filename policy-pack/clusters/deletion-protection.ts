import { clusters } from "../fleet/cloudTypes";
import {
  type Finding,
  isOneOf,
  pending,
  productionStacks,
  reliability,
  type Resource,
  resourcePolicy,
  set,
  violation,
} from "../frame";

export const deletionProtection = resourcePolicy({
  name: "deletion-protection",
  description: "Neither Pulumi nor its provider deletes a cluster that serves users by mistake.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Leave deletionProtection of the cluster out or set it to true, and give the cluster the " +
    "resource option protect. To delete it, take both away in an update of its own.",
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
    const enabled = props.at("deletionProtection");
    if (isOneOf(stack, serving) && enabled.present && enabled.raw !== true) {
      yield set(enabled, true);
    }
  },
});

/** The provider keeps a cluster also from being replaced; it does so where nothing is said. */
function* providerFindings({ props, stack }: Resource): Generator<Finding> {
  const enabled = props.at("deletionProtection");
  if (enabled.unknown) {
    yield pending(enabled);
  } else if (enabled.present && enabled.raw !== true) {
    const problem = `is ${enabled}, so the provider may delete a cluster of the production stack`;
    yield violation(enabled, `${problem} ${stack}`, "remove it or set it to true");
  }
}

function* engineFindings({ props, protect, stack }: Resource): Generator<Finding> {
  if (!protect) {
    const problem = `is no option of this resource, though the stack ${stack} is production`;
    yield violation(props.at("protect"), problem, "pass { protect: true } in its options");
  }
}
