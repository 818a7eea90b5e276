import { readConfig, synthesize } from "../support/program";
import { find } from "../../rehearsal/stage/registrations";

const WEST = { region: "europe-west3" };

describe("configuration", () => {
  test("takes zones that no list has, for Google to judge, and leaves the others to the catalog", async () => {
    const accelerator = { machineType: "g2-standard-8", zones: ["us-east4-b"], maxNodes: 2 };
    const { registrations } = await synthesize("dev", { config: { accelerator } });
    const zonesIn = (id: string) => find({ registrations }, id).inputs.nodeLocations;
    expect(zonesIn("gcp:container/nodePool:NodePool::gke-east-gpu")).toEqual(["us-east4-b"]);
    expect(zonesIn("gcp:container/nodePool:NodePool::gke-west-gpu")).toEqual([
      "europe-west3-a",
      "europe-west3-b",
    ]);
    expect(zonesIn("gcp:container/nodePool:NodePool::gke-east-system")).toBeUndefined();
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

  test.each([
    ["a minor that YAML reads as a number", { gkeVersion: 1.35 }, "1.35"],
    ["a minor that ends in 0", { gkeVersion: "1.40" }, "1.40"],
    ["a full version", { gkeVersion: "1.36.4-gke.1391002" }, "1.36.4-gke.1391002"],
    ["nothing: the channel decides", {}, undefined],
  ])("the version of GKE may be %s", (_, config, gkeVersion) => {
    const { gkeVersion: read, releaseChannel } = readConfig("dev", config);
    expect([read, releaseChannel]).toEqual([gkeVersion, "REGULAR"]);
  });

  test("the timeout defaults to twice the P99 latency, but no less than 600 seconds", () => {
    const timeoutFor = (p99LatencySeconds: number) =>
      readConfig("dev", { p99LatencySeconds }).timeoutSeconds;
    expect(timeoutFor(60)).toBe(600);
    expect(timeoutFor(450.5)).toBe(901);
  });
});
