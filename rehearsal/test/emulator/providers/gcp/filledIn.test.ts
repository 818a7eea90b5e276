import type { JsonObject } from "../../../../emulator/cloud/json";
import { fillIn } from "../../../../emulator/cloud/tables/filledIn/filledIn";
import { CLUSTER as CLUSTER_ROWS } from "../../../../emulator/cloud/tables/filledIn/cluster";
import { type Lasting, LASTING, NOT_FILLED_IN } from "../../../../emulator/providers/gcp/lasting";
import { resourceType } from "../../../../emulator/providers/gcp/resources";
import {
  isBlock,
  isComputed,
  isInput,
  isZero,
  Schema,
} from "../../../../emulator/providers/gcp/engine/schema";
import { formatPath, isMap, PropertyMap } from "../../../../emulator/providers/plugin";
import {
  CLUSTER_NAME,
  makeMembership,
  PROJECT,
  REGION,
  TestCloud,
} from "../../cloud/support/testCloud";
import { CLUSTER_INPUTS, makeNetworkAndNodes } from "./support/clusterInputs";
import { StandIn, open, Resource } from "./support/standIn";

const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";
const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";

const RANGES = [
  { rangeName: "pods", ipCidrRange: "10.16.0.0/14" },
  { rangeName: "services", ipCidrRange: "10.32.0.0/20" },
];
const SUBNET = {
  name: "nodes",
  network: "vpc",
  region: REGION,
  ipCidrRange: "10.0.0.0/20",
  secondaryIpRanges: RANGES,
};
const ORDERS = ["monitoringConfig.enableComponents", "secondaryIpRanges"];
const POOL = { name: "gpu", cluster: CLUSTER_NAME, nodeConfig: { machineType: "g2-standard-8" } };

let cloud: TestCloud;
let standIn: StandIn;
beforeEach(async () => {
  cloud = await TestCloud.start();
  standIn = await new StandIn(cloud).configure();
  await makeNetworkAndNodes(cloud, standIn);
});
afterEach(() => cloud.stop());

const makeEu = (inputs: PropertyMap = {}) =>
  standIn.create(CLUSTER, "eu", { ...CLUSTER_INPUTS, ...inputs });

/** A resource that is there, as the state has it. */
async function found(type: string, id: string, inputs: PropertyMap): Promise<Resource> {
  const checked = await standIn.check(type, "x", inputs);
  const known = { type, name: "x", id, inputs: checked, outputs: checked };
  const resource = await standIn.refresh(known);
  if (!resource) throw new Error(`${id} is not there`);
  return { ...resource, inputs: checked };
}

/** Paths of what an update would change, with whether it would make another resource. */
async function changesOf(resource: Resource, inputs: PropertyMap, ignored: string[] = []) {
  const { changes } = await standIn.diff(resource, inputs, ignored);
  return changes.map(({ path, replace }) => `${formatPath(path)}${replace ? " replaces" : ""}`);
}

describe("what Google fills in, and the provider does not take for its own", () => {
  it("is listed", async () => {
    const inputs = CLUSTER_INPUTS;
    await makeEu();
    await makeMembership(cloud);
    const pool = await standIn.create(NODE_POOL, "gpu", POOL);
    const made: [Resource, PropertyMap][] = [
      [await found(CLUSTER, CLUSTER_NAME, inputs), inputs],
      [pool, POOL],
      [await found(SUBNETWORK, subnetId("nodes"), SUBNET), SUBNET],
    ];
    const filledIn = made.flatMap(([{ type, outputs }, asked]) =>
      optionalAlone(resourceType(type).properties, open(outputs), asked).map(
        (property) => `${type} ${property}`,
      ),
    );
    // An order shows in no property, and what is off is as good as absent.
    const unseen = ({ property, how, machines }: Lasting) =>
      ORDERS.includes(property) ||
      how.endsWith("off means left out") ||
      machines?.test(POOL.nodeConfig.machineType) === false;
    const listed = LASTING.filter((row) => row.property === "networkPolicy" || !unseen(row));
    expect(filledIn.sort()).toEqual(
      listed.map(({ type, property }) => `${type} ${property}`).sort(),
    );
  });

  it.each(NOT_FILLED_IN)("is not $property", async ({ type, property }) => {
    if (type !== CLUSTER && type !== NODE_POOL) return;
    const cluster = await makeEu();
    const resource = type === CLUSTER ? cluster : await standIn.create(NODE_POOL, "gpu", POOL);
    expect(valueAt(open(resource.outputs), property) ?? null).toBeNull();
  });
});

