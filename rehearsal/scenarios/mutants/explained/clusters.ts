import type { Explanation } from "../explanation";

const CLUSTER = "gcp:container/cluster:Cluster gke-east";
const POOLS = "gcp:container/nodePool:NodePool gke-east-*";
const SYSTEM_POOL = "gcp:container/nodePool:NodePool gke-east-system";
const GPU_POOL = "gcp:container/nodePool:NodePool gke-east-gpu";

/** GKE clusters, node pools, fleet. */
export const clusters: Explanation[] = [
  {
    of: CLUSTER,
    to: ["addonsConfig*", "secretManagerConfig*"],
    why: "drivers for weights in a bucket and for a token in Secret Manager, neither of which this stack uses",
  },
  {
    of: CLUSTER,
    to: ["controlPlaneEndpointsConfig.dnsEndpointConfig*"],
    why: "Pulumi cannot reach the cluster then and `up` fails, unless it runs in the VPC: so it is a choice",
  },
  {
    of: CLUSTER,
    to: [
      "controlPlaneEndpointsConfig",
      "controlPlaneEndpointsConfig.ipEndpointsConfig*",
      "privateClusterConfig.enablePrivateEndpoint",
    ],
    why: "each of the two settings alone keeps the internet out: no IP endpoints, or only a private one",
  },
  { of: CLUSTER, to: ["costManagementConfig*"], why: "a report of what namespaces cost" },
  {
    of: CLUSTER,
    does: ["drop"],
    to: ["datapathProvider"],
    why: "kube-proxy in place of Dataplane V2: a load balancer with endpoints in the VPC uses neither",
  },
  {
    of: CLUSTER,
    does: ["drop"],
    to: ["deletionProtection"],
    why: "true is the provider's default",
  },
  {
    of: CLUSTER,
    does: ["double"],
    to: ["initialNodeCount"],
    why: "the size of a node pool that is removed as soon as it is there",
  },
  {
    of: CLUSTER,
    to: ["monitoringConfig", "monitoringConfig.enableComponents*"],
    why: "which of its own metrics GKE keeps is a choice, and a wrong name is refused by Google only",
  },
  {
    of: CLUSTER,
    does: ["drop"],
    to: ["monitoringConfig.managedPrometheus"],
    why: "on is GKE's default",
  },
  {
    of: CLUSTER,
    does: ["drop"],
    to: ["networkingMode"],
    why: "VPC_NATIVE follows from ipAllocationPolicy",
  },
  {
    of: CLUSTER,
    does: ["drop"],
    to: ["nodeConfig", "nodeConfig.machineType", "nodeConfig.serviceAccount"],
    why: "of a node pool that is removed as soon as it is there",
  },
  {
    of: POOLS,
    does: ["drop"],
    to: ["management", "management.autoRepair", "management.autoUpgrade"],
    why: "true is the default",
  },
  {
    of: POOLS,
    to: ["nodeConfig.imageType"],
    why: "COS_CONTAINERD is the default, and only Google knows which images there are",
  },
  {
    of: POOLS,
    does: ["drop", "misspell"],
    to: ['nodeConfig.metadata["disable-legacy-endpoints"]'],
    why: "GKE turns the old metadata endpoints off by itself since version 1.12",
  },
  {
    of: POOLS,
    does: ["drop"],
    to: ["nodeConfig.metadata"],
    why: "GKE turns the old metadata endpoints off by itself since version 1.12",
  },
  {
    of: POOLS,
    does: ["drop"],
    to: ["nodeConfig.oauthScopes", "nodeConfig.oauthScopes[0]"],
    why: "GKE then gives the nodes scopes for logs and metrics itself, and pods have identities of their own",
  },
  {
    of: POOLS,
    does: ["drop"],
    to: ["nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring"],
    why: "true is the default",
  },
  {
    of: SYSTEM_POOL,
    to: ["autoscaling*", "initialNodeCount"],
    why: "how many nodes there are beside the GPUs is a choice; pods that do not fit wait, and `up` says so",
  },
  {
    of: SYSTEM_POOL,
    does: ["duplicate"],
    why: "cost only, within the budget: another pool of four-core nodes",
  },
  {
    of: POOLS,
    does: ["drop"],
    to: ["autoscaling.locationPolicy"],
    why: "in which zone a GPU is looked for first: a matter of time, not of right and wrong",
  },
  {
    of: POOLS,
    to: ["autoscaling.totalMinNodeCount"],
    why: "how many idle GPU nodes stay is a choice, within the budget",
  },
  {
    of: GPU_POOL,
    to: ["autoscaling", "autoscaling.totalMaxNodeCount"],
    why: "how far a pool may grow is a choice as long as all servers find room in some pool",
  },
  {
    of: POOLS,
    does: ["drop"],
    to: ["nodeConfig.ephemeralStorageLocalSsdConfig"],
    why: "a rule is missing, as GKE uses its SSDs all the same, and the next `up` replaces the pool",
    rule: "GPU pools say the local SSDs that their machine type comes with",
  },
  {
    of: GPU_POOL,
    does: ["drop"],
    to: ["nodeLocations[*"],
    why: "in how many of the zones with its GPU a pool is to be is a choice",
  },
  {
    of: POOLS,
    to: ["nodeConfig.diskSizeGb"],
    why: "more is a choice; and machines with SSDs of their own put there what pods write",
  },
  {
    of: POOLS,
    does: ["drop"],
    to: ["nodeConfig.guestAccelerators[0].gpuDriverInstallationConfig"],
    why: "GKE installs the version's default driver by itself since version 1.30.1",
  },
  {
    of: POOLS,
    to: ["nodeConfig.taints*"],
    why: "GKE itself taints nodes with GPUs, and pods of a class tolerate its taint with any effect",
  },
  {
    of: POOLS,
    to: ["nodeDrainConfigs*", "upgradeSettings*"],
    why: "how gently a node pool is upgraded and deleted is a choice, which the program's tests check",
  },
  {
    of: "gcp:gkehub/membership:Membership gke-east",
    does: ["drop"],
    to: ["authority"],
    why: "fleet Workload Identity, which nothing here uses: the gateway's controller reads the cluster as itself",
  },
  {
    of: "gcp:gkehub/membership:Membership gke-east",
    does: ["drop"],
    to: ["location"],
    why: "global is the default",
  },
  {
    of: "gcp:gkehub/membership:Membership gke-east",
    does: ["rename"],
    to: ["membershipId"],
    why: "a name that nothing refers to: only the config cluster's is",
  },
  {
    of: "gcp:gkehub/feature:Feature *",
    does: ["duplicate"],
    why: "a fleet has each feature once, and the provider takes the one that is there",
  },
  {
    of: "pulumi:providers:kubernetes gke-east",
    does: ["rename"],
    to: ["kubeconfig", "clusterIdentifier"],
    why: "no kubeconfig at all, which the provider refuses; and an identifier may be any text that stays the same",
  },
  {
    of: "pulumi:providers:kubernetes gke-east",
    to: ["enableConfigMapMutable", "enableSecretMutable"],
    why: "a ConfigMap or Secret is replaced in place of updated: a gap of a second, which `make changes` shows",
  },
  {
    of: "pulumi:providers:kubernetes gke-east",
    does: ["duplicate"],
    why: "a second endpoint of the same cluster, which no client uses",
  },
  {
    of: "pulumi:providers:kubernetes gke-east",
    does: ["leave out"],
    why: "the engine refuses objects whose provider it does not know",
  },
];
