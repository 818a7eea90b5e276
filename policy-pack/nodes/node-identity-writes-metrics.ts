import { type Fleet, fleetOf } from "../fleet/fleet";
import { autoscalingMetrics } from "../fleet/kinds";
import { projectOf } from "../fleet/project";
import {
  advice,
  append,
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

import { isConditional, isElsewhere } from "./grantScope";
import { nodeAccountsIn } from "./nodeIdentity";
import { ServiceAccounts } from "./serviceAccounts";

/** The effect of each missing role. */
const ROLES = new Map([
  ["roles/autoscaling.metricsWriter", "the load balancer gets no metric to balance on"],
  ["roles/monitoring.metricWriter", "no metric of the model servers is recorded"],
]);

/** Google's own role for nodes, which holds both. */
const ROLE_OF_NODES = "roles/container.defaultNodeServiceAccount";

export const nodeIdentityWritesMetrics = stackPolicy({
  name: "node-identity-writes-metrics",
  description:
    "The service account of nodes may write the metrics that the load balancer balances on.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Give the service account of the nodes roles/autoscaling.metricsWriter and " +
    "roles/monitoring.metricWriter, or roles/container.defaultNodeServiceAccount, with an IAM " +
    "member of the project. Where another stack grants them, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/expose-custom-metrics-load-balancer",
  settings: {},

  *judge(stack) {
    const accounts = new ServiceAccounts(stack);
    for (const [account, clusters] of accountsWithMetrics(stack, accounts)) {
      yield* roleFindings(account, clusters, accounts.grantsTo(account));
    }
  },
});

/** Accounts of this stack that nodes of clusters with metrics run as, and those clusters. */
function accountsWithMetrics(
  stack: Stack,
  accounts: ServiceAccounts,
): ReadonlyMap<Resource, ReadonlySet<Resource>> {
  const members = fleetOf(stack).byMember(stack.select(autoscalingMetrics)).keys();
  const clusters = new Set([...members].flatMap(({ cluster }) => cluster ?? []));
  const users = new Map<Resource, Set<Resource>>();
  for (const cluster of clusters) {
    for (const account of accountsOf(cluster, fleetOf(stack), accounts)) {
      users.set(account, (users.get(account) ?? new Set()).add(cluster));
    }
  }
  return users;
}

function accountsOf(
  cluster: Resource,
  fleet: Fleet,
  accounts: ServiceAccounts,
): readonly Resource[] {
  return [cluster, ...fleet.nodePoolsOf(cluster)]
    .flatMap((owner) => {
      return nodeAccountsIn(owner).map((place) => accounts.identityAt(owner, place));
    })
    .filter((identity) => typeof identity === "object");
}

/** A role counts in the project of the cluster, whose metrics are written there. */
function* roleFindings(
  account: Resource,
  clusters: ReadonlySet<Resource>,
  given: readonly Resource[],
): Generator<Finding> {
  const lacking = new Map<string, Resource[]>();
  for (const cluster of clusters) {
    const project = projectOf(cluster);
    const inForce = given.filter((grant) => !isElsewhere(grant, project));
    for (const [role, effect] of ROLES) {
      const giving = inForce.filter(({ props }) => mayGive(props.at("role"), role));
      yield* giving.length > 0 && giving.every(isConditional)
        ? conditionFindings(giving, role)
        : [];
      // The permissions of a custom role, `projects/<project>/roles/<name>`, are not visible here.
      if (giving.length === 0 && !inForce.some(({ props }) => isCustom(props.at("role")))) {
        append(lacking, `${role}, so ${effect}`, cluster);
      }
    }
  }
  const hidden = given.filter((grant) => grant.props.at("role").unknown);
  for (const grant of lacking.size === 0 ? [] : hidden) {
    yield on(grant, pending(grant.props.at("role")));
  }
  for (const [lack, without] of hidden.length > 0 ? [] : lacking) {
    const nodes = `nodes of ${without
      .map(({ name }) => name)
      .sort()
      .join(" and ")}`;
    const problem = `${nodes} run as this account, which has no ${lack}`;
    const fix = "give it to this account with an IAM member of the project";
    yield on(account, violation(account.props.at("accountId"), problem, fix));
  }
}

function mayGive({ text }: Value, role: string): boolean {
  return text === role || text === ROLE_OF_NODES;
}

function* conditionFindings([grant]: readonly Resource[], role: string): Generator<Finding> {
  if (grant !== undefined) {
    const problem = `nodes have ${role} only while this condition holds`;
    const condition = grant.props.at("condition");
    yield on(grant, advice(condition, problem, "remove it, or check that it always holds"));
  }
}

function isCustom({ text = "" }: Value): boolean {
  return /^(?:projects|organizations)\//.test(text);
}
