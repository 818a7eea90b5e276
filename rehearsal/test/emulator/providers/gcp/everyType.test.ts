import { PropertyMap, UNKNOWN } from "../../../../emulator/providers/plugin";
import {
  CLUSTER_NAME,
  makeCluster,
  makeMembership,
  makeNetwork,
  PROJECT,
  REGION,
  TestCloud,
} from "../../cloud/support/testCloud";
import { CLUSTER_INPUTS, makeNetworkAndNodes } from "./support/clusterInputs";
import { StandIn, open, Resource, SUFFIX } from "./support/standIn";

let cloud: TestCloud;
let standIn: StandIn;
beforeEach(async () => {
  cloud = await TestCloud.start();
  standIn = await new StandIn(cloud).configure();
});
afterEach(() => cloud.stop());

const COMPUTE_URL = `https://www.googleapis.com/compute/v1/projects/${PROJECT}`;
/** As the provider writes it for Cloud DNS. */
const NETWORK_URL = `https://compute.googleapis.com/compute/v1/projects/${PROJECT}/global/networks/vpc`;
const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";
const NETWORK = "gcp:compute/network:Network";

const ZONE = {
  dnsName: "llm.corp.internal.",
  privateVisibilityConfig: {
    networks: [{ networkUrl: `projects/${PROJECT}/global/networks/vpc` }],
  },
};

function geo(location: string, ipAddress: string): PropertyMap {
  const target = {
    loadBalancerType: "globalL7ilb",
    ipAddress,
    port: "80",
    ipProtocol: "tcp",
    networkUrl: `projects/${PROJECT}/global/networks/vpc`,
    project: PROJECT,
  };
  return { location, healthCheckedTargets: { internalLoadBalancers: [target] } };
}