describe("a cluster", () => {
  it("shows nothing new to a program that says no more than it needs", async () => {
    const eu = await makeEu();
    await makeMembership(cloud);
    const refreshed = await standIn.refresh(eu);
    expect(refreshed && (await changesOf(refreshed, CLUSTER_INPUTS))).toEqual([]);
  });

  it("without IP endpoints is private, said or not", async () => {
    const eu = await makeEu();
    expect(open(eu.outputs).privateClusterConfig).toEqual({
      enablePrivateEndpoint: true,
      enablePrivateNodes: true,
      masterGlobalAccessConfig: {},
      masterIpv4CidrBlock: "",
      peeringName: "",
      privateEndpoint: "",
      publicEndpoint: "",
    });
    const said = { enablePrivateNodes: true, enablePrivateEndpoint: true };
    expect(await changesOf(eu, { ...CLUSTER_INPUTS, privateClusterConfig: said })).toEqual([]);
  });

  it("with a private IP endpoint differs for ever where the program does not say so", async () => {
    const byIp = {
      ...CLUSTER_INPUTS,
      controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true } },
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
    };
    const eu = await standIn.create(CLUSTER, "eu", byIp);
    const unsaid = { ...byIp, privateClusterConfig: { enablePrivateNodes: true } };
    expect(await changesOf(eu, byIp)).toEqual([]);
    expect(await changesOf(eu, unsaid)).toEqual(["privateClusterConfig.enablePrivateEndpoint"]);
  });

  it("differs for ever where its components stand in another order than GKE's", async () => {
    const monitoring = (...enableComponents: string[]) => ({
      ...CLUSTER_INPUTS,
      monitoringConfig: { enableComponents, managedPrometheus: { enabled: true } },
    });
    const eu = await standIn.create(CLUSTER, "eu", monitoring("DCGM", "SYSTEM_COMPONENTS"));
    expect(await changesOf(eu, monitoring("SYSTEM_COMPONENTS", "DCGM"))).toEqual([]);
    expect(await changesOf(eu, monitoring("DCGM", "SYSTEM_COMPONENTS"))).toEqual([
      "monitoringConfig.enableComponents",
    ]);
    const again = await standIn.update(eu, monitoring("DCGM", "SYSTEM_COMPONENTS"));
    expect(await changesOf(again, monitoring("DCGM", "SYSTEM_COMPONENTS"))).toEqual([
      "monitoringConfig.enableComponents",
    ]);
  });
});

describe("a subnet", () => {
  const ignored = ["secondaryIpRanges[*].reservedInternalRange"];

  it("has its ranges in any order", async () => {
    const nodes = await found(SUBNETWORK, subnetId("nodes"), SUBNET);
    expect(open(nodes.outputs).secondaryIpRanges).toEqual([RANGES[1], RANGES[0]]);
    expect(await changesOf(nodes, SUBNET)).toEqual([]);
    const moved = [RANGES[0], { ...RANGES[1], ipCidrRange: "10.33.0.0/20" }] as PropertyMap[];
    expect(await changesOf(nodes, { ...SUBNET, secondaryIpRanges: moved })).toEqual([
      "secondaryIpRanges[1].ipCidrRange",
    ]);
  });

  it("differs for ever from a program that does not leave GKE's link alone", async () => {
    await makeEu();
    const nodes = await found(SUBNETWORK, subnetId("nodes"), SUBNET);
    const link = ["secondaryIpRanges[0].reservedInternalRange"];
    expect(await changesOf(nodes, SUBNET)).toEqual(link);
    expect(await changesOf(await standIn.update(nodes, SUBNET), SUBNET)).toEqual(link);
    expect(await changesOf(nodes, SUBNET, ignored)).toEqual([]);
    // A refresh takes the link over into the inputs, and the engine puts it back by index: beside another range.
    const refreshed = await standIn.refresh({
      ...nodes,
      inputs: await standIn.check(SUBNETWORK, "x", SUBNET),
    });
    const [services, pods] = open(refreshed?.inputs ?? {}).secondaryIpRanges as PropertyMap[];
    expect(pods).toMatchObject({ rangeName: "pods", reservedInternalRange: expect.any(String) });
    expect(services).toMatchObject({ rangeName: "services" });
    const misplaced = { ...RANGES[1], reservedInternalRange: pods?.reservedInternalRange ?? "" };
    const put = { ...SUBNET, secondaryIpRanges: [RANGES[0], misplaced] as PropertyMap[] };
    expect(refreshed && (await changesOf(refreshed, put, ignored))).toEqual([]);
    // What is not ignored still shows.
    const changed = { ...SUBNET, privateIpGoogleAccess: true };
    expect(await changesOf(nodes, changed, ignored)).toEqual(["privateIpGoogleAccess"]);
  });
});

