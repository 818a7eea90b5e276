import type { Json } from "../../../emulator/google/json";
import { getCredentials } from "../credentials";
import { refused } from "../expect";
import {
  container,
  EAST,
  enableApis,
  type HowToInput,
  type Guide,
  type Place,
  PROJECT,
  WEST,
} from "../guide";
import { Kubectl } from "../kubectl";
import type { Show } from "../show";

/** The APIs that "Before you begin" enables. */
const APIS = ["compute", "container", "modelarmor", "networkservices", "autoscaling"];

/** "Create clusters and node pools": two regional clusters, each with GPU nodes in one zone. */
export async function createClusters(input: HowToInput, show: Show): Promise<Guide["clusters"]> {
  await enableApis(input, APIS);
  await makeDefaultNetwork(input);
  await show.demonstrate(28, () => retiredVersion(input));
  const { google } = input.cloud;
  const beginning = [WEST, EAST].map(async (place) => {
    const url = container(place.region, "clusters");
    return { url, answer: await google.call("POST", url, { cluster: cluster(place.name) }) };
  });
  // `gcloud container clusters create ... --async`.
  const begun = await Promise.all(beginning);
  await show.demonstrate(22, () => poolOfUnfinishedCluster(input));
  await Promise.all(begun.map(({ url, answer }) => google.finish(url, answer)));
  return {
    west: new Kubectl(await getCredentials(input, WEST)),
    east: new Kubectl(await getCredentials(input, EAST)),
  };
}

/** "Create an H100 node pool", with the region where the how-to has a zone: see defect 10. */
export async function createNodePools(guide: Guide, show: Show): Promise<void> {
  const { clusters, cloud } = guide;
  await show.demonstrate(20, async () => defaultNodes(clusters.west));
  await show.demonstrate(11, () => poolOfClusterByAnotherName(guide));
  for (const place of [WEST, EAST]) {
    await cloud.google.run("POST", nodePools(place), gpuPool(place));
  }
}

/** Every project has one, unless its organization forbids it: see defect 19. */
async function makeDefaultNetwork({ cloud: { google } }: HowToInput): Promise<void> {
  const compute = `https://compute.googleapis.com/compute/v1/projects/${PROJECT}`;
  await google.run("POST", `${compute}/global/networks`, {
    name: "default",
    autoCreateSubnetworks: true,
  });
}

/** As written: a version that was new when the how-to was. With the least correction it is that minor's newest. */
async function retiredVersion({ cloud: { google } }: HowToInput): Promise<string[]> {
  const written = { ...cluster(WEST.name), initialClusterVersion: "1.34.1-gke.1127000" };
  const path = container(WEST.region, "clusters");
  return [await refused(google.call("POST", path, { cluster: written }))];
}

/** 3 nodes in each zone is what gcloud adds. */
export function cluster(name: string): Json {
  return {
    name,
    initialNodeCount: 3,
    nodeConfig: { machineType: "c2-standard-16", diskType: "pd-standard" },
    releaseChannel: { channel: "RAPID" },
    initialClusterVersion: "1.34",
    networkConfig: { gatewayApiConfig: { channel: "CHANNEL_STANDARD" } },
    monitoringConfig: {
      componentConfig: { enableComponents: ["SYSTEM_COMPONENTS", "DCGM"] },
      managedPrometheusConfig: { enabled: true },
    },
    podAutoscaling: { hpaProfile: "PERFORMANCE" },
  };
}

export function nodePools({ name, region }: Place): string {
  return container(region, `clusters/${name}/nodePools`);
}

/** `gcloud container node-pools create ... --async`. */
export function gpuPool({ zone }: Place): Json {
  return {
    nodePool: {
      name: "h100",
      initialNodeCount: 3,
      locations: [zone],
      config: {
        machineType: "a3-highgpu-2g",
        spot: true,
        accelerators: [
          {
            acceleratorType: "nvidia-h100-80gb",
            acceleratorCount: "2",
            gpuDriverInstallationConfig: { gpuDriverVersion: "LATEST" },
          },
        ],
      },
    },
  };
}

/** The next command, while the cluster is being made. */
async function poolOfUnfinishedCluster({ cloud: { google } }: HowToInput): Promise<string[]> {
  const said = await refused(google.call("POST", nodePools(WEST), gpuPool(WEST)));
  return [said.replace(/operation-[0-9a-f-]+/, "operation-...")];
}

async function defaultNodes({ client }: Kubectl): Promise<string[]> {
  const nodes = await client.list("v1", "Node", undefined, {
    labelSelector: "cloud.google.com/gke-nodepool=default-pool",
  });
  const ofAll = (label: string) =>
    [...new Set(nodes.map(({ metadata }) => metadata.labels?.[label] ?? "none"))].sort();
  const zones = ofAll("topology.kubernetes.io/zone");
  const vcpus = nodes
    .map(({ status }) => Number((status as { capacity: { cpu: string } }).capacity.cpu))
    .reduce((sum, cpu) => sum + cpu, 0);
  const machines = ofAll("node.kubernetes.io/instance-type").join(", ");
  return [
    `${nodes.length} nodes ${machines} in ${zones.length} zones, ${vcpus} vCPU, beside the GPU nodes`,
  ];
}

/** The second cluster is made as `gke-east`; every later command says CLUSTER_2_NAME. */
async function poolOfClusterByAnotherName({ cloud: { google } }: Guide): Promise<string[]> {
  const wanted = { ...EAST, name: "gke-virginia" };
  return [await refused(google.call("POST", nodePools(wanted), gpuPool(wanted)))];
}
