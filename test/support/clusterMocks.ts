import { InferenceCluster, type InferenceClusterArgs } from "../../components/inferenceCluster";
import { type Recording, register } from "./components";
import type { Answers, MockOptions } from "./mocks";

/** A small cluster with one GPU pool. */
export const CLUSTER_ARGS: InferenceClusterArgs = {
  project: "demo",
  region: "europe-west3",
  network: "vpc",
  subnetwork: "subnet",
  podsRange: "pods",
  servicesRange: "services",
  nodeServiceAccount: "nodes@demo.iam.gserviceaccount.com",
  releaseChannel: "REGULAR",
  maintenance: { days: ["saturday", "sunday"], startTime: "02:00", hours: 6 },
  gpuPools: {
    gpu: {
      machineType: "g2-standard-8",
      provisioning: "spot",
      zones: ["europe-west3-a", "europe-west3-b"],
      minNodes: 1,
      maxNodes: 2,
    },
  },
  bucketVolumes: false,
  secretManager: false,
  deletionProtection: false,
};

/** The first choice and its fallback. */
export const TWO_POOLS: InferenceClusterArgs["gpuPools"] = {
  gpu: {
    machineType: "a3-highgpu-2g",
    provisioning: "spot",
    zones: ["europe-west3-c"],
    minNodes: 3,
    maxNodes: 6,
  },
  "fallback-1": {
    machineType: "a3-highgpu-8g",
    provisioning: "on-demand",
    zones: ["europe-west3-c"],
    minNodes: 0,
    maxNodes: 1,
  },
};

const ANSWERS: Answers = {
  "gcp:container/cluster:Cluster": ({ name }) => ({
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: `${name}.example.goog` } },
  }),
  "gcp:container/nodePool:NodePool": ({ name }) => ({ name: `${name}-1a2b3c4` }),
};

/** Registers the cluster `west`. */
export function registerCluster(
  args: Partial<InferenceClusterArgs> = {},
  { preview }: MockOptions = {},
): Promise<Recording<InferenceCluster>> {
  const build = () => new InferenceCluster("west", { ...CLUSTER_ARGS, ...args });
  return register(build, { preview, answers: ANSWERS });
}
