import { readConfig, synthesize } from "../support/program";

/** The error with which a stack refuses its configuration. */
function refusal(config: Record<string, unknown>): string {
  try {
    readConfig("dev", config);
    return "accepted";
  } catch (error) {
    return (error as Error).message;
  }
}

const WEST = { region: "europe-west3" };
const EAST = { region: "us-east4" };
const L4_REGIONS =
  "asia-east1, asia-northeast1, asia-northeast3, asia-south1, asia-southeast1, europe-west1, europe-west2, " +
  "europe-west3, europe-west4, europe-west6, me-central2, northamerica-northeast1, northamerica-northeast2, " +
  "us-central1, us-east1, us-east4, us-west1, us-west4";

describe("configuration", () => {
  test("one error lists every problem with its key, what was given and what is allowed", () => {
    const message = refusal({
      accelerator: { machineType: "h100", maxNodes: 0 },
      gkeVersion: "1.33.0-gke.1",
      colour: "blue",
      "gcp:project": undefined,
      huggingFaceToken: undefined,
    });
    expect(message.split("\n")).toEqual([
      "The configuration of stack dev has 6 problems:",
      expect.stringMatching(
        /^ {2}inference-gateway:accelerator\.machineType: got "h100"; allowed: one of g2-standard-4, /,
      ),
      "  inference-gateway:accelerator.maxNodes: got 0; allowed: Too small: expected number to be >=1",
      '  inference-gateway:gkeVersion: got "1.33.0-gke.1"; allowed: 1.34.1-gke.1127000 or newer',
      "  inference-gateway:colour: no such key",
      "  gcp:project: got nothing; allowed: the id of a Google Cloud project",
      "  inference-gateway:huggingFaceToken: got nothing; allowed: a secret, a Hugging Face token that may read the model",
    ]);
  });

  test.each([
    [
      "a single cluster",
      { clusters: { "gke-west": WEST } },
      'inference-gateway:clusters: got ["gke-west"]; allowed: two or more: one cluster has no other to spill over to',
    ],
    [
      "more regions than a Gateway has addresses",
      {
        clusters: Object.fromEntries(
          L4_REGIONS.split(", ")
            .slice(0, 17)
            .map((region) => [`g-${region}`, { region, zones: [`${region}-a`] }]),
        ),
        configCluster: "g-asia-east1",
      },
      'inference-gateway:clusters: got "17 regions"; allowed: at most 16: a Gateway has no more addresses',
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
      'inference-gateway:clusters: got "51 zones in all"; allowed: at most 50: each is a network endpoint group; name fewer `zones`',
    ],
    [
      "a config cluster that is none",
      { configCluster: "gke-north" },
      'inference-gateway:configCluster: got "gke-north"; allowed: one of the clusters: gke-west, gke-east',
    ],
    [
      "two clusters on one address block",
      { clusters: { "gke-west": WEST, "gke-west2": WEST, "gke-east": EAST } },
      'inference-gateway:clusters.gke-west2.block: got 0; allowed: a block that "gke-west" does not use in europe-west3: 0 to 3',
    ],
    [
      "a region without the machine type",
      { clusters: { "gke-west": WEST, "gke-east": { region: "us-west2" } } },
      `inference-gateway:clusters.gke-east.region: got "us-west2"; allowed: a region with g2-standard-8: ${L4_REGIONS}`,
    ],
    [
      "on-demand nodes of a type that is sold as Spot only",
      { accelerator: { machineType: "a3-highgpu-2g", spot: false } },
      "inference-gateway:accelerator.spot: got false; allowed: true: a3-highgpu-2g is sold as Spot only",
    ],
    [
      "more nodes at least than at most",
      { accelerator: { machineType: "g2-standard-8", minNodes: 3, maxNodes: 2 } },
      "inference-gateway:accelerator.minNodes: got 3; allowed: at most maxNodes, 2",
    ],
    [
      "a scope for a region without a cluster",
      { scopes: [{ region: "us-west1", capacityPercent: 0 }] },
      'inference-gateway:scopes[0].region: got "us-west1"; allowed: a region of a cluster: europe-west3, us-east4',
    ],
    [
      "a timeout below twice the P99 latency",
      { p99LatencySeconds: 60, timeoutSeconds: 119 },
      "inference-gateway:timeoutSeconds: got 119; allowed: 120 to 3600: at least twice p99LatencySeconds (60)",
    ],
    [
      "a P99 latency that no timeout covers twice",
      { p99LatencySeconds: 1801 },
      "inference-gateway:p99LatencySeconds: got 1801; allowed: at most 1800: the timeout is twice this and ends at 3600",
    ],
    [
      "a mix of balancing modes",
      { loadBalancing: { mode: "kv-cache", maxRatePerEndpoint: 5 } },
      "inference-gateway:loadBalancing.maxRatePerEndpoint: no such key",
    ],
  ])("refuses %s", (_, config, problem) => {
    const message = refusal(config);
    expect(message).toBe(`The configuration of stack dev has a problem:\n  ${problem}`);
  });

  test("takes two clusters in one region, with one proxy-only subnet", async () => {
    const clusters = { "gke-a": WEST, "gke-b": { ...WEST, block: 1 } };
    const { registrations, outputs } = await synthesize("dev", {
      config: { clusters, configCluster: "gke-b" },
    });
    const proxies = registrations.filter(({ inputs }) => inputs.purpose === "GLOBAL_MANAGED_PROXY");
    expect(proxies.map(({ name }) => name)).toEqual(["europe-west3-proxy"]);
    expect(outputs.gatewayAddresses).toEqual({ "europe-west3": "10.0.0.1" });
  });

  test("the timeout defaults to twice the P99 latency, but no less than 600 seconds", () => {
    const timeoutFor = (p99LatencySeconds: number) =>
      readConfig("dev", { p99LatencySeconds }).timeoutSeconds;
    expect(timeoutFor(60)).toBe(600);
    expect(timeoutFor(450.5)).toBe(901);
  });
});
