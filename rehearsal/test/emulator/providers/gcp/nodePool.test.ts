import { makeNetworkAndNodes } from "./support/clusterInputs";
import { Resource } from "./support/standIn";
import { CLUSTER_NAME, PROJECT, REGION, TestCloud } from "../../cloud/support/testCloud";
import { PROGRAM } from "./support/cluster";
import { RecordedStandIn, Sent } from "./support/recorder";

const NODE_POOL = "gcp:container/nodePool:NodePool";
const CLUSTER = `https://container.googleapis.com/v1beta1/${CLUSTER_NAME}`;
const POOLS = `${CLUSTER}/nodePools`;
const QUERY = "alt=json&prettyPrint=false";
const managers = (zone: string): Sent => [
  `GET https://compute.googleapis.com/compute/beta/projects/${PROJECT}/zones/${REGION}-${zone}/instanceGroupManagers?${QUERY}`,
];
const LIST: Sent = [`GET ${POOLS}?${QUERY}`];
const OWN: Sent = [`GET ${POOLS}/gpu?${QUERY}`];
const OF_CLUSTER: Sent = [`GET ${CLUSTER}?${QUERY}`];
const put = (body: object): Sent => [`PUT ${POOLS}/gpu?${QUERY}`, body];
const byCluster = (update: object): Sent => [
  `PUT ${CLUSTER}?${QUERY}`,
  { update: { desiredNodePoolId: "gpu", ...update } },
];

const nodeConfig = {
  diskSizeGb: 50,
  imageType: "COS_CONTAINERD",
  labels: { a: "b" },
  machineType: "g2-standard-8",
  guestAccelerators: [
    { type: "nvidia-l4", count: 1, gpuDriverInstallationConfig: { gpuDriverVersion: "LATEST" } },
  ],
  spot: true,
  shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: false },
  taints: [{ key: "k", value: "v", effect: "NO_SCHEDULE" }],
};
const GPU = {
  name: "gpu",
  cluster: CLUSTER_NAME,
  autoscaling: { totalMaxNodeCount: 8, locationPolicy: "ANY" },
  management: { autoRepair: true, autoUpgrade: true },
  maxPodsPerNode: 32,
  nodeConfig,
  nodeDrainConfigs: [{ respectPdbDuringNodePoolDeletion: true }],
  nodeLocations: [`${REGION}-c`, `${REGION}-b`],
  upgradeSettings: { maxSurge: 0, maxUnavailable: 1 },
};

let cloud: TestCloud;
let standIn: RecordedStandIn;
let made: Resource;
beforeAll(async () => {
  cloud = await TestCloud.start();
  standIn = await RecordedStandIn.before(cloud);
  await makeNetworkAndNodes(cloud, standIn);
  await standIn.create("gcp:container/cluster:Cluster", "x", PROGRAM);
  standIn.taken();
});
afterAll(() => cloud.stop());

test("a pool is looked for, made, waited for and read with its machines", async () => {
  made = await standIn.create(NODE_POOL, "x", GPU);
  expect(standIn.taken()).toEqual([
    OWN,
    [
      `POST ${POOLS}?${QUERY}`,
      {
        nodePool: {
          name: "gpu",
          locations: [`${REGION}-b`, `${REGION}-c`],
          networkConfig: {},
          autoscaling: {
            enabled: true,
            minNodeCount: 0,
            maxNodeCount: 0,
            totalMinNodeCount: 0,
            totalMaxNodeCount: 8,
            locationPolicy: "ANY",
          },
          management: { autoRepair: true, autoUpgrade: true },
          maxPodsConstraint: { maxPodsPerNode: "32" },
          upgradeSettings: { strategy: "SURGE", maxUnavailable: 1 },
          nodeDrainConfig: { respectPdbDuringNodePoolDeletion: true },
          config: {
            accelerators: [
              {
                acceleratorCount: "1",
                acceleratorType: "nvidia-l4",
                gpuDriverInstallationConfig: { gpuDriverVersion: "LATEST" },
              },
            ],
            diskSizeGb: 50,
            imageType: "COS_CONTAINERD",
            labels: { a: "b" },
            loggingConfig: { variantConfig: {} },
            machineType: "g2-standard-8",
            shieldedInstanceConfig: { enableSecureBoot: true },
            spot: true,
            taints: [{ key: "k", value: "v", effect: "NO_SCHEDULE" }],
          },
        },
      },
    ],
    OWN,
    LIST,
    managers("b"),
    managers("c"),
  ]);
});

