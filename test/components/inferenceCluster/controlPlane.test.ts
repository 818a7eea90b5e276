import { CLUSTER_ARGS, registerCluster } from "../../support/clusterMocks";
import { find, type Registration } from "../../../rehearsal/stage/registrations";

const CLUSTER = "gcp:container/cluster:Cluster::west";

/** How the cluster `west` is registered. */
async function clusterWith(args?: Parameters<typeof registerCluster>[0]): Promise<Registration> {
  return find(await registerCluster(args), CLUSTER);
}

test("the cluster has all that the gateway needs of it", async () => {
  const { inputs } = await clusterWith();
  expect(inputs).toEqual({
    name: "west",
    project: "demo",
    location: "europe-west3",
    network: "vpc",
    subnetwork: "subnet",
    networkingMode: "VPC_NATIVE",
    datapathProvider: "ADVANCED_DATAPATH",
    ipAllocationPolicy: {
      clusterSecondaryRangeName: "pods",
      servicesSecondaryRangeName: "services",
    },
    privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { allowExternalTraffic: true },
      ipEndpointsConfig: { enabled: false },
    },
    workloadIdentityConfig: { workloadPool: "demo.svc.id.goog" },
    secretManagerConfig: { enabled: false },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
    podAutoscaling: { hpaProfile: "PERFORMANCE" },
    monitoringConfig: {
      enableComponents: ["SYSTEM_COMPONENTS", "DCGM"],
      managedPrometheus: { enabled: true },
    },
    costManagementConfig: { enabled: true },
    addonsConfig: { gcsFuseCsiDriverConfig: { enabled: false } },
    releaseChannel: { channel: "REGULAR" },
    maintenancePolicy: {
      recurringWindow: {
        startTime: "2026-01-10T02:00:00Z",
        endTime: "2026-01-10T08:00:00Z",
        recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
      },
    },
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: { serviceAccount: CLUSTER_ARGS.nodeServiceAccount, machineType: "e2-medium" },
    deletionProtection: false,
  });
});

test("its creation may take an hour, and the removed pool's description and zones change nothing", async () => {
  expect(await clusterWith()).toMatchObject({
    protect: false,
    deleteBeforeReplace: false,
    ignoreChanges: ["nodeConfig", "nodeLocations"],
    replaceOnChanges: [],
    timeouts: { create: "60m", update: "60m", delete: "60m" },
  });
});

test("deletion protection holds in Google Cloud and in Pulumi", async () => {
  const { inputs, protect } = await clusterWith({ deletionProtection: true });
  expect([inputs.deletionProtection, protect]).toEqual([true, true]);
});

test.each([
  [{ zones: ["europe-west3-a"] }, { nodeLocations: ["europe-west3-a"] }],
  [{ bucketVolumes: true }, { addonsConfig: { gcsFuseCsiDriverConfig: { enabled: true } } }],
  [{ secretManager: true }, { secretManagerConfig: { enabled: true } }],
  [{ gkeVersion: "1.36" }, { minMasterVersion: "1.36" }],
  [{ releaseChannel: "STABLE" as const }, { releaseChannel: { channel: "STABLE" } }],
  [
    { maintenance: { days: ["wednesday" as const], startTime: "22:30", hours: 12 } },
    {
      maintenancePolicy: {
        recurringWindow: {
          startTime: "2026-01-07T22:30:00Z",
          endTime: "2026-01-08T10:30:00Z",
          recurrence: "FREQ=WEEKLY;BYDAY=WE",
        },
      },
    },
  ],
])("%j changes %j and nothing else", async (args, changed) => {
  const [usual, other] = [await clusterWith(), await clusterWith(args)];
  expect(other.inputs).toEqual({ ...usual.inputs, ...changed });
});