describe("a node pool", () => {
  it("shows GKE's own labels, which are no difference, beside the program's, which are", async () => {
    await makeEu();
    const gpu = await standIn.create(NODE_POOL, "gpu", POOL);
    expect(open(gpu.outputs).nodeConfig).toMatchObject({
      resourceLabels: { "goog-gke-node-pool-provisioning-model": "on-demand" },
    });
    expect(await changesOf(gpu, POOL)).toEqual([]);
    const labelled = { ...POOL.nodeConfig, resourceLabels: { team: "a" } };
    expect(await changesOf(gpu, { ...POOL, nodeConfig: labelled })).toEqual([
      "nodeConfig.resourceLabels",
    ]);
  });
});

describe("the table", () => {
  const at = (currentMasterVersion: string): JsonObject =>
    fillIn<JsonObject>(CLUSTER_ROWS, { currentMasterVersion });

  it("knows what came with a version", () => {
    expect(at("1.34.1-gke.1127000")).toMatchObject({
      anonymousAuthenticationConfig: { mode: "ENABLED" },
      podAutoscaling: { hpaProfile: "HPA_PROFILE_UNSPECIFIED" },
    });
    expect(at("1.35.1-gke.1396002")).toMatchObject({
      addonsConfig: { dnsCacheConfig: { enabled: true } },
      anonymousAuthenticationConfig: { mode: "LIMITED" },
      podAutoscaling: { hpaProfile: "PERFORMANCE" },
    });
    expect(at("1.34.1-gke.1127000").nodeCreationConfig).toBeUndefined();
    expect(at("1.36.4-gke.1391000").nodeCreationConfig).toEqual({
      nodeCreationMode: "VIA_KUBELET",
    });
  });

  it("leaves alone what is said, but for what counts for nothing", () => {
    const said = {
      currentMasterVersion: "1.35.1-gke.1396002",
      podAutoscaling: { hpaProfile: "NONE" },
      addonsConfig: {
        dnsCacheConfig: { enabled: false },
        gcePersistentDiskCsiDriverConfig: { enabled: false },
      },
    };
    expect(fillIn(CLUSTER_ROWS, said)).toMatchObject({
      podAutoscaling: { hpaProfile: "NONE" },
      addonsConfig: {
        dnsCacheConfig: { enabled: false },
        gcePersistentDiskCsiDriverConfig: { enabled: true },
      },
    });
  });
});

function subnetId(name: string): string {
  return `projects/${PROJECT}/regions/${REGION}/subnetworks/${name}`;
}

/** What of a state nobody asked for, although only a program may set it. */
function optionalAlone(schema: Schema, state: PropertyMap, asked: PropertyMap): string[] {
  return Object.entries(schema).flatMap(([key, property]) => {
    const [value, wanted] = [state[key], asked[key]];
    if (!isInput(property) || isZero(value)) return [];
    if (wanted === undefined && !isComputed(property)) {
      return "default" in property || property.flags.includes("L") ? [] : [key];
    }
    if (!isBlock(property)) return [];
    // What is inside of a computed block that nobody asked for is the block's.
    if (wanted === undefined && isComputed(property)) return [];
    if (isMap(value)) {
      const inside = isMap(wanted) ? wanted : {};
      return optionalAlone(property.properties, value, inside).map((path) => `${key}.${path}`);
    }
    const members = Array.isArray(value) ? value.filter(isMap) : [];
    const others = Array.isArray(wanted) ? wanted.filter(isMap) : [];
    const paths = members.flatMap((member) => {
      const other = others.find((o) => o[property.key ?? ""] === member[property.key ?? ""]);
      return optionalAlone(property.properties, member, other ?? {});
    });
    return [...new Set(paths)].map((path) => `${key}[*].${path}`);
  });
}

function valueAt(object: PropertyMap, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as PropertyMap | undefined)?.[key], object);
}
