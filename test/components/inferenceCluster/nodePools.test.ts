import type { GpuPoolArgs } from "../../../components/inferenceCluster";
import { CLUSTER_ARGS, registerCluster } from "../../support/clusterMocks";
import { find } from "../../../rehearsal/stage/registrations";

const pool = (name: string) => `gcp:container/nodePool:NodePool::west-${name}`;

/** What every node has. */
const HARDENED = {
  imageType: "COS_CONTAINERD",
  serviceAccount: CLUSTER_ARGS.nodeServiceAccount,
  oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
  metadata: { "disable-legacy-endpoints": "true" },
  shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
  workloadMetadataConfig: { mode: "GKE_METADATA" },
};
const GPU_TAINT = { key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" };

async function gpuPool(args: GpuPoolArgs) {
  return find(await registerCluster({ gpuPools: { gpu: args } }), pool("gpu"));
}

const L4: GpuPoolArgs = {
  machineType: "g2-standard-8",
  provisioning: "spot",
  zones: ["europe-west3-a", "europe-west3-b"],
  minNodes: 1,
  maxNodes: 2,
};

async function configWithoutSpot(): Promise<object> {
  const config = (await gpuPool(L4)).inputs.nodeConfig as object;
  return Object.fromEntries(Object.entries(config).filter(([key]) => key !== "spot"));
}

test("the system pool has a node in each zone from the start, large enough for an endpoint picker", async () => {
  const { inputs } = find(await registerCluster(), pool("system"));
  expect(inputs).toEqual({
    cluster: "west-id",
    initialNodeCount: 1,
    autoscaling: { minNodeCount: 1, maxNodeCount: 2 },
    management: { autoRepair: true, autoUpgrade: true },
    nodeConfig: { machineType: "e2-standard-8", ...HARDENED },
  });
});

test("zones of nodes without GPUs are the system pool's and move no other", async () => {
  const gpuPools = { gpu: L4 };
  const zones = ["europe-west3-a", "europe-west3-c"];
  const [usual, other] = [
    await registerCluster({ gpuPools }),
    await registerCluster({ gpuPools, zones }),
  ];
  const inputs = (registered: typeof usual, name: string) => find(registered, pool(name)).inputs;
  expect(inputs(other, "system")).toEqual({ ...inputs(usual, "system"), nodeLocations: zones });
  expect(inputs(other, "gpu")).toEqual(inputs(usual, "gpu"));
});

test("a spot pool has GPUs, drivers, identity and taint; its upgrade needs no GPU beyond its own", async () => {
  expect((await gpuPool(L4)).inputs).toEqual({
    cluster: "west-id",
    nodeLocations: ["europe-west3-a", "europe-west3-b"],
    autoscaling: { totalMinNodeCount: 1, totalMaxNodeCount: 2, locationPolicy: "ANY" },
    management: { autoRepair: true, autoUpgrade: true },
    upgradeSettings: { strategy: "SURGE", maxSurge: 0, maxUnavailable: 1 },
    nodeDrainConfigs: [{ respectPdbDuringNodePoolDeletion: true }],
    nodeConfig: {
      machineType: "g2-standard-8",
      diskSizeGb: 200,
      spot: true,
      guestAccelerators: [
        {
          type: "nvidia-l4",
          count: 1,
          gpuDriverInstallationConfig: { gpuDriverVersion: "LATEST" },
        },
      ],
      taints: [GPU_TAINT],
      ...HARDENED,
    },
  });
});

test.each<[string, Partial<GpuPoolArgs>, object]>([
  ["on demand", { provisioning: "on-demand" }, {}],
  [
    "from a reservation",
    { provisioning: "reservation", reservation: "h100s" },
    {
      reservationAffinity: {
        consumeReservationType: "SPECIFIC_RESERVATION",
        key: "compute.googleapis.com/reservation-name",
        values: ["h100s"],
      },
    },
  ],
])("a pool %s differs from a spot pool in how its nodes are got", async (_how, args, config) => {
  const { inputs } = await gpuPool({ ...L4, ...args });
  expect(inputs).toEqual({
    ...(await gpuPool(L4)).inputs,
    nodeConfig: { ...(await configWithoutSpot()), ...config },
  });
});

test("a flex-start pool begins without a node, lives seven days, is not repaired, and GKE upgrades it its own way", async () => {
  const { inputs } = await gpuPool({ ...L4, provisioning: "flex-start", minNodes: 0 });
  expect(inputs).toEqual({
    cluster: "west-id",
    nodeLocations: ["europe-west3-a", "europe-west3-b"],
    autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: 2, locationPolicy: "ANY" },
    management: { autoRepair: false, autoUpgrade: true },
    nodeDrainConfigs: [{ respectPdbDuringNodePoolDeletion: true }],
    nodeConfig: {
      ...(await configWithoutSpot()),
      flexStart: true,
      maxRunDuration: "604800s",
      reservationAffinity: { consumeReservationType: "NO_RESERVATION" },
    },
  });
});

