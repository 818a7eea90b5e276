import type { StateResource } from "./engine";

type Inputs = Record<string, unknown>;

/**
 * The id that a creation of Google Cloud would have ended with. Other types adopt an existing resource when
 * they are created again (APIs, features, grants), so that nothing of theirs can be orphaned.
 */
const GOOGLE_CLOUD_IDS: Record<string, (inputs: Inputs) => string> = {
  "gcp:compute/network:Network": ({ project, name }) =>
    `projects/${project}/global/networks/${name}`,
  "gcp:compute/firewall:Firewall": ({ project, name }) =>
    `projects/${project}/global/firewalls/${name}`,
  "gcp:compute/subnetwork:Subnetwork": ({ project, region, name }) =>
    `projects/${project}/regions/${region}/subnetworks/${name}`,
  "gcp:compute/router:Router": ({ project, region, name }) =>
    `projects/${project}/regions/${region}/routers/${name}`,
  "gcp:compute/routerNat:RouterNat": ({ project, region, router, name }) =>
    `${project}/${region}/${router}/${name}`,
  "gcp:serviceaccount/account:Account": ({ project, accountId }) =>
    `projects/${project}/serviceAccounts/${accountId}@${project}.iam.gserviceaccount.com`,
  "gcp:container/cluster:Cluster": ({ project, location, name }) =>
    `projects/${project}/locations/${location}/clusters/${name}`,
  "gcp:container/nodePool:NodePool": ({ cluster, name }) => `${cluster}/nodePools/${name}`,
  "gcp:gkehub/membership:Membership": ({ project, location, membershipId }) =>
    `projects/${project}/locations/${location}/memberships/${membershipId}`,
};

/** The id under which a creation that was under way can be looked up; undefined where there is nothing to look up. */
export function idOfCreation({ type, inputs = {} }: StateResource): string | undefined {
  if (type.startsWith("kubernetes:")) return kubernetesId(inputs);
  return GOOGLE_CLOUD_IDS[type]?.(inputs);
}

function kubernetesId({ metadata }: Inputs): string | undefined {
  const { name, namespace } = (metadata ?? {}) as { name?: string; namespace?: string };
  return namespace ? `${namespace}/${name}` : name;
}
