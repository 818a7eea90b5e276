import { type Case, EAST, L4_REGIONS, linesOf, refusing, WEST } from "./support/refused";

const A100_REGIONS =
  "asia-northeast1, asia-northeast3, asia-southeast1, europe-west4, me-west1, us-central1, us-east1, us-west1, " +
  "us-west3, us-west4";

/** What is said where no zone of a machine type is known. */
function unknownZones(machineType: string, ...regions: string[]): string {
  return (
    `allowed: zones with ${machineType} in ${regions.join(" and ")}, where none is known. Ask Google: ` +
    `\`gcloud compute machine-types list --filter="name=${machineType} AND zone~'^(${regions.join("|")})-'"\`. ` +
    "It is known to be in"
  );
}

describe("the configuration of zones", () => {
  test.each<Case>([
    [
      "a zone twice",
      {
        clusters: {
          "gke-west": { ...WEST, zones: ["europe-west3-a", "europe-west3-a"] },
          "gke-east": EAST,
        },
      },
      'clusters.gke-west.zones[1]: got "europe-west3-a"; allowed: each zone once',
    ],
    [
      "a region without the machine type",
      { clusters: { "gke-west": WEST, "gke-east": { region: "us-west2" } } },
      `accelerator.zones: got nothing; ${unknownZones("g2-standard-8", "us-west2")} ${L4_REGIONS}`,
    ],
    [
      "zones in one region of two that are not known",
      {
        clusters: { "gke-west": WEST, "gke-east": { region: "us-west2" } },
        accelerator: { machineType: "g2-standard-8", zones: ["europe-west3-a"], maxNodes: 2 },
      },
      `accelerator.zones: got ["europe-west3-a"]; ${unknownZones("g2-standard-8", "us-west2")} ${L4_REGIONS}`,
    ],
    [
      "zones that do not exist, are told twice or are elsewhere",
      {
        accelerator: {
          machineType: "g2-standard-8",
          zones: [
            "europe-west3-z",
            "us-east4-a",
            "us-east4-a",
            "us-west1-a",
            "mars",
            "us-south1-ai1b",
          ],
          maxNodes: 2,
        },
      },
      [
        'accelerator.zones[2]: got "us-east4-a"; allowed: each zone once',
        'accelerator.zones[0]: got "europe-west3-z"; allowed: one of europe-west3-a, europe-west3-b, europe-west3-c',
        'accelerator.zones[4]: got "mars"; allowed: a zone such as us-east4-a',
        'accelerator.zones[5]: got "us-south1-ai1b"; allowed: one of us-south1-a, us-south1-b, us-south1-c',
        'accelerator.zones[3]: got "us-west1-a"; allowed: a zone of a region with a cluster that has GPUs: europe-west3, us-east4',
      ],
    ],
    [
      "a zone letter that the region has not",
      { clusters: { "gke-west": WEST, "gke-east": { region: "us-east1", zones: ["us-east1-a"] } } },
      'clusters.gke-east.zones[0]: got "us-east1-a"; allowed: a zone of us-east1: us-east1-b, us-east1-c, us-east1-d',
    ],
    [
      "a fallback that a region does not have",
      {
        accelerator: { machineType: "a2-highgpu-1g", maxNodes: 2 },
        fallbacks: [
          { machineType: "g2-standard-8" },
          { machineType: "a2-highgpu-1g", provisioning: "on-demand" },
        ],
      },
      ["accelerator", "fallbacks[1]"].map(
        (pool) =>
          `${pool}.zones: got nothing; ${unknownZones("a2-highgpu-1g", "europe-west3", "us-east4")} ${A100_REGIONS}`,
      ),
    ],
  ])("refuses %s", (_, config, problems) => {
    expect(linesOf(config)).toEqual(refusing(problems));
  });
});
