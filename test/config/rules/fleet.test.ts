import { problemsIn } from "../../support/refusal";

const WEST = { region: "europe-west3" };
const EAST = { region: "us-east4" };
const TWO = "two or more that have GPUs: one has no other to spill over to";

test.each<[string, Record<string, unknown>, string[]]>([
  ["no clusters", { clusters: {} }, [`clusters: got []; allowed: ${TWO}`]],
  [
    "no config cluster",
    { configCluster: undefined },
    ["configCluster: got nothing; allowed: one of the clusters: gke-west, gke-east"],
  ],
  [
    "an empty config cluster",
    { configCluster: "" },
    ['configCluster: got ""; allowed: one of the clusters: gke-west, gke-east'],
  ],
  [
    "no clusters and no config cluster",
    { clusters: {}, configCluster: undefined },
    ["configCluster: got nothing; allowed: text", `clusters: got []; allowed: ${TWO}`],
  ],
  [
    "a model for a cluster that serves none",
    {
      clusters: {
        hub: { region: "us-east1", gpus: false, model: { replicas: 9 } },
        "gke-west": WEST,
        "gke-east": EAST,
      },
      configCluster: "hub",
    },
    ['clusters.hub.model: got {"replicas":9}; allowed: nothing: it serves no model'],
  ],
  [
    "five clusters in a region of four blocks",
    {
      clusters: Object.fromEntries(
        [0, 1, 2, 3, 3].map((block, i) => [`c-${i}`, { region: "us-east4", block }]),
      ),
      configCluster: "c-0",
    },
    ["clusters.c-4.block: got 3; allowed: no further cluster in us-east4: it has 4 blocks"],
  ],
  [
    "a cluster in no region, beside scopes and drained regions that are wrong in any case",
    {
      clusters: { "gke-west": WEST, "gke-east": EAST, "gke-x": { region: "mars" } },
      scopes: [{ region: "europe-west3" }, { region: "europe-west3" }],
      drained: ["asia-east1"],
    },
    [
      expect.stringMatching(/^clusters\.gke-x\.region: got "mars"; allowed: one of /) as string,
      'scopes[1].region: got "europe-west3"; allowed: each region once: the first scope that fits is taken',
    ],
  ],
  [
    "a cluster with other faults, beside a drained region that no cluster has",
    {
      clusters: { "gke-west": WEST, "gke-east": { ...EAST, model: { replicas: 0 } } },
      drained: ["asia-east1"],
    },
    [
      "clusters.gke-east.model.replicas: got 0; allowed: at least 1",
      'drained[0]: got "asia-east1"; allowed: a region of a cluster with GPUs: europe-west3, us-east4',
    ],
  ],
])("%s", (_, config, problems) => {
  expect(problemsIn(config)).toEqual(problems);
});
