import { regions } from "../../catalog/regions";
import { gpuPoolZones } from "../../policy-pack/policies/gpu-pool-zones";
import { gpuZonesOf, zoneCountOf } from "../../policy-pack/support/nodes/gpuZones";
import { Value } from "../../policy-pack/support/frame/value";
import { isOfferedIn } from "../../rehearsal/cloud/tables/machineTypes";
import { zonesOf } from "../../rehearsal/cloud/tables/regions";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";
import { UNKNOWN } from "../support/registrations";
import { cluster, pool } from "./fixtures/gpu";
import { pending } from "./fixtures/messages";

async function findings(resources: readonly Registered[], options: RunOptions = {}) {
  const violations = await runPolicies(resources, { policies: [gpuPoolZones], ...options });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

const west = cluster("west");
const of = (machineType: unknown, inputs: object = {}) =>
  pool("gpus", "west", { nodeConfig: { machineType }, ...inputs });
const zones = (...letters: string[]) => ({
  nodeLocations: letters.map((letter) => `europe-west3-${letter}`),
});

/** What is said of a pool without zones. */
const refused = (which: string, machineType: string, known: string, name = "west") =>
  `nodeLocations: is not set, so the pool gets the zones of ${name}, and GKE refuses it: ${which} ` +
  `not have ${machineType}; set it to ${known}, or some of them`;

test("says what it is", () => {
  expect(gpuPoolZones).toMatchObject({
    name: "gpu-pool-zones",
    description: "GPU node pools name their zones, and these have the GPU.",
    enforcementLevel: "mandatory",
    severity: "high",
  });
});

describe.each([false, true])("(first preview: %s)", (firstPreview) => {
  test.each<[string, readonly Registered[]]>([
    ["zones that have the GPU", [west, of("g2-standard-8", zones("a", "b"))]],
    ["zones of a cluster that all have it", [cluster("west", zones("a")), of("g2-standard-8")]],
    [
      "a region where every zone has it",
      [cluster("west", { location: "us-west1" }), of("g2-standard-4")],
    ],
    [
      "four zones that all have it",
      [cluster("west", { location: "us-central1" }), of("a2-highgpu-1g")],
    ],
    ["a zonal cluster", [cluster("west", { location: "europe-west3-c" }), of("a3-highgpu-2g")]],
    ["a region of which nothing is known", [west, of("a2-highgpu-1g")]],
    ["a machine of which nothing is known", [west, of("n1-standard-8")]],
    ["a machine that is not known yet", [west, of(UNKNOWN)]],
    [
      "a place that is not known yet",
      [cluster("west", { location: UNKNOWN }), of("g2-standard-8")],
    ],
    ["nodes without GPUs", [west, of("e2-standard-8")]],
    ["a zone that is not known yet", [west, of("g2-standard-8", { nodeLocations: [UNKNOWN] })]],
    ["a pool of a cluster that is not here", [pool("gpus", "other", { cluster: "theirs" })]],
    ["odd shapes", [cluster("west", { nodeLocations: { a: 1 }, location: 1 }), of(["x"])]],
  ])("passes %s", async (_, resources) => {
    expect(await findings(resources, { firstPreview })).toEqual([]);
  });

  test.each<[string, readonly Registered[], string, string]>([
    [
      "zones of a region that do not all have the GPU",
      [west, of("g2-standard-8")],
      "gpus",
      refused("some of europe-west3 do", "g2-standard-8", "europe-west3-a, europe-west3-b"),
    ],
    [
      "an empty list of zones",
      [west, of("g2-standard-8", zones())],
      "gpus",
      refused("some of europe-west3 do", "g2-standard-8", "europe-west3-a, europe-west3-b"),
    ],
    [
      "a fourth zone without it",
      [cluster("west", { location: "us-central1" }), of("g2-standard-8")],
      "gpus",
      refused(
        "some of us-central1 do",
        "g2-standard-8",
        "us-central1-a, us-central1-b, us-central1-c",
      ),
    ],
    [
      "zones of the cluster without it",
      [cluster("west", zones("a", "b", "c")), of("a3-highgpu-2g")],
      "gpus",
      refused("europe-west3-a and europe-west3-b do", "a3-highgpu-2g", "europe-west3-c"),
    ],
    [
      "a zonal cluster without it",
      [cluster("west", { location: "europe-west3-c" }), of("g2-standard-8")],
      "gpus",
      refused("europe-west3-c does", "g2-standard-8", "europe-west3-a, europe-west3-b"),
    ],
  ])("fails %s", async (_, resources, resource, message) => {
    expect(await findings(resources, { firstPreview })).toEqual([["mandatory", resource, message]]);
  });

  test("judges pools in the cluster's own properties", async () => {
    const own = cluster("west", {
      removeDefaultNodePool: false,
      nodePools: [{ nodeConfig: { machineType: "g2-standard-8" } }],
    });
    const message = refused(
      "some of europe-west3 do",
      "g2-standard-8",
      "europe-west3-a, europe-west3-b",
    );
    expect(await findings([own], { firstPreview })).toEqual([
      ["mandatory", "west", `nodePools[0].${message}`],
    ]);
  });

  test("advises where a zone is named that no list has", async () => {
    const message =
      'nodeLocations[1]: "europe-west3-c" is not among the zones that are known to have ' +
      "g2-standard-8; make sure that it has, or take europe-west3-a, europe-west3-b";
    expect(await findings([west, of("g2-standard-8", zones("a", "c"))], { firstPreview })).toEqual([
      ["advisory", "gpus", message],
    ]);
  });

  test("advises where zones are not known yet", async () => {
    expect(
      await findings([west, of("g2-standard-8", { nodeLocations: UNKNOWN })], { firstPreview }),
    ).toEqual([["advisory", "gpus", pending("nodeLocations")]]);
    expect(
      await findings([cluster("west", { nodeLocations: UNKNOWN }), of("g2-standard-8")], {
        firstPreview,
      }),
    ).toEqual([["advisory", "west", pending("nodeLocations")]]);
  });
});

test.each([
  "g2-standard-8",
  "g4-standard-48",
  "a2-highgpu-1g",
  "a2-ultragpu-1g",
  "a3-highgpu-2g",
  "a3-ultragpu-8g",
  "a4-highgpu-8g",
])("zones known to have %s have it in the emulated cloud", (machineType) => {
  const known = regions.flatMap((region) => gpuZonesOf(new Value([], machineType), region) ?? []);
  expect(known.filter((zone) => !isOfferedIn(machineType, zone))).toEqual([]);
  expect(known.length).toBeGreaterThan(5);
});

test("a region has as many zones as in the emulated cloud", () => {
  expect(regions.map(zoneCountOf)).toEqual(regions.map((region) => zonesOf(region).length));
});
