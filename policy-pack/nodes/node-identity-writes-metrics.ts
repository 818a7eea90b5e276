import { type Fleet, fleetOf } from "../fleet/fleet";
import { autoscalingMetrics } from "../fleet/kinds";
import {
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  violation,
} from "../frame";

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
    for (const [account, names] of accountsWithMetrics(stack, accounts)) {
      yield* roleFindings(account, names, accounts.grantsTo(account));
    }
  },
});

/** Accounts of this stack that nodes of clusters with metrics run as, and those clusters' names. */
function accountsWithMetrics(
  stack: Stack,
  accounts: ServiceAccounts,
): ReadonlyMap<Resource, ReadonlySet<string>> {
  const members = fleetOf(stack).byMember(stack.select(autoscalingMetrics)).keys();
  const clusters = new Set([...members].flatMap(({ cluster }) => cluster ?? []));
  const users = new Map<Resource, Set<string>>();
  for (const cluster of clusters) {
    for (const account of accountsOf(cluster, fleetOf(stack), accounts)) {
      users.set(account, (users.get(account) ?? new Set()).add(cluster.name));
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

function* roleFindings(
  account: Resource,
  names: ReadonlySet<string>,
  given: readonly Resource[],
): Generator<Finding> {
  const roles = given.map((grant) => grant.props.at("role"));
  const has = (role: string) => roles.some(({ text }) => text === role || text === ROLE_OF_NODES);
  const missing = [...ROLES].filter(([role]) => !has(role));
  const hidden = given.filter((grant) => grant.props.at("role").unknown);
  // The permissions of a custom role, `projects/<project>/roles/<name>`, are not visible here.
  if (missing.length === 0 || roles.some(({ text }) => text !== undefined && isCustom(text))) {
    return;
  }
  for (const grant of hidden) {
    yield on(grant, pending(grant.props.at("role")));
  }
  for (const [role, consequence] of hidden.length > 0 ? [] : missing) {
    const nodes = `nodes of ${[...names].sort().join(" and ")}`;
    const problem = `${nodes} run as this account, which has no ${role}, so ${consequence}`;
    const fix = "give it to this account with an IAM member of the project";
    yield on(account, violation(account.props.at("accountId"), problem, fix));
  }
}

function isCustom(role: string): boolean {
  return /^(?:projects|organizations)\//.test(role);
}
