import { hiddenObjectsOf } from "../fleet/hiddenObjects";
import { objectsOfKind } from "../fleet/kubernetesObject";
import { Namespaces } from "../fleet/namespaces";
import { Scopes } from "../fleet/scopes";
import {
  advice,
  type Finding,
  isOneOf,
  on,
  pending,
  productionStacks,
  reliability,
  type Resource,
  stackPolicy,
  violation,
} from "../frame";

import { type PodOwner, podOwnersOf } from "./podOwners";
import { SelectedPods } from "./selectedPods";

const budgets = objectsOfKind({ kind: "PodDisruptionBudget", groups: ["policy"] });

export const budgetSelectsPods = stackPolicy({
  name: "budget-selects-pods",
  description:
    "A PodDisruptionBudget selects pods that exist, and lets their nodes be drained one by one.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Select the pods of one Deployment by their labels, and allow at least one of them to be " +
    "unavailable: otherwise GKE cannot drain the nodes that they are on. Where something else " +
    "than this stack runs the pods, disable this policy.",
  url: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
  settings: { productionStacks },

  *judge(stack, { productionStacks: serving }) {
    const made = stack.select(budgets);
    const scopes = new Scopes(stack);
    const owners = podOwnersOf(stack, new Namespaces(stack), { jobs: true });
    const pods = new SelectedPods(made, owners, scopes, hiddenObjectsOf(stack));
    for (const budget of made) {
      yield* [...pods.findings(budget, "so it guards nothing"), ...amountFindings(budget)].map(
        (finding) => on(budget, finding),
      );
    }
    if (isOneOf(stack.name, serving)) {
      yield* owners.filter((owner) => pods.areUnselected(owner)).flatMap(unguardedFindings);
    }
  },
});

/** A budget without an amount allows the eviction of all pods at once. */
function* amountFindings({ props }: Resource): Generator<Finding> {
  const most = props.at("spec", "maxUnavailable");
  const least = props.at("spec", "minAvailable");
  if (most.unknown || least.unknown) {
    yield pending(most.unknown ? most : least);
  } else if (most.absent && least.absent) {
    yield violation(
      most,
      "is not set, so a drain may take all pods at once",
      "set it, for example to 1",
    );
  } else if (most.raw === 0 || most.raw === "0" || most.raw === "0%") {
    const problem = `${most} lets no pod go, so no drain of a node ever ends`;
    yield violation(most, problem, "set it to 1 or more");
  } else if (least.raw === "100%") {
    const problem = `${least} lets no pod go, so no drain of a node ever ends`;
    yield violation(least, problem, "set maxUnavailable in its place, for example to 1");
  }
}

/** A single server is unavailable during a drain of its node, with or without a budget. */
function unguardedFindings({ resource, asksForGpus }: PodOwner): readonly Finding[] {
  const replicas = resource.props.at("spec", "replicas");
  if (!asksForGpus || (replicas.number ?? 1) < 2) {
    return [];
  }
  const problem =
    `no PodDisruptionBudget selects these ${replicas.number} model servers, ` +
    "so an upgrade of nodes may take all of them at once";
  return [on(resource, advice(replicas, problem, "create one with maxUnavailable 1"))];
}
