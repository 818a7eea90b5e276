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

/** gcloud and the provider write `cloud-platform` for the same scope. */
const WIDE = [EVERYTHING, "cloud-platform"];

export const nodeScopes = resourcePolicy({
  name: "node-scopes",
  description: "OAuth scopes do not restrict what the identity of nodes may do.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Set oauthScopes of each pool's nodeConfig to https://www.googleapis.com/auth/cloud-platform " +
    "alone and limit what nodes may do by the roles of their service account, or leave " +
    "oauthScopes out. A change of the scopes replaces an existing pool.",
  url: "https://cloud.google.com/compute/docs/access/service-accounts",
  settings: {},
  judges: clustersAndNodePools,

  *judge(resource) {
    yield* inNodeConfigs(resource, (nodeConfig) => scopeFindings(nodeConfig.at("oauthScopes")));
  },
});

/** The provider does not send an empty list; GKE then chooses the scopes itself. */
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
