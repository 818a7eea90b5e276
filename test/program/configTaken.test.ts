import type * as pulumi from "@pulumi/pulumi";

import type { GatewayConfig } from "../../config";
import { PROJECT } from "../support/mocks";
import { readConfig, stackValues, synthesize } from "../support/program";
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

  test("a token in plain text is taken with a warning, in the words of `make rollout`", () => {
    const { warnings, config } = loaded({}, []);
    expect(config?.token.kind).toBe("value");
    expect(warnings).toEqual([
      "huggingFaceToken is plain text in the stack file, where everybody can read it who reads the file. Make a new " +
        "token, and set it with --secret: pulumi config set --secret huggingFaceToken",
    ]);
  });

  test("a secret token is taken without a word", () => {
    expect(loaded({}).warnings).toEqual([]);
  });

  test("what is wrong ends the program with one error", () => {
    const { error } = loaded({ deletionProtection: "maybe" });
    expect(error).toMatchObject({
      name: "Error",
      message:
        "The configuration of stack dev has a problem:\n" +
        '  inference-gateway:deletionProtection: got "maybe"; allowed: true or false',
    });
  });

  test("a flag that the CLI wrote as a number is text for the picker", () => {
    const endpointPicker = { flags: { v: 4, "health-checking": true } };
    const { config } = loaded({ endpointPicker });
    expect(config?.endpointPicker.flags).toEqual({ v: "4", "health-checking": "true" });
  });
});

/** What the program makes of a configuration, and what it warns of. @param secrets keys that are encrypted */
function loaded(overrides: Record<string, unknown>, secrets = [`${PROJECT}:huggingFaceToken`]) {
  const warnings: string[] = [];
  let config: GatewayConfig | undefined;
  let error: unknown;
  jest.isolateModules(() => {
    const { log, runtime } = jest.requireActual<typeof pulumi>("@pulumi/pulumi");
    jest.spyOn(log, "warn").mockImplementation((words) => {
      warnings.push(words);
      return Promise.resolve();
    });
    void runtime.setMocks(
      { call: () => ({}), newResource: () => ({ id: "", state: {} }) },
      PROJECT,
      "dev",
    );
    runtime.setAllConfig(stackValues("dev", overrides), secrets);
    try {
      config = jest.requireActual<typeof import("../../config")>("../../config").loadConfig();
    } catch (thrown) {
      error = thrown;
    }
  });
  return { config, warnings, error };
}
