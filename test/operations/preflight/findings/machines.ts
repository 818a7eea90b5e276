import { json, ok, problem, type Row } from "./row";

const L4 = { machineType: "g2-standard-8", provisioning: "spot", minNodes: 1, maxNodes: 2 };
const L4_EAST = ok("accelerator: g2-standard-8 is in us-east4-a, us-east4-c of us-east4");
const L4_WEST = ok(
  "accelerator: g2-standard-8 is in europe-west3-a, europe-west3-b of europe-west3",
);
const zonesNow = (status: string, ...zones: string[]) => ({
  "/zones?": json({ items: zones.map((name) => ({ name, status })) }),
});

export const machines: Row[] = [
  ["zones and types are there", "zones, machines", {}, [L4_WEST, L4_EAST]],
  [
    "a zone lacks the type",
    "zones, machines",
    { config: { accelerator: { ...L4, zones: ["europe-west3-c", "us-east4-a"] } } },
    [
      problem(
        "accelerator: g2-standard-8 is not in europe-west3-c; in europe-west3 it is in europe-west3-a, europe-west3-b",
        "in Pulumi.dev.yaml: accelerator: { zones: [us-east4-a, europe-west3-a, europe-west3-b] }",
      ),
      ok("accelerator: g2-standard-8 is in us-east4-a of us-east4"),
    ],
  ],
  [
    "one of two zones lacks the type, of a fallback",
    "zones, machines",
    {
      config: {
        fallbacks: [{ ...L4, zones: ["us-east4-a", "us-east4-b"], minNodes: 0, maxNodes: 1 }],
      },
    },
    [
      L4_WEST,
      L4_EAST,
      ok("fallbacks[0]: g2-standard-8 is in europe-west3-a, europe-west3-b of europe-west3"),
      problem(
        "fallbacks[0]: g2-standard-8 is not in us-east4-b; in us-east4 it is in us-east4-a, us-east4-c",
        "in Pulumi.dev.yaml: fallbacks[0]: { zones: [us-east4-a] }",
      ),
    ],
  ],
  [
    "a region lacks the type",
    "zones, machines",
    {
      answers: {
        "/aggregated/machineTypes": json({ items: { "zones/us-east4-a": { machineTypes: [{}] } } }),
      },
    },
    [
      problem(
        "accelerator: g2-standard-8 is not in europe-west3-a, europe-west3-b, and nowhere in europe-west3: it is in us-east4",
      ),
      problem(
        "accelerator: g2-standard-8 is not in us-east4-c; in us-east4 it is in us-east4-a",
        "in Pulumi.dev.yaml: accelerator: { zones: [us-east4-a] }",
      ),
    ],
  ],
  [
    "no zone has the type",
    "zones, machines",
    { answers: { "/aggregated/machineTypes": json({}) }, config: { accelerator: L4 } },
    [
      ["europe-west3", "europe-west3-a, europe-west3-b"],
      ["us-east4", "us-east4-a, us-east4-c"],
    ].map(([region, zones]) =>
      problem(
        `accelerator: g2-standard-8 is not in ${zones}, and nowhere in ${region}: it is in no zone that Google shows`,
      ),
    ),
  ],
  [
    "zones are down or gone",
    "zones, machines",
    {
      answers: zonesNow("DOWN", "europe-west3-a"),
      config: { accelerator: { ...L4, zones: ["europe-west3-a", "us-east4-a"] } },
    },
    [problem("europe-west3-a: the zone is DOWN"), problem("us-east4-a: no such zone")],
  ],
  [
    "zones of nodes without GPUs",
    "zones, machines",
    {
      config: {
        clusters: {
          "gke-west": { region: "europe-west3", zones: ["europe-west3-c"] },
          "gke-east": { region: "us-east4" },
        },
      },
    },
    [L4_WEST, L4_EAST, ok("clusters.gke-west: europe-west3-c are up")],
  ],
  [
    "zones of nodes without GPUs that lack their type",
    "zones, machines",
    {
      config: {
        clusters: {
          "gke-west": { region: "europe-west3", zones: ["europe-west3-c"] },
          "gke-east": { region: "us-east4" },
        },
      },
      answers: { "e2-standard-8": json({}) },
    },
    [L4_WEST, L4_EAST, problem("clusters.gke-west: e2-standard-8 is not in europe-west3-c")],
  ],
];
