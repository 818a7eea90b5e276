import { clustersAndNodePools } from "../fleet/cloudTypes";
import {
  allOn,
  type Finding,
  listSetting,
  on,
  pending,
  requireValue,
  type Resource,
  security,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { nodeAccountsIn } from "./nodeIdentity";
import { type Identity, ServiceAccounts } from "./serviceAccounts";

/** Compute Engine's default account, by its email or by GKE's word for it. */
const DEFAULT_ACCOUNT = /^(?:default|(?:.*[:/])?\d+-compute@developer\.gserviceaccount\.com)$/;

export const leastPrivilegeNodeIdentity = stackPolicy({
  name: "least-privilege-node-identity",
  description:
    "Nodes run as a service account of their own that may do no more than nodes have to.",
  severity: "high",
  framework: security,
  remediationSteps:
    "Make a service account for nodes, set it as nodeConfig.serviceAccount of every node pool " +
    "(of an Autopilot cluster: clusterAutoscaling.autoProvisioningDefaults.serviceAccount), and " +
    "grant it the roles that the message lists and no others. Grant what a workload needs to its " +
    "Kubernetes service account instead. Where nodes need one more role, add it to setting " +
    "roles.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa",
  settings: {
    roles: listSetting({
      default: [
        "roles/artifactregistry.reader",
        "roles/autoscaling.metricsWriter",
        "roles/container.defaultNodeServiceAccount",
        "roles/logging.logWriter",
        "roles/monitoring.metricWriter",
        "roles/monitoring.viewer",
        "roles/stackdriver.resourceMetadata.writer",
      ],
      description: "Roles that the service account of nodes may have.",
    }),
  },

  *judge(stack, { roles }) {
    const accounts = new ServiceAccounts(stack);
    const identities = new Set<Identity>();
    for (const owner of stack.select(clustersAndNodePools)) {
      for (const account of nodeAccountsIn(owner)) {
        yield* accountFindings(owner, account, accounts);
        const identity = accounts.identityAt(owner, account);
        if (identity !== undefined) {
          identities.add(identity);
        }
      }
    }
    for (const grant of new Set([...identities].flatMap((each) => accounts.grantsTo(each)))) {
      yield* roleFindings(grant, roles);
    }
  },
});

function* accountFindings(
  owner: Resource,
  account: Value,
  accounts: ServiceAccounts,
): Generator<Finding> {
  const fix = "set it to the email of a service account that is made for nodes";
  const theDefault = "Compute Engine's default account, which the whole project shares";
  if (account.unknown) {
    if (accounts.behind(owner, account).length === 0) {
      yield on(owner, pending(account));
    }
  } else if (account.absent) {
    yield on(owner, violation(account, `is not set, so nodes run as ${theDefault}`, fix));
  } else if (DEFAULT_ACCOUNT.test(account.text ?? "")) {
    yield on(owner, violation(account, `${account} is ${theDefault}`, fix));
  } else if (!account.text?.includes("@")) {
    yield on(owner, violation(account, `${account} is not the email of a service account`, fix));
  }
}

function roleFindings(grant: Resource, roles: readonly string[]): Iterable<Finding> {
  const role = grant.props.at("role");
  const whenWrong = `${role} is more than the service account of nodes may have`;
  const fix = `remove this grant; allowed are ${roles.join(", ")}`;
  return allOn(grant, requireValue(role, { allowed: roles, whenWrong, fix }));
}
