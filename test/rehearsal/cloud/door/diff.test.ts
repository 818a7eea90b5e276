import { formatPath, PropertyMap, UNKNOWN } from "../../../../rehearsal/providers/plugin";
import { PROJECT } from "../support/testCloud";
import { Door, Resource } from "./support/door";

const door = new Door("http://127.0.0.1:1");
beforeAll(() => door.configure());

const VPC = `projects/${PROJECT}/global/networks/vpc`;
const URL = `https://www.googleapis.com/compute/v1/${VPC}`;

/** States as the stand-in leaves them, and the inputs that made them. */
const SAMPLES: Record<string, { inputs: PropertyMap; outputs: PropertyMap }> = {
  "gcp:compute/network:Network": {
    inputs: { name: "vpc", autoCreateSubnetworks: false, routingMode: "GLOBAL", mtu: 1460 },
    outputs: { project: PROJECT, networkId: "1", selfLink: URL },
  },
  "gcp:compute/subnetwork:Subnetwork": {
    inputs: {
      name: "nodes",
      network: VPC,
      ipCidrRange: "10.0.0.0/20",
      secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.16.0.0/14" }],
    },
    outputs: { project: PROJECT, region: "europe-west4", network: URL, purpose: "PRIVATE" },
  },
  "gcp:compute/firewall:Firewall": {
    inputs: {
      name: "allow",
      network: VPC,
      sourceRanges: ["35.191.0.0/16", "130.211.0.0/22"],
      allows: [
        { protocol: "tcp", ports: ["8000"] },
        { protocol: "udp", ports: ["53"] },
      ],
    },
    outputs: { project: PROJECT, direction: "INGRESS", network: URL },
  },
  "gcp:compute/address:Address": {
    inputs: { name: "egress", region: "europe-west4", labels: { a: "b" } },
    outputs: {
      project: PROJECT,
      pulumiLabels: { a: "b", "goog-pulumi-provisioned": "true" },
      effectiveLabels: { a: "b", "goog-pulumi-provisioned": "true" },
    },
  },
  "gcp:container/cluster:Cluster": {
    inputs: {
      name: "eu",
      location: "europe-west4",
      network: VPC,
      initialNodeCount: 1,
      ipAllocationPolicy: { clusterSecondaryRangeName: "pods" },
      releaseChannel: { channel: "RAPID" },
      deletionProtection: false,
      minMasterVersion: "1.34.1-gke.1127000",
    },
    outputs: {
      project: PROJECT,
      masterVersion: "1.35.1-gke.1396000",
      monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS"] },
      pulumiLabels: {},
      effectiveLabels: {},
    },
  },
  "gcp:container/nodePool:NodePool": {
    inputs: {
      name: "gpu",
      cluster: `projects/${PROJECT}/locations/europe-west4/clusters/eu`,
      initialNodeCount: 1,
      nodeConfig: {
        machineType: "g2-standard-8",
        spot: true,
        labels: { pool: "gpu" },
        guestAccelerators: [{ type: "nvidia-l4", count: 1 }],
        taints: [{ key: "a", value: "b", effect: "NO_SCHEDULE" }],
      },
    },
    outputs: { project: PROJECT, location: "europe-west4", nodeCount: 1, version: "1.34" },
  },
  "gcp:gkehub/membership:Membership": {
    inputs: {
      membershipId: "eu",
      endpoint: { gkeCluster: { resourceLink: "//container.googleapis.com/projects/p/c" } },
      authority: { issuer: "https://i" },
    },
    outputs: { project: PROJECT },
  },
  "gcp:gkehub/feature:Feature": {
    inputs: {
      name: "multiclusteringress",
      location: "global",
      spec: { multiclusteringress: { configMembership: "m1" } },
    },
    outputs: { project: PROJECT, states: [], resourceStates: [{ hasResources: false }] },
  },
  "gcp:projects/iAMMember:IAMMember": {
    inputs: { project: PROJECT, role: "roles/viewer", member: "user:a@example.com" },
    outputs: { etag: "BwX" },
  },
  "gcp:projects/serviceIdentity:ServiceIdentity": {
    inputs: { service: "multiclusteringress.googleapis.com" },
    outputs: { project: PROJECT, email: "e", member: "serviceAccount:e" },
  },
  "gcp:projects/service:Service": {
    inputs: { service: "compute.googleapis.com", disableOnDestroy: false },
    outputs: { project: PROJECT },
  },
  "gcp:serviceaccount/account:Account": {
    inputs: { accountId: "gke-nodes", displayName: "Nodes" },
    outputs: { project: PROJECT, email: "e" },
  },
};

