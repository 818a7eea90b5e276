import { PropertyMap, Secret, UNKNOWN } from "../../../../emulator/providers/plugin";
import { PROJECT } from "../../cloud/support/testCloud";
import { StandIn, SUFFIX } from "./support/standIn";

const standIn = new StandIn();
const NETWORK = "gcp:compute/network:Network";
const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
const FIREWALL = "gcp:compute/firewall:Firewall";
const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";

describe("names", () => {
  it.each([
    [NETWORK, "name", "Vpc", `vpc-${SUFFIX}`],
    ["gcp:compute/router:Router", "name", "Egress", `egress-${SUFFIX}`],
    [NODE_POOL, "name", "gpu", `gpu-${SUFFIX}`],
    ["gcp:gkehub/feature:Feature", "name", "mci", `mci-${SUFFIX}`],
    ["gcp:serviceaccount/account:Account", "accountId", "nodes", `nodes-${SUFFIX}`],
  ])("%s: %s is filled in", async (type, property, logical, name) => {
    const needed: Record<string, PropertyMap> = {
      [NODE_POOL]: { cluster: "eu" },
      "gcp:gkehub/feature:Feature": { location: "global" },
    };
    const inputs = await standIn.check(type, logical, needed[type] ?? {});
    expect(inputs[property]).toBe(name);
    expect(inputs.__defaults).toContain(property);
  });

  it("stay as they are once they were filled in, and the program's own is taken", async () => {
    const old = { name: "vpc-0000000", __defaults: ["name"] };
    expect((await standIn.check(NETWORK, "vpc", {}, old)).name).toBe("vpc-0000000");
    expect((await standIn.check(NETWORK, "vpc", { name: "mine" }, old)).name).toBe("mine");
    const explicit = { name: "mine", __defaults: [] };
    expect((await standIn.check(NETWORK, "vpc", {}, explicit)).name).toBe(`vpc-${SUFFIX}`);
  });

  it("are refused when the logical name is too long", async () => {
    const logical = "n".repeat(56);
    await expect(standIn.check(NETWORK, logical, {})).rejects.toThrow(
      `${NETWORK}: failed to generate a unique name for property "name": ` +
        `"${logical}-${SUFFIX}" is longer than 63 characters; set it, or shorten the resource's ` +
        "name",
    );
  });

  it("of memberships are not filled in", async () => {
    await expect(standIn.check("gcp:gkehub/membership:Membership", "eu", {})).rejects.toThrow(
      'Missing required argument. The argument "membership_id" is required, but no definition ' +
        "was found.. Examine values at 'eu.membershipId'.",
    );
  });
});

