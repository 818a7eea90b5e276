import type { PropertyMap } from "../../../../emulator/providers/plugin";
import { makeNetworkAndNodes } from "./support/clusterInputs";
import { Resource } from "./support/standIn";
import { PROJECT, REGION, TestCloud } from "../../cloud/support/testCloud";
import { PROGRAM } from "./support/cluster";
import { RecordedStandIn, Sent } from "./support/recorder";

const CLUSTER = "gcp:container/cluster:Cluster";
const OWN = `https://container.googleapis.com/v1beta1/projects/${PROJECT}/locations/${REGION}/clusters/eu`;
const QUERY = "alt=json&prettyPrint=false";
const READ: Sent = [`GET ${OWN}?${QUERY}`];
const put = (update: object): Sent => [`PUT ${OWN}?${QUERY}`, { update }];
const post = (method: string, body: object): Sent => [`POST ${OWN}:${method}?${QUERY}`, body];

/** Without its first pool's machines, which the program does not look at again: that pool is gone. */
const { nodeConfig, ...INPUTS } = PROGRAM;

let cloud: TestCloud;
let standIn: RecordedStandIn;
let made: Resource;
beforeAll(async () => {
  cloud = await TestCloud.start();
  standIn = await RecordedStandIn.before(cloud);
  await makeNetworkAndNodes(cloud, standIn);
  expect(nodeConfig).toBeDefined();
  made = await standIn.create(CLUSTER, "x", INPUTS);
  standIn.taken();
});
afterAll(() => cloud.stop());

/** What an update of the cluster sends, without the two looks before and after it and the reading. */
async function sentBy(changes: PropertyMap): Promise<Sent[]> {
  made = await standIn.update(made, { ...INPUTS, ...changes });
  const sent = standIn.taken();
  expect([sent.at(0), sent.at(-2), sent.at(-1)]).toEqual([READ, READ, READ]);
  return sent.slice(1, -2);
}

const window = {
  recurringWindow: {
    recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
    window: { startTime: "2026-01-03T00:00:00Z", endTime: "2026-01-04T00:00:00Z" },
  },
};
const exclusion = {
  exclusionName: "peak",
  startTime: "2027-02-01T00:00:00Z",
  endTime: "2027-02-03T00:00:00Z",
  exclusionOptions: { scope: "NO_UPGRADES" },
};
const maintenanceExclusions = {
  peak: {
    startTime: "2027-02-01T00:00:00Z",
    endTime: "2027-02-03T00:00:00Z",
    maintenanceExclusionOptions: { scope: "NO_UPGRADES" },
  },
};
const resourceVersion: unknown = expect.any(String);

test("each property is changed by a call of its own, in a fixed order", async () => {
  const { labelFingerprint } = made.outputs;
  const calls = await sentBy({
    addonsConfig: { gcsFuseCsiDriverConfig: { enabled: true } },
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { allowExternalTraffic: true, enableK8sTokensViaDns: true },
      ipEndpointsConfig: { enabled: false },
    },
    costManagementConfig: { enabled: false },
    enableShieldedNodes: false,
    gatewayApiConfig: { channel: "CHANNEL_DISABLED" },
    maintenancePolicy: {
      ...(PROGRAM.maintenancePolicy as PropertyMap),
      maintenanceExclusions: [exclusion],
    },
    minMasterVersion: "1.35",
    monitoringConfig: {
      enableComponents: ["SYSTEM_COMPONENTS"],
      managedPrometheus: { enabled: false },
    },
    nodeLocations: [`${REGION}-b`, `${REGION}-c`],
    podAutoscaling: { hpaProfile: "NONE" },
    privateClusterConfig: { enablePrivateNodes: false },
    releaseChannel: { channel: "REGULAR" },
    resourceLabels: { a: "b" },
    secretManagerConfig: { enabled: true },
  });
  expect(calls).toEqual([
    put({
      desiredControlPlaneEndpointsConfig: {
        dnsEndpointConfig: {
          allowExternalTraffic: true,
          enableK8sTokensViaDns: true,
          enableK8sCertsViaDns: false,
        },
        ipEndpointsConfig: { enabled: false },
      },
    }),
    put({ desiredDefaultEnablePrivateNodes: false }),
    put({
      // With those that the cloud told when it was read.
      desiredAddonsConfig: {
        gcePersistentDiskCsiDriverConfig: { enabled: true },
        gcsFuseCsiDriverConfig: { enabled: true },
        networkPolicyConfig: { disabled: true },
      },
    }),
    put({ desiredShieldedNodes: { enabled: false } }),
    put({ desiredReleaseChannel: { channel: "REGULAR" } }),
    put({ desiredCostManagementConfig: { enabled: false } }),
    put({ desiredLocations: ["a", "b", "c"].map((zone) => `${REGION}-${zone}`) }),
    put({ desiredLocations: ["b", "c"].map((zone) => `${REGION}-${zone}`) }),
    put({ desiredMasterVersion: "1.35" }),
    READ,
    post("setMaintenancePolicy", {
      maintenancePolicy: { resourceVersion, window: { ...window, maintenanceExclusions } },
    }),
    put({ desiredPodAutoscaling: { hpaProfile: "NONE" } }),
    put({ desiredSecretManagerConfig: { enabled: true } }),
    put({
      desiredMonitoringConfig: {
        componentConfig: { enableComponents: ["SYSTEM_COMPONENTS"] },
        managedPrometheusConfig: {},
      },
    }),
    post("setResourceLabels", {
      labelFingerprint,
      resourceLabels: { a: "b", "goog-pulumi-provisioned": "true" },
    }),
    put({ desiredGatewayApiConfig: { channel: "CHANNEL_DISABLED" } }),
  ]);
});

test("what only the provider knows takes no call, but the looks", async () => {
  const { inputs } = made;
  made = await standIn.update(made, { ...inputs, deletionProtection: true });
  expect(standIn.taken()).toEqual([READ, READ, READ]);
  made = await standIn.update(made, { ...inputs, deletionPolicy: "PREVENT" });
  standIn.taken();
  made = await standIn.update(made, inputs);
  expect(standIn.taken()).toEqual([READ]);
});

test("exclusions stay where the program has none, also without a window", async () => {
  const { maintenancePolicy, ...others } = made.inputs;
  expect(maintenancePolicy).toBeDefined();
  made = await standIn.update(made, others);
  expect(standIn.taken().slice(1, -2)).toEqual([
    READ,
    post("setMaintenancePolicy", {
      maintenancePolicy: { resourceVersion, window: { maintenanceExclusions } },
    }),
  ]);
});
