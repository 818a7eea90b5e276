import { regions } from "../../../catalog/regions";
import { UNKNOWN } from "../support/unknown";
import { gpuPoolZones } from "../../nodes/gpu-pool-zones";
import { gpuZonesOf } from "../../nodes/gpuZones";
import { zonesIn } from "../../nodes/regionZones";
import { cluster, pool } from "../fixtures/gpu";
import { pending } from "../fixtures/messages";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const findings = findingsOf(gpuPoolZones);

const west = cluster("west");
const of = (machineType: unknown, inputs: object = {}) =>
  pool("gpus", "west", { nodeConfig: { machineType }, ...inputs });
const zones = (...letters: string[]) => ({
  nodeLocations: letters.map((letter) => `europe-west3-${letter}`),
});

const n1 = (type: string, inputs: object = {}) => {
  const guestAccelerators = [{ type, count: 1 }];
  return pool("gpus", "west", {
    nodeConfig: { machineType: "n1-standard-8", guestAccelerators },
    ...inputs,
  });
};
const G2_ZONES = "europe-west3-a, europe-west3-b";

/** What is said of a pool without zones. */
const refused = (which: string, machineType: string, known: string, name = "west") =>
  `nodeLocations: is not set, so the pool gets the zones of ${name}, and GKE may refuse it: ${which} ` +
  `not known to have ${machineType}; set it to ${known}, or some of them`;

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
    ["zones that have the GPU of an N1 machine", [west, n1("nvidia-tesla-t4", zones("b"))]],
    ["a GPU of which nothing is known", [west, n1("nvidia-tesla-k80")]],
    [
      "zones for AI, which no list has",
      [
        cluster("west", { location: "us-south1-ai1b" }),
        n1("nvidia-tesla-k80", { nodeLocations: ["us-south1-ai1b"] }),
      ],
    ],
    [
      "a zone of a region that no list has",
      [
        cluster("west", { location: "us-north9" }),
        of("g2-standard-8", { nodeLocations: ["us-north9-z"] }),
      ],
    ],
    [
      "any region's zones where the cluster's place is not known yet",
      [
        cluster("west", { location: UNKNOWN }),
        of("g2-standard-8", { nodeLocations: ["us-east4-a"] }),
      ],
    ],
    ["nodes without GPUs", [west, of("e2-standard-8")]],
    ["a zone that is not known yet", [west, of("g2-standard-8", { nodeLocations: [UNKNOWN] })]],
    ["a pool of a cluster that is not here", [pool("gpus", "other", { cluster: "theirs" })]],
    ["malformed input", [cluster("west", { nodeLocations: { a: 1 }, location: 1 }), of(["x"])]],
  ])("passes %s", async (_, resources) => {
    expect(await findings(resources, { firstPreview })).toEqual([]);
  });

  test.each<[string, readonly Registered[], string, string]>([
    [
      "zones of a region that do not all have the GPU",
      [west, of("g2-standard-8")],
      "gpus",
      refused("some of europe-west3 are", "g2-standard-8", "europe-west3-a, europe-west3-b"),
    ],
    [
      "an empty list of zones",
      [west, of("g2-standard-8", zones())],
      "gpus",
      refused("some of europe-west3 are", "g2-standard-8", "europe-west3-a, europe-west3-b"),
    ],
    [
      "a fourth zone without it",
      [cluster("west", { location: "us-central1" }), of("g2-standard-8")],
      "gpus",
      refused(
        "some of us-central1 are",
        "g2-standard-8",
        "us-central1-a, us-central1-b, us-central1-c",
      ),
    ],
    [
      "zones of the cluster without it",
      [cluster("west", zones("a", "b", "c")), of("a3-highgpu-2g")],
      "gpus",
      refused("europe-west3-a and europe-west3-b are", "a3-highgpu-2g", "europe-west3-c"),
    ],
    [
      "a zonal cluster without it",
      [cluster("west", { location: "europe-west3-c" }), of("g2-standard-8")],
      "gpus",
      refused("europe-west3-c is", "g2-standard-8", "europe-west3-a, europe-west3-b"),
    ],
    [
      "a zone that is not there",
      [west, of("g2-standard-8", zones("a", "d"))],
      "gpus",
      `nodeLocations[1]: europe-west3 has no zone "europe-west3-d"; take ${G2_ZONES}`,
    ],
    [
      "a zone that is not there, whatever is known of the machine",
      [cluster("west", { location: UNKNOWN }), n1("k", { nodeLocations: ["us-east1-a"] })],
      "gpus",
      'nodeLocations[0]: us-east1 has no zone "us-east1-a"; take us-east1-b, us-east1-c, us-east1-d',
    ],
    [
      "a zone of another region",
      [west, of("g2-standard-8", { nodeLocations: ["us-east4-a"] })],
      "gpus",
      `nodeLocations[0]: "us-east4-a" is not in europe-west3, where the cluster is; take ${G2_ZONES}`,
    ],
    [
      "a zone of another region than the pool says to be in",
      [
        cluster("west", { location: UNKNOWN }),
        of("g2-standard-8", { location: "europe-west3-a", nodeLocations: ["us-east4-a"] }),
      ],
      "gpus",
      `nodeLocations[0]: "us-east4-a" is not in europe-west3, where the cluster is; take ${G2_ZONES}`,
    ],
    [
      "a region for a zone",
      [west, of("g2-standard-8", { nodeLocations: ["europe-west3"] })],
      "gpus",
      `nodeLocations[0]: "europe-west3" is not a zone; write zones such as ${G2_ZONES}`,
    ],
    [
      "zones of a region that do not all have the GPU of an N1 machine",
      [west, n1("nvidia-tesla-t4")],
      "gpus",
      refused("some of europe-west3 are", "nvidia-tesla-t4", "europe-west3-b"),
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
      "some of europe-west3 are",
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

test.each(["nvidia-tesla-p100", "nvidia-tesla-p4", "nvidia-tesla-t4", "nvidia-tesla-v100"])(
  "zones known to have %s are zones of their region",
  (accelerator) => {
    const known = regions.flatMap((region) => gpuZonesOf(accelerator, region) ?? []);
    const there = regions.flatMap((region) => zonesIn(region) ?? []);
    expect(known.filter((zone) => !there.includes(zone))).toEqual([]);
    expect(known.length).toBeGreaterThan(10);
  },
);
