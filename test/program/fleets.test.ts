import fc from "fast-check";

import { BLOCKS_PER_REGION } from "../../catalog/addressPlan";
import type { Region } from "../../catalog/regions";
import { knownRegions, knownZones } from "../../catalog/gpuZones";
import { Graph } from "../support/graph";
import { readConfig, type Synthesis, synthesize } from "../support/program";
import type { Registration } from "../../rehearsal/stage/registrations";

const REGIONS = knownRegions("g2-standard-8");

/** One zone, for the nodes of all pools. */
function oneZone(region: Region | undefined): string[] {
  return region ? knownZones("g2-standard-8", region).slice(0, 1) : [];
}

/** A fleet of clusters, one in each of so many regions, with a block of its own where regions come round again. */
function fleet(size: number, regionCount = size): Record<string, unknown> {
  const clusters = Array.from({ length: size }, (_, i) => {
    const region = REGIONS[i % regionCount];
    return [
      `gke-${i}`,
      { region, zones: oneZone(region), block: Math.floor(i / regionCount) },
    ] as const;
  });
  const zones = REGIONS.slice(0, Math.min(size, regionCount)).flatMap(oneZone);
  return {
    clusters: Object.fromEntries(clusters),
    configCluster: "gke-0",
    accelerator: { machineType: "g2-standard-8", zones, maxNodes: 2 },
  };
}

const typesOf = (registrations: Registration[]) => registrations.map(({ type }) => type).sort();

describe("fleets of any size", () => {
  let sizes: Record<number, Synthesis>;
  beforeAll(async () => {
    sizes = {};
    for (const size of [2, 3, 16]) sizes[size] = await synthesize("dev", { config: fleet(size) });
  });
  const of = (size: number): Synthesis => sizes[size] ?? { registrations: [], outputs: {} };

  test("each cluster more brings the same resources", () => {
    const count = (size: number) => of(size).registrations.length;
    const step = count(3) - count(2);
    expect(step).toBeGreaterThan(40);
    expect(count(16)).toBe(count(2) + 14 * step);
  });

  test.each([2, 3, 16])("%i regions have as many addresses and proxy-only subnets", (size) => {
    const { registrations, outputs } = of(size);
    const proxies = registrations.filter(({ inputs }) => inputs.purpose === "GLOBAL_MANAGED_PROXY");
    expect(proxies.map(({ inputs }) => inputs.region)).toEqual(REGIONS.slice(0, size));
    expect(Object.keys(outputs.gatewayAddresses as object)).toEqual(REGIONS.slice(0, size));
    expect(outputs.negCount).toBe(size);
  });

  test("20 clusters in 10 regions share proxy-only subnets and addresses", async () => {
    const { registrations, outputs } = await synthesize("dev", { config: fleet(20, 10) });
    const clusters = registrations.filter(({ type }) => type === "gcp:container/cluster:Cluster");
    const proxies = registrations.filter(({ inputs }) => inputs.purpose === "GLOBAL_MANAGED_PROXY");
    expect([clusters.length, proxies.length]).toEqual([20, 10]);
    expect(Object.keys(outputs.gatewayAddresses as object)).toEqual(REGIONS.slice(0, 10));
  });

  test("a cluster that joins changes the gateway's addresses and the firewall's sources, and nothing else", () => {
    const before = new Map(
      of(2).registrations.map((registration) => [registration.id, registration]),
    );
    const changed = of(3).registrations.filter(({ id, inputs }) => {
      const old = before.get(id);
      return old && JSON.stringify(old.inputs) !== JSON.stringify(inputs);
    });
    expect(changed.map(({ id }) => id)).toEqual([
      "gcp:compute/firewall:Firewall::network-load-balancer",
      "kubernetes:gateway.networking.k8s.io/v1:Gateway::cross-region-gateway",
    ]);
    const after = new Set(of(3).registrations.map(({ id }) => id));
    expect([...before.keys()].filter((id) => !after.has(id))).toEqual([]);
  });
});

describe("a config cluster without GPUs", () => {
  let synthesis: Synthesis;
  beforeAll(async () => {
    synthesis = await synthesize("dev", {
      config: {
        clusters: {
          "gke-ops": { region: "us-central1", gpus: false },
          "gke-west": { region: "europe-west3" },
          "gke-east": { region: "us-east4" },
        },
        configCluster: "gke-ops",
      },
    });
  });

  test("has control plane, system pool, membership and namespace, and serves nothing", () => {
    const own = synthesis.registrations.filter(({ name }) => /(^|-)gke-ops(-|$)/.test(name));
    expect(typesOf(own)).toEqual([
      "gcp:compute/subnetwork:Subnetwork",
      "gcp:container/cluster:Cluster",
      "gcp:container/nodePool:NodePool",
      "gcp:gkehub/membership:Membership",
      "inference-gateway:index:FleetMembership",
      "inference-gateway:index:InferenceCluster",
      "kubernetes:core/v1:Namespace",
      "pulumi:index:Stash",
      "pulumi:providers:kubernetes",
    ]);
  });

  test("holds the gateway, whose addresses are where the others serve", () => {
    const { registrations, outputs } = synthesis;
    const id = "kubernetes:gateway.networking.k8s.io/v1:Gateway::cross-region-gateway";
    const gateway = registrations.find((registration) => registration.id === id);
    expect(gateway?.provider).toBe("pulumi:providers:kubernetes::gke-ops");
    expect(new Graph(registrations).before(id).has("kubernetes:core/v1:Namespace::gke-ops")).toBe(
      true,
    );
    expect(Object.keys(outputs.gatewayAddresses as object)).toEqual(["europe-west3", "us-east4"]);
    expect(outputs.negCount).toBe(6);
  });
});

describe("whatever a stack is configured to be", () => {
  const place = fc.record({
    region: fc.constantFrom(...REGIONS),
    block: fc.nat(BLOCKS_PER_REGION - 1),
  });
  const places = fc.uniqueArray(place, {
    selector: ({ region, block }) => `${region}/${block}`,
    minLength: 2,
    maxLength: 4,
  });

  test("its timeout covers twice the P99 latency", () => {
    const latency = fc.double({ min: 0.1, max: 1800, noNaN: true });
    fc.assert(
      fc.property(latency, (p99LatencySeconds) => {
        const { timeoutSeconds } = readConfig("dev", { p99LatencySeconds });
        expect(timeoutSeconds).toBeGreaterThanOrEqual(2 * p99LatencySeconds);
        expect(timeoutSeconds).toBeLessThanOrEqual(3600);
      }),
      { numRuns: 20 },
    );
  });

  test("its resources have names of their own, and no edge leads in a circle", async () => {
    await fc.assert(
      fc.asyncProperty(places, fc.nat(), async (chosen, config) => {
        const clusters = Object.fromEntries(
          chosen.map((where, i) => [`gke-${i}`, { ...where, zones: oneZone(where.region) }]),
        );
        const configCluster = `gke-${config % chosen.length}`;
        const { registrations } = await synthesize("dev", { config: { clusters, configCluster } });
        const ids = registrations.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const graph = new Graph(registrations);
        expect(ids.filter((id) => graph.before(id).has(id))).toEqual([]);
      }),
      { numRuns: 6 },
    );
  });
});