test("a pool is read by the list of its cluster's", async () => {
  await standIn.refresh(made);
  expect(standIn.taken()).toEqual([LIST, managers("b"), managers("c")]);
});

test("a pool is not made twice", async () => {
  await expect(standIn.create(NODE_POOL, "x", GPU)).rejects.toThrow(
    `resource - ${CLUSTER_NAME}/nodePools/gpu - already exists`,
  );
  expect(standIn.taken()).toEqual([OWN]);
});

test("each part of a pool is changed by a call of its own, in a fixed order", async () => {
  made = await standIn.update(made, {
    ...GPU,
    autoscaling: { minNodeCount: 1, maxNodeCount: 3 },
    management: { autoRepair: true, autoUpgrade: false },
    nodeConfig: {
      ...nodeConfig,
      diskSizeGb: 60,
      imageType: "UBUNTU_CONTAINERD",
      labels: { a: "c" },
      tags: ["t"],
      taints: [],
    },
    nodeDrainConfigs: [{ graceTerminationDuration: "60s" }],
    nodeLocations: [`${REGION}-b`],
    upgradeSettings: { maxSurge: 2, maxUnavailable: 0 },
  });
  expect(standIn.taken()).toEqual([
    OWN,
    byCluster({
      desiredNodePoolAutoscaling: {
        enabled: true,
        minNodeCount: 1,
        totalMinNodeCount: 0,
        maxNodeCount: 3,
        locationPolicy: "ANY",
      },
    }),
    put({ name: "gpu", machineType: "g2-standard-8", diskSizeGb: "60" }),
    put({ name: "gpu", taints: {} }),
    put({ name: "gpu", tags: { tags: ["t"] } }),
    put({ name: "gpu", labels: { labels: { a: "c" } } }),
    byCluster({ desiredImageType: "UBUNTU_CONTAINERD" }),
    [
      `POST ${POOLS}/gpu:setManagement?${QUERY}`,
      { management: { autoRepair: true, autoUpgrade: false } },
    ],
    put({ locations: [`${REGION}-b`] }),
    put({ upgradeSettings: { strategy: "SURGE", maxSurge: 2 } }),
    put({ nodeDrainConfig: { graceTerminationDuration: "60s" } }),
    OF_CLUSTER,
    OWN,
    LIST,
    managers("b"),
  ]);
});

test("a pool that has scaled of itself is told not to, and how many machines it has", async () => {
  const { autoscaling, ...others } = made.inputs;
  expect(autoscaling).toBeDefined();
  made = await standIn.update(made, { ...others, nodeCount: 0 });
  const sent = standIn.taken();
  expect(sent.slice(1, -4)).toEqual([
    byCluster({ desiredNodePoolAutoscaling: {} }),
    [`POST ${POOLS}/gpu:setSize?${QUERY}`, {}],
  ]);
});

test("a pool of whose machines nothing is said asks for the usual scopes", async () => {
  const plain = await standIn.create(NODE_POOL, "x", {
    name: "plain",
    cluster: CLUSTER_NAME,
    initialNodeCount: 1,
  });
  const [, [, body] = []] = standIn.taken();
  expect(body).toEqual({
    nodePool: {
      name: "plain",
      initialNodeCount: 1,
      networkConfig: {},
      config: {
        oauthScopes: [
          "https://www.googleapis.com/auth/devstorage.read_only",
          "https://www.googleapis.com/auth/logging.write",
          "https://www.googleapis.com/auth/monitoring",
          "https://www.googleapis.com/auth/service.management.readonly",
          "https://www.googleapis.com/auth/servicecontrol",
          "https://www.googleapis.com/auth/trace.append",
        ],
      },
    },
  });
  await standIn.delete(plain);
  standIn.taken();
});

test("a pool is waited for and deleted, and asked for only where it is gone", async () => {
  await standIn.delete(made);
  expect(standIn.taken()).toEqual([OWN, [`DELETE ${POOLS}/gpu?${QUERY}`]]);
  await standIn.delete(made);
  expect(standIn.taken()).toEqual([OWN]);
});
