import { Graph } from "../support/graph";
import { synthesize } from "../support/program";
import type { Registration } from "../../rehearsal/stage/registrations";

const CUSTOM = "kubernetes:";
const GUARD = "pulumi:index:Stash";
const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway::cross-region-gateway";

const FEATURE = "gcp:gkehub/feature:Feature::cross-region-gateway-multiclusteringress";

describe("the graph of the program", () => {
  let registrations: Registration[];
  let graph: Graph;
  beforeAll(async () => {
    ({ registrations } = await synthesize("dev"));
    graph = new Graph(registrations);
  });

  /** Registrations that belong to one cluster, by its name in theirs. */
  const ofCluster = (cluster: string) =>
    registrations.filter(
      ({ name }) =>
        name === cluster || name.startsWith(`${cluster}-`) || name.endsWith(`-${cluster}`),
    );

  test("no edge joins two clusters", () => {
    const [west, east] = [ofCluster("gke-west"), ofCluster("gke-east")];
    const eastern = new Set(east.map(({ id }) => id));
    const crossing = west.flatMap(({ id }) =>
      [...graph.before(id)].filter((other) => eastern.has(other)).map((other) => [id, other]),
    );
    expect(west.length).toBe(east.length);
    expect(crossing).toEqual([]);
  });

  test("the node pools of a cluster do not wait for each other", () => {
    const before = graph.before("gcp:container/nodePool:NodePool::gke-west-gpu");
    expect([...before].filter((id) => id.includes("NodePool"))).toEqual([]);
  });

  test("only the model server waits for GPUs, only the endpoint picker for the system pool", () => {
    const waiting = (pool: string) =>
      registrations
        .filter(
          ({ id, type }) =>
            type.startsWith(CUSTOM) &&
            graph.before(id).has(`gcp:container/nodePool:NodePool::${pool}`),
        )
        .map(({ id }) => id);
    expect(waiting("gke-west-gpu")).toEqual(["kubernetes:apps/v1:Deployment::gke-west"]);
    expect(waiting("gke-west-system")).toEqual(["kubernetes:apps/v1:Deployment::gke-west-epp"]);
  });

  test("the gateway waits for the feature, every proxy subnet, every pool and the controller's role", () => {
    expect([...graph.before(GATEWAY)]).toEqual(
      expect.arrayContaining([
        FEATURE,
        "gcp:compute/subnetwork:Subnetwork::europe-west3-proxy",
        "gcp:compute/subnetwork:Subnetwork::us-east4-proxy",
        "kubernetes:inference.networking.k8s.io/v1:InferencePool::gke-west-pool",
        "kubernetes:inference.networking.k8s.io/v1:InferencePool::gke-east-pool",
        "gcp:projects/iAMMember:IAMMember::apis-multiclusteringress-agent-role",
      ]),
    );
  });

  test("the gateway does not wait for a node or a model", () => {
    const slow = [...graph.before(GATEWAY)].filter((id) => /NodePool|Deployment/.test(id));
    expect(slow).toEqual([]);
  });

  test.each([
    "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::cross-region-gateway-route",
    "kubernetes:networking.gke.io/v1:HealthCheckPolicy::cross-region-gateway-health-check",
    "kubernetes:networking.gke.io/v1:GCPBackendPolicy::cross-region-gateway-backend-policy",
  ])("%s comes after the gateway", (id) => {
    expect(graph.before(id).has(GATEWAY)).toBe(true);
  });

  test("every resource comes before a guard", () => {
    const guards = registrations.filter(({ type }) => type === GUARD);
    const guarded = new Set(guards.flatMap(({ id }) => [id, ...graph.before(id)]));
    const unguarded = registrations.filter(({ id }) => !guarded.has(id));
    expect(unguarded).toEqual([]);
    expect(guards.map(({ name }) => name).sort()).toEqual([
      "cross-region-gateway",
      "gke-east",
      "gke-west",
    ]);
  });

  test.each([true, false])("deletionProtection: %s decides about the guards", async (protect) => {
    const { registrations } = await synthesize("dev", { config: { deletionProtection: protect } });
    const guards = registrations.filter(({ type }) => type === GUARD);
    expect(guards.map((guard) => guard.protect)).toEqual([protect, protect, protect]);
  });

  test("everything in a cluster uses that cluster's provider and waits for its namespace", () => {
    for (const cluster of ["gke-west", "gke-east"]) {
      const objects = ofCluster(cluster).filter(({ type }) => type.startsWith(CUSTOM));
      const namespace = `kubernetes:core/v1:Namespace::${cluster}`;
      const strays = objects.filter(
        ({ provider }) => provider !== `pulumi:providers:kubernetes::${cluster}`,
      );
      const early = objects.filter(
        ({ id }) => id !== namespace && !graph.before(id).has(namespace),
      );
      expect(strays.map(({ id }) => id)).toEqual([]);
      expect(early.map(({ id }) => id)).toEqual([]);
    }
  });

  test("nothing of Google Cloud is made before its API is enabled", () => {
    const apiOf: Record<string, string> = {
      "gcp:compute/": "compute",
      "gcp:container/": "container",
      "gcp:gkehub/": "gkehub",
      "gcp:serviceaccount/": "iam",
      "gcp:projects/iAMMember": "cloudresourcemanager",
    };
    const early = registrations.flatMap(({ id, type }) => {
      const [, api] = Object.entries(apiOf).find(([prefix]) => type.startsWith(prefix)) ?? [];
      return !api || graph.before(id).has(`gcp:projects/service:Service::apis-${api}`) ? [] : [id];
    });
    expect(early).toEqual([]);
  });

  test("Resource Manager comes before every other API: the provider asks it when it has enabled one", () => {
    const first = "gcp:projects/service:Service::apis-cloudresourcemanager";
    const apis = registrations.filter(({ type }) => type === "gcp:projects/service:Service");
    const early = apis.filter(({ id }) => id !== first && !graph.before(id).has(first));
    expect(early).toEqual([]);
    expect(apis.length).toBeGreaterThan(10);
  });

  test("the feature comes after the APIs that it works with", () => {
    const before = graph.before(FEATURE);
    const apis = ["multiclusteringress", "multiclusterservicediscovery", "trafficdirector"];
    const late = apis.filter((api) => !before.has(`gcp:projects/service:Service::apis-${api}`));
    expect(late).toEqual([]);
  });

  test.each(["gke-west", "gke-east"])(
    "the feature and the pool of %s go before its membership",
    (cluster) => {
      const membership = `gcp:gkehub/membership:Membership::${cluster}`;
      expect(graph.before(FEATURE).has(membership)).toBe(true);
      const pool = `kubernetes:inference.networking.k8s.io/v1:InferencePool::${cluster}-pool`;
      expect(graph.before(pool).has(membership)).toBe(true);
    },
  );
});