describe("defaults", () => {
  it.each<[string, PropertyMap, PropertyMap]>([
    [
      NETWORK,
      { name: "vpc" },
      {
        name: "vpc",
        autoCreateSubnetworks: true,
        networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
        __defaults: ["autoCreateSubnetworks", "networkFirewallPolicyEnforcementOrder"],
      },
    ],
    [
      SUBNETWORK,
      { name: "nodes", network: "vpc", logConfig: { metadata: "EXCLUDE_ALL_METADATA" } },
      {
        name: "nodes",
        network: "vpc",
        logConfig: {
          metadata: "EXCLUDE_ALL_METADATA",
          aggregationInterval: "INTERVAL_5_SEC",
          filterExpr: "true",
          flowSampling: 0.5,
          __defaults: ["aggregationInterval", "filterExpr", "flowSampling"],
        },
        __defaults: [],
      },
    ],
    [
      "gcp:compute/routerNat:RouterNat",
      { name: "nat", router: "r", sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS" },
      {
        name: "nat",
        router: "r",
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
        icmpIdleTimeoutSec: 30,
        tcpEstablishedIdleTimeoutSec: 1200,
        tcpTimeWaitTimeoutSec: 120,
        tcpTransitoryIdleTimeoutSec: 30,
        type: "PUBLIC",
        udpIdleTimeoutSec: 30,
        __defaults: [
          "icmpIdleTimeoutSec",
          "tcpEstablishedIdleTimeoutSec",
          "tcpTimeWaitTimeoutSec",
          "tcpTransitoryIdleTimeoutSec",
          "type",
          "udpIdleTimeoutSec",
        ],
      },
    ],
    [
      CLUSTER,
      { name: "eu", ipAllocationPolicy: { clusterSecondaryRangeName: "pods" } },
      {
        name: "eu",
        ipAllocationPolicy: {
          clusterSecondaryRangeName: "pods",
          stackType: "IPV4",
          __defaults: ["stackType"],
        },
        deletionProtection: true,
        enableShieldedNodes: true,
        network: "default",
        __defaults: ["deletionProtection", "enableShieldedNodes", "network"],
      },
    ],
    [
      CLUSTER,
      { name: "eu", enableAutopilot: true, deletionProtection: false },
      {
        name: "eu",
        enableAutopilot: true,
        deletionProtection: false,
        network: "default",
        __defaults: ["network"],
      },
    ],
    [
      NODE_POOL,
      { name: "gpu", cluster: "eu", management: { autoRepair: false }, upgradeSettings: {} },
      {
        name: "gpu",
        cluster: "eu",
        management: { autoRepair: false, autoUpgrade: true, __defaults: ["autoUpgrade"] },
        upgradeSettings: { strategy: "SURGE", __defaults: ["strategy"] },
        __defaults: [],
      },
    ],
    [
      "gcp:gkehub/membership:Membership",
      { membershipId: "eu" },
      { membershipId: "eu", location: "global", __defaults: ["location"] },
    ],
  ])("of %s for %j", async (type, inputs, checked) => {
    expect(await standIn.check(type, "x", inputs)).toEqual(checked);
  });

  it("leave secrets secret and unknowns unknown", async () => {
    const inputs = { name: "vpc", description: new Secret("s"), mtu: UNKNOWN };
    expect(await standIn.check(NETWORK, "vpc", inputs)).toMatchObject({
      description: new Secret("s"),
      mtu: UNKNOWN,
    });
  });
});

describe("refusals", () => {
  const FIREWALL_INPUTS = { network: "vpc", sourceRanges: ["10.0.0.0/8"] };
  it.each<[string, PropertyMap, string]>([
    [
      SUBNETWORK,
      {},
      'Missing required argument. The argument "network" is required, but no definition was ' +
        "found.. Examine values at 'x.network'.",
    ],
    [
      NODE_POOL,
      { cluster: "eu", nodeConfig: { taints: [{ key: "a", value: "b" }] } },
      'Missing required argument. The argument "effect" is required, but no definition was ' +
        "found.. Examine values at 'x.nodeConfig.taints[0].effect'.",
    ],
    [
      CLUSTER,
      { ipAllocationPolicy: { podRange: "pods" } },
      "Invalid or unknown key. Examine values at 'x.ipAllocationPolicy.podRange'.",
    ],
    [CLUSTER, { endpoint: "127.0.0.1" }, "Invalid or unknown key. Examine values at 'x.endpoint'."],
    [
      NODE_POOL,
      {
        cluster: "eu",
        nodeConfig: { guestAccelerators: [{ type: "nvidia-l4", count: 1, driver: "x" }] },
      },
      "Invalid or unknown key. Examine values at 'x.nodeConfig.guestAccelerators[0].driver'.",
    ],
    [
      NETWORK,
      { routingMode: "WORLDWIDE" },
      'expected routing_mode to be one of ["REGIONAL" "GLOBAL"], got WORLDWIDE. Examine values ' +
        "at 'x.routingMode'.",
    ],
    [
      NODE_POOL,
      { cluster: "eu", nodeConfig: { taints: [{ key: "a", value: "b", effect: "NoSchedule" }] } },
      'expected node_config.0.taint.0.effect to be one of ["NO_SCHEDULE" "PREFER_NO_SCHEDULE" ' +
        `"NO_EXECUTE"], got NoSchedule. Examine values at 'x.nodeConfig.taints[0].effect'.`,
    ],
    [
      NETWORK,
      { name: "Vpc" },
      '"name" ("Vpc") doesn\'t match regexp "^(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$". ' +
        "Examine values at 'x.name'.",
    ],
    [
      SUBNETWORK,
      { network: "vpc", ipCidrRange: "10.0.0.0" },
      '"ip_cidr_range" is not a valid IP CIDR range: invalid CIDR address: 10.0.0.0. ' +
        "Examine values at 'x.ipCidrRange'.",
    ],
    [
      CLUSTER,
      { name: "c".repeat(41) },
      "\"name\" cannot be longer than 40 characters. Examine values at 'x.name'.",
    ],
    [
      CLUSTER,
      {
        ipAllocationPolicy: {
          clusterSecondaryRangeName: "pods",
          clusterIpv4CidrBlock: "10.0.0.0/14",
        },
      },
      'Conflicting configuration arguments. "ip_allocation_policy.0.cluster_ipv4_cidr_block": ' +
        "conflicts with ip_allocation_policy.0.cluster_secondary_range_name. Examine values at " +
        "'x.ipAllocationPolicy.clusterIpv4CidrBlock'.",
    ],
    [
      FIREWALL,
      FIREWALL_INPUTS,
      'Invalid combination of arguments. "allow": one of `allow,deny` must be specified. ' +
        "Examine values at 'x.allows'.\n" +
        'Invalid combination of arguments. "deny": one of `allow,deny` must be specified. ' +
        "Examine values at 'x.denies'.",
    ],
    [
      FIREWALL,
      { ...FIREWALL_INPUTS, allows: [{ protocol: "tcp" }], priority: 65536 },
      "expected priority to be in the range (0 - 65535), got 65536. Examine values at " +
        "'x.priority'.",
    ],
    [
      "gcp:projects/iAMMember:IAMMember",
      { project: PROJECT, role: "roles/viewer", member: "deleted:user:a" },
      "invalid value for member (Terraform does not support IAM members for deleted principals). " +
        "Examine values at 'x.member'.",
    ],
    [
      "gcp:serviceaccount/iAMMember:IAMMember",
      { serviceAccountId: `nodes@${PROJECT}.iam.gserviceaccount.com`, role: "r", member: "user:a" },
      `"service_account_id" ("nodes@${PROJECT}.iam.gserviceaccount.com") doesn't match regexp`,
    ],
    [
      "gcp:serviceaccount/account:Account",
      { accountId: "nodes" },
      "\"account_id\" must be between 6 and 30 characters long. Examine values at 'x.accountId'.",
    ],
    [
      "gcp:projects/service:Service",
      { service: "compute" },
      '"service" must be a valid API name such as "compute.googleapis.com", got "compute". ' +
        "Examine values at 'x.service'.",
    ],
  ])("%s: %j", async (type, inputs, message) => {
    await expect(standIn.check(type, "x", inputs)).rejects.toThrow(message);
  });

  it("do not concern values that are not known yet", async () => {
    const inputs = { network: UNKNOWN, ipCidrRange: UNKNOWN, role: UNKNOWN };
    expect(await standIn.check(SUBNETWORK, "x", inputs)).toMatchObject(inputs);
  });

  it("concern types that the emulated cloud does not have", async () => {
    await expect(standIn.check("gcp:sql/database:Database", "x", {})).rejects.toThrow(
      "gcp:sql/database:Database is not among the types of the emulated cloud: " +
        "gcp:serviceaccount/account:Account, ",
    );
  });
});
