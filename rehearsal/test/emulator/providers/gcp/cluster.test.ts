import { Resource } from "./support/standIn";
import { makeNetworkAndNodes } from "./support/clusterInputs";
import { PROJECT, REGION, TestCloud } from "../../cloud/support/testCloud";
import { PROGRAM } from "./support/cluster";
import { RecordedStandIn } from "./support/recorder";

const CLUSTER = "gcp:container/cluster:Cluster";
const ALL = `https://container.googleapis.com/v1beta1/projects/${PROJECT}/locations/${REGION}/clusters`;
const QUERY = "alt=json&prettyPrint=false";
const READ = [`GET ${ALL}/eu?${QUERY}`];

let cloud: TestCloud;
let standIn: RecordedStandIn;
beforeAll(async () => {
  cloud = await TestCloud.start();
  standIn = await RecordedStandIn.before(cloud);
  await makeNetworkAndNodes(cloud, standIn);
  standIn.taken();
});
afterAll(() => cloud.stop());

/** What is told of every cluster of this program, whatever it says. */
const always = {
  autopilot: { enabled: false },
  autoscaling: { enableNodeAutoprovisioning: false },
  binaryAuthorization: { enabled: false },
  legacyAbac: { enabled: false },
  networkPolicy: {},
  notificationConfig: { pubsub: {} },
  resourceLabels: { "goog-pulumi-provisioned": "true" },
  shieldedNodes: { enabled: true },
};
const network = `projects/${PROJECT}/global/networks/vpc`;
const subnetwork = `projects/${PROJECT}/regions/${REGION}/subnetworks/nodes`;

describe("this program's cluster", () => {
  let made: Resource;

  test("is looked for, made, freed of its pool and waited for", async () => {
    made = await standIn.create(CLUSTER, "x", PROGRAM);
    expect(standIn.taken()).toEqual([
      READ,
      [
        `POST ${ALL}?${QUERY}`,
        {
          cluster: {
            ...always,
            name: "eu",
            initialNodeCount: 1,
            initialClusterVersion: "1.34",
            locations: [`${REGION}-a`, `${REGION}-b`],
            network,
            subnetwork,
            ipAllocationPolicy: {
              useIpAliases: true,
              clusterSecondaryRangeName: "pods",
              servicesSecondaryRangeName: "services",
              stackType: "IPV4",
            },
            networkConfig: {
              datapathProvider: "ADVANCED_DATAPATH",
              defaultEnablePrivateNodes: true,
              gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
            },
            controlPlaneEndpointsConfig: {
              dnsEndpointConfig: {
                allowExternalTraffic: true,
                enableK8sTokensViaDns: false,
                enableK8sCertsViaDns: false,
              },
              ipEndpointsConfig: { enabled: false },
            },
            workloadIdentityConfig: { workloadPool: `${PROJECT}.svc.id.goog` },
            secretManagerConfig: { enabled: false },
            podAutoscaling: { hpaProfile: "PERFORMANCE" },
            monitoringConfig: {
              componentConfig: { enableComponents: ["SYSTEM_COMPONENTS", "DCGM"] },
              managedPrometheusConfig: { enabled: true },
            },
            costManagementConfig: { enabled: true },
            addonsConfig: { gcsFuseCsiDriverConfig: { enabled: false } },
            releaseChannel: { channel: "RAPID" },
            maintenancePolicy: {
              window: {
                recurringWindow: {
                  recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
                  window: { startTime: "2026-01-03T00:00:00Z", endTime: "2026-01-04T00:00:00Z" },
                },
              },
            },
            nodeConfig: {
              machineType: "e2-medium",
              serviceAccount: "default",
              loggingConfig: { variantConfig: {} },
            },
          },
        },
      ],
      [`DELETE ${ALL}/eu/nodePools/default-pool?${QUERY}`],
      READ,
      READ,
    ]);
    await standIn.refresh(made);
    expect(standIn.taken()).toEqual([READ]);
  });

  test("is waited for and deleted, and asked for only where it is gone", async () => {
    await standIn.delete(made);
    expect(standIn.taken()).toEqual([READ, [`DELETE ${ALL}/eu?${QUERY}`]]);
    await standIn.delete(made);
    expect(standIn.taken()).toEqual([READ]);
  });
});

test("a cluster of which little is said tells of its endpoints, scopes and windows all the same", async () => {
  const ipAllocationPolicy = {
    clusterSecondaryRangeName: "pods",
    servicesSecondaryRangeName: "services",
  };
  const inputs = { name: "eu", initialNodeCount: 1, network: "vpc", subnetwork: "nodes" };
  const made = await standIn.create(CLUSTER, "x", {
    ...inputs,
    ...{ location: REGION, deletionProtection: false, ipAllocationPolicy },
    defaultMaxPodsPerNode: 64,
    verticalPodAutoscaling: { enabled: true },
    privateClusterConfig: {
      enablePrivateEndpoint: true,
      masterIpv4CidrBlock: "10.200.0.0/28",
    },
    masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: "10.0.0.0/8" }] },
  });
  const [, [, body] = []] = standIn.taken();
  expect(body).toEqual({
    cluster: {
      ...always,
      ...{ name: "eu", initialNodeCount: 1, network, subnetwork },
      ipAllocationPolicy: { ...ipAllocationPolicy, useIpAliases: true, stackType: "IPV4" },
      networkConfig: {},
      defaultMaxPodsConstraint: { maxPodsPerNode: "64" },
      verticalPodAutoscaling: { enabled: true },
      privateClusterConfig: { masterIpv4CidrBlock: "10.200.0.0/28" },
      controlPlaneEndpointsConfig: {
        dnsEndpointConfig: {
          allowExternalTraffic: false,
          enableK8sTokensViaDns: false,
          enableK8sCertsViaDns: false,
        },
        ipEndpointsConfig: {
          enabled: true,
          enablePublicEndpoint: false,
          privateEndpointSubnetwork: "",
          globalAccess: false,
          authorizedNetworksConfig: {
            enabled: true,
            cidrBlocks: [{ cidrBlock: "10.0.0.0/8" }],
          },
        },
      },
      nodeConfig: {
        oauthScopes: [
          "https://www.googleapis.com/auth/devstorage.read_only",
          "https://www.googleapis.com/auth/logging.write",
          "https://www.googleapis.com/auth/monitoring",
          "https://www.googleapis.com/auth/service.management.readonly",
          "https://www.googleapis.com/auth/servicecontrol",
          "https://www.googleapis.com/auth/trace.append",
        ],
      },
      maintenancePolicy: { window: {} },
    },
  });
  await standIn.delete(made);
});
