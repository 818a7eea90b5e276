import { formatPath, UNKNOWN } from "../../../../emulator/providers/plugin";
import { changed, standIn, sample, SAMPLES, VPC_URL } from "./support/samples";

beforeAll(() => standIn.configure());

it.each(Object.keys(SAMPLES))("%s: no change, no difference", async (type) => {
  expect(await standIn.diff(await sample(type), changed(type, {}))).toEqual({ changes: [] });
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
  const { changes } = await standIn.diff(await sample(type), changed(type, change));
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
    { network: VPC_URL.replace("www.googleapis.com", "compute.googleapis.com") },
  ],
  ["gcp:compute/subnetwork:Subnetwork", { network: VPC_URL.replace("/v1/", "/beta/") }],
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
  expect((await standIn.diff(await sample(type), changed(type, change))).changes).toEqual([]);
});