/** Type, inputs, what must be there before, id, and outputs that matter. */
const RESOURCES: [string, PropertyMap, () => Promise<unknown>, string, PropertyMap][] = [
  [
    NETWORK,
    { autoCreateSubnetworks: false, routingMode: "GLOBAL" },
    async () => undefined,
    `projects/${PROJECT}/global/networks/x-${SUFFIX}`,
    {
      name: `x-${SUFFIX}`,
      project: PROJECT,
      routingMode: "GLOBAL",
      mtu: 1460,
      selfLink: `${COMPUTE_URL}/global/networks/x-${SUFFIX}`,
      deletionPolicy: "DELETE",
    },
  ],
  [
    "gcp:compute/subnetwork:Subnetwork",
    { name: "nodes", network: "vpc", ipCidrRange: "10.0.0.0/20", privateIpGoogleAccess: true },
    () => makeNetwork(cloud),
    `projects/${PROJECT}/regions/${REGION}/subnetworks/nodes`,
    {
      region: REGION,
      network: `${COMPUTE_URL}/global/networks/vpc`,
      gatewayAddress: "10.0.0.1",
      purpose: "PRIVATE",
      selfLink: `${COMPUTE_URL}/regions/${REGION}/subnetworks/nodes`,
    },
  ],
  [
    "gcp:compute/subnetwork:Subnetwork",
    {
      name: "proxies",
      network: "vpc",
      region: "us-east4",
      ipCidrRange: "10.64.0.0/23",
      purpose: "GLOBAL_MANAGED_PROXY",
      role: "ACTIVE",
    },
    () => makeNetwork(cloud),
    `projects/${PROJECT}/regions/us-east4/subnetworks/proxies`,
    { region: "us-east4", purpose: "GLOBAL_MANAGED_PROXY", role: "ACTIVE" },
  ],
  [
    "gcp:compute/router:Router",
    { name: "router", network: "vpc" },
    () => makeNetwork(cloud),
    `projects/${PROJECT}/regions/${REGION}/routers/router`,
    { region: REGION, network: `${COMPUTE_URL}/global/networks/vpc` },
  ],
  [
    "gcp:compute/routerNat:RouterNat",
    {
      name: "nat",
      router: "router",
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    },
    async () => {
      await makeNetwork(cloud);
      await standIn.create("gcp:compute/router:Router", "r", { name: "router", network: "vpc" });
    },
    `${PROJECT}/${REGION}/router/nat`,
    { project: PROJECT, region: REGION, router: "router", type: "PUBLIC" },
  ],
  [
    "gcp:compute/firewall:Firewall",
    {
      name: "allow",
      network: "vpc",
      sourceRanges: ["35.191.0.0/16", "10.64.0.0/23"],
      allows: [{ protocol: "tcp", ports: ["8000"] }],
      logConfig: { metadata: "EXCLUDE_ALL_METADATA" },
    },
    () => makeNetwork(cloud),
    `projects/${PROJECT}/global/firewalls/allow`,
    {
      direction: "INGRESS",
      priority: 1000,
      allows: [{ protocol: "tcp", ports: ["8000"] }],
      network: `${COMPUTE_URL}/global/networks/vpc`,
    },
  ],
  [
    "gcp:compute/address:Address",
    { name: "egress", labels: { a: "b" } },
    async () => undefined,
    `projects/${PROJECT}/regions/${REGION}/addresses/egress`,
    {
      address: "203.0.113.2",
      addressType: "EXTERNAL",
      networkTier: "PREMIUM",
      labels: { a: "b" },
      pulumiLabels: { a: "b", "goog-pulumi-provisioned": "true" },
      effectiveLabels: { a: "b", "goog-pulumi-provisioned": "true" },
    },
  ],
  [
    CLUSTER,
    CLUSTER_INPUTS,
    () => makeNetworkAndNodes(cloud, standIn),
    CLUSTER_NAME,
    {
      masterVersion: "1.34.12-gke.1011000",
      endpoint: "127.0.0.1:6443",
      masterAuth: { clusterCaCertificate: "Y2E=" },
      controlPlaneEndpointsConfig: {
        dnsEndpointConfig: { allowExternalTraffic: true, endpoint: "127.0.0.1:6443" },
        ipEndpointsConfig: { enabled: false },
      },
      network: `projects/${PROJECT}/global/networks/vpc`,
      subnetwork: `projects/${PROJECT}/regions/${REGION}/subnetworks/nodes`,
      nodeLocations: ["europe-west4-a", "europe-west4-b", "europe-west4-c"],
      servicesIpv4Cidr: "10.32.0.0/20",
      selfLink: `https://container.googleapis.com/v1beta1/${CLUSTER_NAME}`,
      podAutoscaling: { hpaProfile: "PERFORMANCE" },
      deletionProtection: false,
      removeDefaultNodePool: true,
      minMasterVersion: "1.34.12-gke.1011000",
    },
  ],
  [
    NODE_POOL,
    {
      name: "gpu",
      cluster: CLUSTER_NAME,
      autoscaling: { totalMinNodeCount: 1, totalMaxNodeCount: 2, locationPolicy: "ANY" },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: "SURGE", maxSurge: 0, maxUnavailable: 1 },
      nodeDrainConfigs: [{ respectPdbDuringNodePoolDeletion: true }],
      nodeConfig: {
        machineType: "g2-standard-8",
        spot: true,
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        metadata: { "disable-legacy-endpoints": "true" },
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        guestAccelerators: [
          {
            type: "nvidia-l4",
            count: 1,
            gpuDriverInstallationConfig: { gpuDriverVersion: "LATEST" },
          },
        ],
        taints: [{ key: "team", value: "a", effect: "NO_SCHEDULE" }],
      },
    },
    () => makeCluster(cloud),
    `${CLUSTER_NAME}/nodePools/gpu`,
    {
      project: PROJECT,
      location: REGION,
      cluster: CLUSTER_NAME,
      // One node in three groups of machines: less than one for each, as the provider counts.
      nodeCount: 0,
      nodeDrainConfigs: [{ respectPdbDuringNodePoolDeletion: true }],
      version: "1.34.12-gke.1011000",
      nodeConfig: {
        diskSizeGb: 100,
        taints: [{ key: "team", value: "a", effect: "NO_SCHEDULE" }],
        effectiveTaints: [
          { key: "team", value: "a", effect: "NO_SCHEDULE" },
          { key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" },
        ],
      },
    },
  ],
  [
    "gcp:gkehub/membership:Membership",
    {
      membershipId: "eu",
      // The bare id of the cluster works too.
      endpoint: { gkeCluster: { resourceLink: CLUSTER_NAME } },
      authority: { issuer: `https://container.googleapis.com/v1/${CLUSTER_NAME}` },
    },
    () => makeCluster(cloud),
    `projects/${PROJECT}/locations/global/memberships/eu`,
    {
      name: `projects/${PROJECT}/locations/global/memberships/eu`,
      location: "global",
      endpoint: { gkeCluster: { resourceLink: `//container.googleapis.com/${CLUSTER_NAME}` } },
    },
  ],
  [
    "gcp:gkehub/feature:Feature",
    {
      name: "multiclusteringress",
      location: "global",
      spec: {
        multiclusteringress: {
          configMembership: `projects/${PROJECT}/locations/global/memberships/eu`,
        },
      },
    },
    async () => {
      await makeCluster(cloud);
      await makeMembership(cloud);
    },
    `projects/${PROJECT}/locations/global/features/multiclusteringress`,
    {
      resourceStates: [{ state: "ACTIVE" }],
      states: [{ states: [expect.objectContaining({ code: "OK" })] }],
    },
  ],
  [
    "gcp:dns/managedZone:ManagedZone",
    { name: "llm", ...ZONE, visibility: "private", labels: { a: "b" } },
    () => makeDns(false),
    `projects/${PROJECT}/managedZones/llm`,
    {
      name: "llm",
      description: "Managed by Pulumi",
      managedZoneId: expect.stringMatching(/^\d+$/),
      nameServers: ["ns-gcp-private.googledomains.com."],
      privateVisibilityConfig: { networks: [{ networkUrl: NETWORK_URL }] },
      effectiveLabels: { a: "b", "goog-pulumi-provisioned": "true" },
    },
  ],
  [
    "gcp:dns/recordSet:RecordSet",
    {
      managedZone: "llm",
      name: "llm.corp.internal.",
      type: "A",
      ttl: 30,
      routingPolicy: { geos: [geo("europe-west4", "10.0.0.1"), geo("us-east4", "10.0.0.2")] },
    },
    () => makeDns(true),
    `projects/${PROJECT}/managedZones/llm/rrsets/llm.corp.internal./A`,
    { managedZone: "llm", ttl: 30, project: PROJECT },
  ],
  [
    "gcp:projects/service:Service",
    { service: "dns.googleapis.com", disableOnDestroy: true },
    async () => undefined,
    `${PROJECT}/dns.googleapis.com`,
    { project: PROJECT, service: "dns.googleapis.com", disableOnDestroy: true },
  ],
  [
    "gcp:serviceaccount/account:Account",
    { accountId: "gke-nodes", displayName: "Nodes" },
    async () => undefined,
    `projects/${PROJECT}/serviceAccounts/gke-nodes@${PROJECT}.iam.gserviceaccount.com`,
    {
      email: `gke-nodes@${PROJECT}.iam.gserviceaccount.com`,
      member: `serviceAccount:gke-nodes@${PROJECT}.iam.gserviceaccount.com`,
      name: `projects/${PROJECT}/serviceAccounts/gke-nodes@${PROJECT}.iam.gserviceaccount.com`,
      displayName: "Nodes",
    },
  ],
  [
    "gcp:projects/iAMMember:IAMMember",
    { project: PROJECT, role: "roles/viewer", member: "user:A@example.com" },
    async () => undefined,
    `${PROJECT}/roles/viewer/user:a@example.com`,
    { project: PROJECT, role: "roles/viewer", member: "user:A@example.com" },
  ],
];