/** The state of a sample, with some outputs and inputs that are not as above. */
async function sample(type: string, inputs: PropertyMap = {}): Promise<Resource> {
  const found = SAMPLES[type];
  if (!found) throw new Error(`no sample of ${type}`);
  const checked = await door.check(type, "x", { ...found.inputs, ...inputs });
  const state = Object.fromEntries(Object.entries(checked).filter(([key]) => key !== "__defaults"));
  const outputs = { deletionPolicy: "DELETE", ...state, ...found.outputs };
  return { type, name: "x", id: "id", inputs: checked, outputs };
}

/** The sample's inputs with changes; `undefined` leaves a property out. */
function changed(type: string, changes: Record<string, unknown>): PropertyMap {
  const inputs = { ...SAMPLES[type]?.inputs, ...changes } as PropertyMap;
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}

it.each(Object.keys(SAMPLES))("%s: no change, no difference", async (type) => {
  expect(await door.diff(await sample(type), changed(type, {}))).toEqual({ changes: [] });
});

const config = (changes: object) => ({
  nodeConfig: {
    ...(SAMPLES["gcp:container/nodePool:NodePool"]?.inputs.nodeConfig as object),
    ...changes,
  },
});

/** Type, change, path of the difference, its kind, whether it replaces the resource. */
const DIFFERENCES: [string, Record<string, unknown>, string, string, boolean][] = [
  ["gcp:compute/network:Network", { routingMode: "REGIONAL" }, "routingMode", "update", false],
  ["gcp:compute/network:Network", { mtu: 1500 }, "mtu", "update", false],
  ["gcp:compute/network:Network", { name: "other" }, "name", "update", true],
  ["gcp:compute/network:Network", { description: "new" }, "description", "add", true],
  [
    "gcp:compute/network:Network",
    { autoCreateSubnetworks: true },
    "autoCreateSubnetworks",
    "update",
    true,
  ],
  ["gcp:compute/network:Network", { project: "other-project" }, "project", "update", true],
  [
    "gcp:compute/subnetwork:Subnetwork",
    { ipCidrRange: "10.0.0.0/19" },
    "ipCidrRange",
    "update",
    false,
  ],
  [
    "gcp:compute/subnetwork:Subnetwork",
    { ipCidrRange: "10.0.0.0/21" },
    "ipCidrRange",
    "update",
    true,
  ],
  [
    "gcp:compute/subnetwork:Subnetwork",
    { ipCidrRange: "10.1.0.0/20" },
    "ipCidrRange",
    "update",
    true,
  ],
  [
    "gcp:compute/subnetwork:Subnetwork",
    { purpose: "GLOBAL_MANAGED_PROXY" },
    "purpose",
    "update",
    false,
  ],
  ["gcp:compute/subnetwork:Subnetwork", { role: "ACTIVE" }, "role", "add", false],
  ["gcp:compute/subnetwork:Subnetwork", { network: "other" }, "network", "update", true],
  ["gcp:compute/subnetwork:Subnetwork", { region: "us-east4" }, "region", "update", true],
  [
    "gcp:compute/subnetwork:Subnetwork",
    { secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.20.0.0/14" }] },
    "secondaryIpRanges[0].ipCidrRange",
    "update",
    false,
  ],
  [
    "gcp:compute/subnetwork:Subnetwork",
    { secondaryIpRanges: undefined, sendSecondaryIpRangeIfEmpty: true },
    "secondaryIpRanges",
    "delete",
    false,
  ],
  ["gcp:compute/firewall:Firewall", { network: "other" }, "network", "update", false],
  ["gcp:compute/firewall:Firewall", { priority: 900 }, "priority", "update", false],
  [
    "gcp:compute/firewall:Firewall",
    { sourceRanges: ["35.191.0.0/16"] },
    "sourceRanges",
    "update",
    false,
  ],
  ["gcp:compute/firewall:Firewall", { allows: [{ protocol: "tcp" }] }, "allows", "update", false],
  ["gcp:compute/firewall:Firewall", { direction: "EGRESS" }, "direction", "update", true],
  ["gcp:compute/address:Address", { addressType: "INTERNAL" }, "addressType", "update", true],
  ["gcp:container/cluster:Cluster", { network: "other" }, "network", "update", true],
  ["gcp:container/cluster:Cluster", { initialNodeCount: 2 }, "initialNodeCount", "update", true],
  [
    "gcp:container/cluster:Cluster",
    { releaseChannel: { channel: "STABLE" } },
    "releaseChannel.channel",
    "update",
    false,
  ],
  [
    "gcp:container/cluster:Cluster",
    { deletionProtection: true },
    "deletionProtection",
    "update",
    false,
  ],
  [
    "gcp:container/cluster:Cluster",
    { podAutoscaling: { hpaProfile: "PERFORMANCE" } },
    "podAutoscaling",
    "add",
    false,
  ],
  [
    "gcp:container/cluster:Cluster",
    { nodeConfig: { machineType: "e2-medium" } },
    "nodeConfig",
    "add",
    true,
  ],
  [
    "gcp:container/cluster:Cluster",
    { ipAllocationPolicy: { clusterSecondaryRangeName: "other" } },
    "ipAllocationPolicy.clusterSecondaryRangeName",
    "update",
    true,
  ],
  [
    "gcp:container/cluster:Cluster",
    { enableShieldedNodes: false },
    "enableShieldedNodes",
    "update",
    false,
  ],
  ["gcp:container/nodePool:NodePool", { cluster: "other" }, "cluster", "update", true],
  ["gcp:container/nodePool:NodePool", { initialNodeCount: 2 }, "initialNodeCount", "update", true],
  ["gcp:container/nodePool:NodePool", { nodeCount: 2 }, "nodeCount", "update", false],
  [
    "gcp:container/nodePool:NodePool",
    config({ machineType: "g2-standard-12" }),
    "nodeConfig.machineType",
    "update",
    false,
  ],
  [
    "gcp:container/nodePool:NodePool",
    config({ labels: { pool: "b" } }),
    "nodeConfig.labels",
    "update",
    false,
  ],
  [
    "gcp:container/nodePool:NodePool",
    config({ taints: undefined }),
    "nodeConfig.taints",
    "delete",
    false,
  ],
  ["gcp:container/nodePool:NodePool", config({ spot: false }), "nodeConfig.spot", "update", true],
  [
    "gcp:container/nodePool:NodePool",
    config({ guestAccelerators: [{ type: "nvidia-l4", count: 2 }] }),
    "nodeConfig.guestAccelerators[0].count",
    "update",
    true,
  ],
  [
    "gcp:gkehub/membership:Membership",
    { endpoint: { gkeCluster: { resourceLink: "//container.googleapis.com/projects/p/d" } } },
    "endpoint.gkeCluster.resourceLink",
    "update",
    true,
  ],
  ["gcp:gkehub/membership:Membership", { authority: undefined }, "authority", "delete", false],
  ["gcp:gkehub/membership:Membership", { location: "us-east4" }, "location", "update", true],
  [
    "gcp:gkehub/feature:Feature",
    { spec: { multiclusteringress: { configMembership: "m2" } } },
    "spec.multiclusteringress.configMembership",
    "update",
    false,
  ],
  ["gcp:gkehub/feature:Feature", { name: "multiclusterservicediscovery" }, "name", "update", true],
  ["gcp:projects/iAMMember:IAMMember", { role: "roles/editor" }, "role", "update", true],
  [
    "gcp:projects/serviceIdentity:ServiceIdentity",
    { service: "gkehub.googleapis.com" },
    "service",
    "update",
    true,
  ],
  ["gcp:projects/service:Service", { service: "dns.googleapis.com" }, "service", "update", true],
  ["gcp:projects/service:Service", { disableOnDestroy: true }, "disableOnDestroy", "update", false],
  ["gcp:serviceaccount/account:Account", { displayName: "New" }, "displayName", "update", false],
  ["gcp:serviceaccount/account:Account", { accountId: "other-nodes" }, "accountId", "update", true],
  ["gcp:compute/network:Network", { mtu: UNKNOWN }, "mtu", "update", false],
  ["gcp:compute/subnetwork:Subnetwork", { network: UNKNOWN }, "network", "update", true],
  ["gcp:compute/network:Network", { deletionPolicy: "PREVENT" }, "deletionPolicy", "update", false],
];

it.each(DIFFERENCES)("%s: %j is %s: %s, replace: %s", async (type, change, path, kind, replace) => {
  const { changes } = await door.diff(await sample(type), changed(type, change));
  const [difference] = changes.filter((c) => formatPath(c.path) === path);
  expect(changes.filter((c) => c.replace).map((c) => formatPath(c.path))).toEqual(
    replace ? [path] : [],
  );
  expect(difference).toMatchObject({ kind });
});

/** What means the same, or what the cloud has filled in, is no difference. */
const SAME: [string, Record<string, unknown>][] = [
  ["gcp:compute/subnetwork:Subnetwork", { network: "vpc" }],
  [
    "gcp:compute/subnetwork:Subnetwork",
    { network: URL.replace("www.googleapis.com", "compute.googleapis.com") },
  ],
  ["gcp:compute/subnetwork:Subnetwork", { network: URL.replace("/v1/", "/beta/") }],
  ["gcp:compute/subnetwork:Subnetwork", { secondaryIpRanges: undefined }],
  ["gcp:compute/subnetwork:Subnetwork", { secondaryIpRanges: [] }],
  ["gcp:compute/subnetwork:Subnetwork", { privateIpGoogleAccess: false }],
  ["gcp:compute/network:Network", { mtu: undefined }],
  ["gcp:compute/network:Network", { description: "" }],
  ["gcp:compute/firewall:Firewall", { sourceRanges: ["130.211.0.0/22", "35.191.0.0/16"] }],
  [
    "gcp:compute/firewall:Firewall",
    {
      allows: [
        { protocol: "UDP", ports: ["53"] },
        { protocol: "tcp", ports: ["8000"] },
      ],
    },
  ],
  ["gcp:container/cluster:Cluster", { releaseChannel: undefined }],
  ["gcp:container/nodePool:NodePool", { initialNodeCount: undefined }],
  ["gcp:container/nodePool:NodePool", config({ preemptible: false })],
  [
    "gcp:gkehub/membership:Membership",
    { endpoint: { gkeCluster: { resourceLink: "projects/p/c" } } },
  ],
  ["gcp:projects/iAMMember:IAMMember", { member: "user:A@example.com" }],
];

it.each(SAME)("%s: %j is no difference", async (type, change) => {
  expect((await door.diff(await sample(type), changed(type, change))).changes).toEqual([]);
});

describe("of two objects with one name the old one goes first", () => {
  const NETWORK = "gcp:compute/network:Network";
  it("where the program chose the name", async () => {
    const change = changed(NETWORK, { description: "new" });
    expect(await door.diff(await sample(NETWORK), change)).toMatchObject({
      deleteBeforeReplace: true,
    });
  });

  it("but not where the provider did", async () => {
    const before = await sample(NETWORK);
    const named = { ...before, inputs: { ...before.inputs, __defaults: ["name"] } };
    const change = changed(NETWORK, { name: undefined, description: "new" });
    expect(await door.diff(named, change)).toMatchObject({ deleteBeforeReplace: false });
  });

  it("always with grants, never with memberships", async () => {
    const grant = "gcp:projects/iAMMember:IAMMember";
    const viewer = await door.diff(await sample(grant), changed(grant, { role: "roles/editor" }));
    expect(viewer.deleteBeforeReplace).toBe(true);
    const membership = "gcp:gkehub/membership:Membership";
    const moved = changed(membership, { location: "us-east4" });
    expect((await door.diff(await sample(membership), moved)).deleteBeforeReplace).toBe(false);
  });
});

it("ignored changes are no differences", async () => {
  const type = "gcp:container/nodePool:NodePool";
  const inputs = changed(type, { nodeCount: 5, initialNodeCount: 9 });
  const diff = await door.diff(await sample(type), inputs, ["initialNodeCount", "nodeCount"]);
  expect(diff).toEqual({ changes: [] });
});

it("another provider project is another resource", async () => {
  const moved = await new Door("http://127.0.0.1:1").configure({ project: "other-project" });
  const type = "gcp:compute/network:Network";
  const { changes } = await moved.diff(await sample(type), changed(type, {}));
  expect(changes).toEqual([{ path: ["project"], kind: "update", replace: true }]);
});

it("changed labels of the provider change the label outputs", async () => {
  const settings = { project: PROJECT, defaultLabels: JSON.stringify({ team: "a" }) };
  const labelled = await new Door("http://127.0.0.1:1").configure(settings);
  const type = "gcp:compute/address:Address";
  const { changes } = await labelled.diff(await sample(type), changed(type, {}));
  expect(changes).toEqual([{ path: ["pulumiLabels"], kind: "update" }]);
});

it("a firewall rule for traffic that comes in needs a source", async () => {
  const type = "gcp:compute/firewall:Firewall";
  const inputs = changed(type, { sourceRanges: undefined });
  await expect(door.diff(await sample(type), inputs)).rejects.toThrow(
    "1 error occurred:\n\t* one of source_tags, source_ranges, or source_service_accounts must " +
      "be defined\n\n",
  );
});