test.each(["system", "gpu"])(
  "the pool %s is given no name and is not deleted first, so that its successor is there before it goes",
  async (name) => {
    const registration = find(await registerCluster(), pool(name));
    const { inputs } = registration;
    expect(inputs).not.toHaveProperty("name");
    expect(inputs).not.toHaveProperty("namePrefix");
    expect(registration).toMatchObject({
      protect: false,
      deleteBeforeReplace: false,
      ignoreChanges: ["initialNodeCount", "nodeCount"],
      replaceOnChanges: name === "gpu" ? ["nodeConfig.machineType", "nodeConfig.diskSizeGb"] : [],
      timeouts: { create: "60m", update: "60m", delete: "60m" },
    });
  },
);

test.each<[string, number, object | undefined, string[]]>([
  ["g2-standard-8", 200, undefined, []],
  ["g2-standard-24", 260, undefined, []],
  ["g2-standard-48", 410, undefined, []],
  ["g2-standard-96", 700, undefined, []],
  ["a2-highgpu-8g", 700, undefined, []],
  ["g4-standard-384", 700, undefined, []],
  ["a3-highgpu-1g", 200, { localSsdCount: 2 }, []],
  ["a3-highgpu-2g", 200, { localSsdCount: 4 }, []],
  ["a3-highgpu-4g", 200, { localSsdCount: 8 }, []],
  ["a3-highgpu-8g", 200, { localSsdCount: 16 }, []],
  ["a3-ultragpu-8g", 200, { localSsdCount: 32 }, []],
  ["a2-ultragpu-2g", 260, undefined, ["nodeConfig.ephemeralStorageLocalSsdConfig"]],
  ["a4-highgpu-8g", 700, undefined, ["nodeConfig.ephemeralStorageLocalSsdConfig"]],
])("%s: a disk of %i GB, local SSDs %j, ignored %j", async (machineType, disk, ssds, ignored) => {
  const { inputs, ignoreChanges } = await gpuPool({ ...L4, machineType });
  expect(inputs.nodeConfig).toMatchObject({ machineType, diskSizeGb: disk });
  expect((inputs.nodeConfig as Record<string, unknown>).ephemeralStorageLocalSsdConfig).toEqual(
    ssds,
  );
  expect(ignoreChanges).toEqual(["initialNodeCount", "nodeCount", ...ignored]);
});

test("a disk that the stack names is taken as it is", async () => {
  const { inputs } = await gpuPool({ ...L4, diskGb: 500 });
  expect(inputs.nodeConfig).toMatchObject({ diskSizeGb: 500 });
});

test.each<[Partial<GpuPoolArgs>, string]>([
  [{ machineType: "g2-standard-5" }, 'unknown GPU machine type "g2-standard-5"; known: g2-stan'],
  [{ provisioning: "reservation" }, "a pool from a reservation needs the reservation's name"],
])("%j is refused", async (args, message) => {
  await expect(gpuPool({ ...L4, ...args })).rejects.toThrow(message);
});
