import { type Case, EAST, L4_REGIONS, linesOf, refusing, WEST } from "./support/refused";

describe("the configuration of clusters", () => {
  test.each<Case>([
    [
      "a single cluster",
      { clusters: { "gke-west": WEST } },
      'clusters: got ["gke-west"]; allowed: two or more that have GPUs: one has no other to spill over to',
    ],
    [
      "a second cluster that has no GPUs",
      { clusters: { "gke-west": { ...WEST, gpus: false }, "gke-east": EAST } },
      'clusters: got ["gke-west","gke-east"]; allowed: two or more that have GPUs: one has no other to spill over to',
    ],
    [
      "a cluster without GPUs that is not the config cluster",
      {
        clusters: {
          "gke-west": WEST,
          "gke-east": EAST,
          "gke-ops": { region: "us-east1", gpus: false },
        },
      },
      "clusters.gke-ops.gpus: got false; allowed: true: only the config cluster, gke-west, has work without GPUs",
    ],
    [
      "a name that leaves no room for a node pool's",
      {
        clusters: {
          "gke-west": WEST,
          "gke-east": EAST,
          "gke-the-third-of-many-0": { ...WEST, block: 1 },
        },
      },
      'clusters.gke-the-third-of-many-0: got "gke-the-third-of-many-0"; allowed: lower-case letters, digits and -, 1 to 21, starting with a letter',
    ],
    [
      "more regions than a Gateway has addresses",
      {
        clusters: Object.fromEntries(
          L4_REGIONS.split(", ")
            .slice(0, 17)
            .map((region) => [`g-${region.slice(-18)}`, { region, zones: [`${region}-b`] }]),
        ),
        configCluster: "g-asia-east1",
      },
      'clusters: got "17 regions"; allowed: at most 16: a Gateway has no more addresses',
    ],
    [
      "more zones than a backend service has network endpoint groups",
      {
        clusters: Object.fromEntries(
          L4_REGIONS.split(", ")
            .slice(0, 17)
            .map((region, i) => [
              `g-${i}`,
              { region: i === 16 ? "asia-east1" : region, block: i === 16 ? 1 : 0 },
            ]),
        ),
        configCluster: "g-0",
      },
      'clusters: got "52 zones in all"; allowed: at most 50: each is a network endpoint group; name fewer `zones`',
    ],
    [
      "a config cluster that is none",
      { configCluster: "gke-north" },
      'configCluster: got "gke-north"; allowed: one of the clusters: gke-west, gke-east',
    ],
    [
      "two clusters on one address block",
      { clusters: { "gke-west": WEST, "gke-west2": WEST, "gke-east": EAST } },
      'clusters.gke-west2.block: got 0; allowed: a block that "gke-west" does not use in europe-west3: 1, 2, 3',
    ],
  ])("refuses %s", (_, config, problems) => {
    expect(linesOf(config)).toEqual(refusing(problems));
  });
});
