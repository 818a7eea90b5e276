import { inNodeConfigs } from "../clusters/gkeCluster";
import { clustersAndNodePools } from "../fleet/cloudTypes";
import {
  type Finding,
  pending,
  reliability,
  resourcePolicy,
  type Value,
  violation,
} from "../frame";

const EVERYTHING = "https://www.googleapis.com/auth/cloud-platform";

/** `cloud-platform` is how gcloud, and the provider, write the same. */
const WIDE = [EVERYTHING, "cloud-platform"];

export const nodeScopes = resourcePolicy({
  name: "node-scopes",
  description: "OAuth scopes of nodes do not take away what their identity may do.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Set oauthScopes of each pool's nodeConfig to https://www.googleapis.com/auth/cloud-platform " +
    "alone and limit by the roles of the node's service account what nodes may do, or leave " +
    "oauthScopes out. The scopes of a pool that exists change only with the pool.",
  url: "https://cloud.google.com/compute/docs/access/service-accounts",
  settings: {},
  judges: clustersAndNodePools,

  *judge(resource) {
    yield* inNodeConfigs(resource, (nodeConfig) => scopeFindings(nodeConfig.at("oauthScopes")));
  },
});

/** An empty list is sent as none at all: GKE then chooses the scopes itself. */
function* scopeFindings(scopes: Value): Generator<Finding> {
  const items = scopes.items ?? [];
  const hidden = [scopes, ...items].find(({ unknown }) => unknown);
  const isEmpty = scopes.absent || scopes.items?.length === 0;
  if (isEmpty || items.some(({ text }) => WIDE.includes(text ?? ""))) {
    return;
  }
  const problem =
    `${scopes} keeps nodes from what their roles allow, such as writing the metrics that the ` +
    "gateway balances by";
  yield hidden === undefined
    ? violation(scopes, problem, `set it to ["${EVERYTHING}"], or leave it out`)
    : pending(hidden);
}