describe.each(RESOURCES)("%s %j", (type, inputs, prepare, id, outputs) => {
  let made: Resource;
  beforeEach(async () => {
    await prepare();
    made = await standIn.create(type, "x", inputs);
  });

  it("has its id and outputs", () => {
    expect(made.id).toBe(id);
    expect(open(made.outputs)).toMatchObject(outputs);
  });

  it("is refreshed without drift, and planned without change", async () => {
    expect(await standIn.refresh(made)).toEqual(made);
    expect((await standIn.diff(made, inputs)).changes).toEqual([]);
  });

  it("is gone when it was deleted, and deleting it again succeeds", async () => {
    await standIn.delete(made);
    expect(await standIn.refresh(made)).toBeUndefined();
    await standIn.delete(made);
  });

  it("shows in a preview what it will show, but for what only the cloud knows", async () => {
    const preview = await standIn.preview(type, "x", inputs);
    expect(known(open(preview), open(made.outputs))).toEqual([]);
    expect(open(preview).deletionPolicy).toBe(open(made.outputs).deletionPolicy);
  });
});

/** Network and API of Cloud DNS. @param zone whether there is one */
async function makeDns(zone: boolean): Promise<void> {
  await makeNetwork(cloud);
  await cloud.enable("dns.googleapis.com");
  if (!zone) return;
  await standIn.create("gcp:dns/managedZone:ManagedZone", "z", {
    name: "llm",
    ...ZONE,
    visibility: "private",
  });
}

/** Paths at which a preview says something else than what came of it. */
function known(preview: unknown, real: unknown, path = ""): string[] {
  if (preview === UNKNOWN) return [];
  if (typeof preview !== "object" || preview === null) {
    return preview === real || isSpelling(path) ? [] : [path];
  }
  return Object.entries(preview).flatMap(([key, value]) =>
    known(value, (real as Record<string, unknown> | undefined)?.[key], `${path}.${key}`),
  );
}

/** Where the cloud answers with the long form of what the program wrote. */
function isSpelling(path: string): boolean {
  const spelt = [".network", ".subnetwork", ".endpoint.gkeCluster.resourceLink"];
  return spelt.includes(path) || path.endsWith(".networkUrl");
}
