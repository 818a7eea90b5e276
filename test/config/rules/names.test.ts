import { problemsIn } from "../../support/refusal";
import { synthesize } from "../../support/program";

const WEST = { region: "europe-west3" };
const EAST = { region: "us-east4" };
const LABEL = "lower-case letters, digits and -, 1 to 21, starting with a letter";
const long = (letter: string) => letter.repeat(40);

describe("names that are there twice, or that meet", () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    [
      "an objective twice",
      {
        objectives: [
          { name: "a", priority: 1 },
          { name: "b", priority: 1 },
          { name: "a", priority: 2 },
        ],
      },
      ['objectives[2].name: got "a"; allowed: each name once'],
    ],
    [
      "an objective twice, beside one that is wrong in itself",
      { objectives: [{ name: "a", priority: 1 }, { name: "B" }, { name: "a", priority: 2 }] },
      [
        'objectives[1].name: got "B"; allowed: lower-case letters, digits and -, 1 to 40, starting with a letter',
        "objectives[1].priority: got nothing; allowed: a number",
        'objectives[2].name: got "a"; allowed: each name once',
      ],
    ],
    [
      "objectives of two clusters that have one name with the cluster's before them",
      {
        clusters: { gke: WEST, "gke-west": EAST },
        configCluster: "gke",
        objectives: [
          { name: "west-chat", priority: 1 },
          { name: "chat", priority: 2 },
        ],
      },
      [
        'objectives[1].name: got "chat"; allowed: another name: in gke-west its resource is called gke-west-chat, as is that of "west-chat" in gke',
      ],
    ],
    [
      "an adapter twice",
      {
        model: {
          adapters: [
            { name: "a", source: "x/y" },
            { name: "a", source: "x/z" },
          ],
        },
      },
      ['model.adapters[1].name: got "a"; allowed: each name once'],
    ],
    [
      "an adapter twice in one cluster",
      {
        clusters: {
          "gke-west": WEST,
          "gke-east": {
            ...EAST,
            model: {
              adapters: [
                { name: "a", source: "x/y" },
                { name: "a", source: "x/y" },
              ],
            },
          },
        },
      },
      ['clusters.gke-east.model.adapters[1].name: got "a"; allowed: each name once'],
    ],
    [
      "an adapter that is called like the model",
      { model: { id: "x/y", adapters: [{ name: "x/y", source: "x/z" }] } },
      ['model.adapters[0].name: got "x/y"; allowed: a name that is not the model\'s'],
    ],
    [
      "an adapter that is called like the model of one cluster",
      {
        clusters: { "gke-west": WEST, "gke-east": { ...EAST, model: { id: "food-review-1" } } },
      },
      ['model.adapters[0].name: got "food-review-1"; allowed: a name that is not the model\'s'],
    ],
    [
      "a pool with the name of the servers' monitoring",
      { poolName: "model-server" },
      [
        'poolName: got "model-server"; allowed: another name: the monitoring of the model servers has this one',
      ],
    ],
    [
      "a pool whose picker's account is called like a cluster's",
      { clusters: { "a-epp": WEST, b: EAST }, configCluster: "b", poolName: "model-server-a" },
      [
        'poolName: got "model-server-a"; allowed: another name: its endpoint picker\'s accounts and that of a-epp would both be called model-server-a-epp',
      ],
    ],
    [
      "a pool whose reader of metrics is called like a cluster's account",
      {
        clusters: { "a-metrics-reader-sa": WEST, b: EAST },
        configCluster: "b",
        poolName: "model-server-a",
      },
      [
        'poolName: got "model-server-a"; allowed: another name: its endpoint picker\'s accounts and that of a-metrics-reader-sa would both be called model-server-a-metrics-reader-sa',
      ],
    ],
    [
      "a pool and a namespace that are too long together",
      { poolName: long("p"), namespace: long("n") },
      [
        `poolName: got "${long("p")}"; allowed: a name that has at most 77 characters together with namespace "${long("n")}", each cut at 40, not 80: the chart cannot render a longer cluster role`,
      ],
    ],
    [
      "a zone, a region or a day twice",
      {
        clusters: {
          "gke-west": { ...WEST, zones: ["europe-west3-a", "europe-west3-a"] },
          "gke-east": { ...EAST, maintenanceDays: ["monday", "monday"] },
        },
        drained: ["us-east4", "us-east4"],
      },
      [
        'clusters.gke-west.zones[1]: got "europe-west3-a"; allowed: each zone once',
        'clusters.gke-east.maintenanceDays: got ["monday","monday"]; allowed: each day once',
        'drained[1]: got "us-east4"; allowed: each region once',
      ],
    ],
  ])("%s", (_, config, problems) => {
    expect(problemsIn(config)).toEqual(problems);
  });

  test("a cluster's name has its form, and what is below it is read all the same", () => {
    const clusters = { GKE: { region: "mars", block: 9, gpus: "x" }, "gke-east": EAST };
    expect(problemsIn({ clusters, configCluster: "gke-east" })).toEqual([
      expect.stringMatching(/^clusters\.GKE\.region: got "mars"; allowed: one of africa-south1, /),
      "clusters.GKE.block: got 9; allowed: at most 3",
      'clusters.GKE.gpus: got "x"; allowed: true or false',
      `clusters.GKE: got "GKE"; allowed: ${LABEL}`,
    ]);
  });
});

test("no two resources of a stack meet, whatever its clusters are called", async () => {
  const clusters = {
    a: WEST,
    "a-fallback-1": { ...WEST, block: 1 },
    "a-gpu": { ...WEST, block: 2 },
    "a-epp": EAST,
    "a-pool": { ...EAST, block: 1 },
    constructor: { ...EAST, block: 2 },
  };
  const { registrations } = await synthesize("dev", {
    config: {
      clusters,
      configCluster: "a",
      poolName: "model-server-b",
      fallbacks: [{ machineType: "g2-standard-8", maxNodes: 2 }],
      objectives: [{ name: "epp", priority: 1 }],
      autoscaling: { maxReplicas: 2, targetUtilization: 60 },
      gkeVersion: "1.36",
    },
  });
  // The engine tells resources apart by type, name and their parents' types.
  const urns = registrations.map(({ id, parent = "" }) => `${parent.replace(/::.*/, "")}$${id}`);
  expect(urns.filter((urn, i) => urns.indexOf(urn) < i)).toEqual([]);
  const objects = registrations.flatMap(({ type, inputs, provider }) => {
    const { name, namespace = "" } = (inputs.metadata ?? {}) as Record<string, unknown>;
    return name === undefined ? [] : [[provider, type, namespace, name].join(" ")];
  });
  expect(objects.filter((object, i) => objects.indexOf(object) < i)).toEqual([]);
});
