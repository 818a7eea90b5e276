import { resourcesOfType, type Selector } from "../frame";

/** Google Cloud's resources that policies judge, by their type in @pulumi/gcp. */
export const clusters = resourcesOfType("gcp:container/cluster:Cluster");
export const nodePools = resourcesOfType("gcp:container/nodePool:NodePool");
export const memberships = resourcesOfType("gcp:gkehub/membership:Membership");
export const features = resourcesOfType("gcp:gkehub/feature:Feature");
export const networks = resourcesOfType("gcp:compute/network:Network");
export const subnetworks = resourcesOfType("gcp:compute/subnetwork:Subnetwork");
export const routerNats = resourcesOfType("gcp:compute/routerNat:RouterNat");
export const projectServices = resourcesOfType("gcp:projects/service:Service");
export const kubernetesProviders = resourcesOfType("pulumi:providers:kubernetes");

/** Resources that describe nodes: node pools, and clusters, which may contain node pools. */
export const clustersAndNodePools: Selector = {
  label: `${clusters.label} or ${nodePools.label}`,
  matches: (resource) => clusters.matches(resource) || nodePools.matches(resource),
};
