import { type Synthesis, synthesize } from "../support/program";
import type { Registration } from "../../rehearsal/stage/registrations";
import { modelServers, ofType } from "./support";

/**
 * What docs/how-to-differences.md names in proof: that the program does not do in Google Cloud what does not work in
 * the how-to.
 */

const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";
const MEMBERSHIP = "gcp:gkehub/membership:Membership";
const KUBERNETES = "pulumi:providers:kubernetes";

const REGIONS: Record<string, string> = { "gke-west": "europe-west3", "gke-east": "us-east4" };

interface NodeConfig {
  serviceAccount: string;
  guestAccelerators?: { count: number }[];
}

describe("unlike in the how-to", () => {
  let dev: Synthesis;
  let prod: Synthesis;
  beforeAll(async () => {
    dev = await synthesize("dev");
    prod = await synthesize("prod");
  });

  test("everything finds a cluster at its region", () => {
    const clusters = ofType(dev, CLUSTER);
    expect(Object.fromEntries(clusters.map(({ name, inputs }) => [name, inputs.location]))).toEqual(
      REGIONS,
    );
    // Pools and memberships name their cluster by its id, which has its location in it.
    for (const { inputs, parent } of ofType(dev, NODE_POOL)) {
      const name = parent?.split("::")[1] ?? "";
      expect(inputs.cluster).toBe(`${name}-id`);
      expect([undefined, REGIONS[name]]).toContain(inputs.location);
    }
    expect(ofType(dev, MEMBERSHIP).map(({ inputs }) => inputs.endpoint)).toEqual(
      clusters.map(({ name }) => ({
        gkeCluster: { resourceLink: `//container.googleapis.com/${name}-id` },
      })),
    );
  });

  test("one name is in all that belongs to a cluster", async () => {
    const clusters = {
      "gke-west": { region: "europe-west3" },
      "gke-virginia": { region: "us-east4" },
    };
    const renamed = await synthesize("dev", { config: { clusters } });
    const as = (synthesis: Synthesis) =>
      JSON.stringify({ ...synthesis, registrations: sorted(synthesis.registrations) });
    expect(as(renamed)).toBe(as(withName(dev, "gke-east", "gke-virginia")));
  });

  test("a context is named after the cluster's region", () => {
    const contexts = Object.entries(REGIONS).map(
      ([name, region]) => `gke_my-project-dev_${region}_${name}`,
    );
    const outputs = Object.values(dev.outputs.clusters as Record<string, { context: string }>);
    expect(outputs.map(({ context }) => context)).toEqual(contexts);
    const providers = ofType(dev, KUBERNETES).map(({ inputs }) => String(inputs.kubeconfig));
    expect(providers.map((kubeconfig) => /^current-context: (.*)$/m.exec(kubeconfig)?.[1])).toEqual(
      contexts,
    );
  });

  test("no cluster keeps the pool that GKE makes by itself", () => {
    for (const { inputs } of [...ofType(dev, CLUSTER), ...ofType(prod, CLUSTER)]) {
      expect(inputs).toMatchObject({ removeDefaultNodePool: true, initialNodeCount: 1 });
    }
  });

  test.each(["dev", "prod"])("at its smallest stack %s has no GPU without a replica", (stack) => {
    const synthesis = stack === "dev" ? dev : prod;
    const replicas = modelServers(synthesis).map(
      ({ spec }) => (spec as { replicas: number }).replicas,
    );
    const gpus = Object.keys(REGIONS).map((cluster) => gpusOf(synthesis, cluster));
    expect(replicas).toHaveLength(gpus.length);
    gpus.forEach((count, i) => expect(count).toBeLessThanOrEqual(replicas[i] ?? 0));
    expect(Math.max(...gpus)).toBeGreaterThan(0);
  });

  test("nothing is made of a cluster before the cluster is there", () => {
    const cluster = new RegExp(`^${CLUSTER}::`);
    for (const { id, dependsOn } of [...ofType(dev, NODE_POOL), ...ofType(dev, KUBERNETES)]) {
      expect([id, dependsOn.filter((on) => cluster.test(on))]).toEqual([
        id,
        [expect.stringMatching(cluster)],
      ]);
    }
    for (const { timeouts } of ofType(dev, CLUSTER)) expect(timeouts.create).toBe("60m");
    for (const { timeouts } of ofType(dev, NODE_POOL)) expect(timeouts.create).toBe("60m");
  });

  test("every node runs as the account that may write metrics", () => {
    const grants = ofType(dev, "gcp:projects/iAMMember:IAMMember").filter(
      ({ inputs }) => inputs.role === "roles/autoscaling.metricsWriter",
    );
    const pools = [...ofType(dev, NODE_POOL), ...ofType(dev, CLUSTER)];
    const accounts = pools.map(({ inputs }) => (inputs.nodeConfig as NodeConfig).serviceAccount);
    expect(grants.map(({ inputs }) => inputs.member)).toEqual(
      [...new Set(accounts)].map((account) => `serviceAccount:${account}`),
    );
  });

  test("Model Armor is neither enabled nor attached", () => {
    const services = ofType(dev, "gcp:projects/service:Service").map(({ inputs }) =>
      String(inputs.service),
    );
    expect(services.length).toBeGreaterThan(10);
    expect(services.filter((service) => /modelarmor/.test(service))).toEqual([]);
    expect(dev.registrations.filter(({ type }) => /GCPTrafficExtension/.test(type))).toEqual([]);
  });

  test("no cluster registers itself", () => {
    for (const { inputs } of ofType(dev, CLUSTER)) expect(inputs.fleet).toBeUndefined();
    expect(
      ofType(dev, MEMBERSHIP).map(({ inputs }) => [inputs.membershipId, inputs.location]),
    ).toEqual(Object.keys(REGIONS).map((name) => [name, "global"]));
  });
});

/** GPUs of a cluster when every pool has its least nodes. */
function gpusOf(synthesis: Synthesis, cluster: string): number {
  return ofType(synthesis, NODE_POOL)
    .filter(({ parent }) => parent?.endsWith(`::${cluster}`))
    .map(({ inputs }) => {
      const { totalMinNodeCount = 0 } = inputs.autoscaling as { totalMinNodeCount?: number };
      const { guestAccelerators = [] } = inputs.nodeConfig as NodeConfig;
      return totalMinNodeCount * (guestAccelerators[0]?.count ?? 0);
    })
    .reduce((sum, gpus) => sum + gpus, 0);
}

function withName(synthesis: Synthesis, from: string, to: string): Synthesis {
  return JSON.parse(JSON.stringify(synthesis).replaceAll(from, to)) as Synthesis;
}

function sorted(registrations: Registration[]): Registration[] {
  return registrations
    .map((each) => ({ ...each, dependsOn: [...each.dependsOn].sort() }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
