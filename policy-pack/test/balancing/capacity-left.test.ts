import { UNKNOWN } from "../support/unknown";
import { capacityLeft } from "../../balancing/capacity-left";
import {
  balancing,
  cluster,
  clusterEu,
  fleet,
  inCluster,
  poolUs,
  withChanged,
} from "../fixtures/fleet";
import { pending } from "../fixtures/messages";
import { asGenerated, backendPolicy, changed, pool } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import { type Registered, unknownBut } from "../support/policies";

const CAPACITY = "spec.default.capacityScalerPercent";
const SCOPES = "spec.default.scopes";

const findings = findingsOf(capacityLeft);

const nothing = [
  "mandatory",
  "balancing",
  `${CAPACITY}: 0 leaves no backend any capacity; ` +
    "set it above 0, or drain single regions in spec.default.scopes",
];
const drained = (clusters = "eu, us") => [
  "mandatory",
  "balancing",
  `${SCOPES}: drain every cluster of the pool (${clusters}), so nothing serves it; ` +
    "give at least one of them a capacityScalerPercent above 0",
];

const scope = (selector: unknown, capacityScalerPercent: unknown = 0) => {
  return { selector, capacityScalerPercent };
};
const region = (name: unknown, percent?: unknown) => scope({ "gke.io/region": name }, percent);
const named = (name: unknown, percent?: unknown) => scope({ "gke.io/cluster-name": name }, percent);
const zone = (name: unknown, percent?: unknown) => scope({ "gke.io/zone": name }, percent);
const scoped = (...scopes: unknown[]) => withChanged(changed(balancing, SCOPES, scopes));

const bothRegions = [region("europe-west3"), region("us-east4")];

test.each<[string, readonly Registered[]]>([
  ["full capacity", fleet],
  ["one percent", withChanged(changed(balancing, CAPACITY, 1))],
  ["one region drained", scoped(region("us-east4"))],
  ["a little left in one", scoped(region("europe-west3"), region("us-east4", 1))],
  ["a scope that says nothing of it", scoped(region("europe-west3", null), region("us-east4"))],
  ["capacity in the first scope that matches", scoped(named("eu", 50), ...bothRegions)],
  [
    "both keys at once, of two clusters",
    scoped(
      scope({ "gke.io/region": "us-east4", "gke.io/cluster-name": "eu" }),
      region("europe-west3"),
    ),
  ],
  ["a zone, beside which others may be", scoped(region("europe-west3"), zone("us-east4-b"))],
  ["capacity in a zone before its region", scoped(zone("us-east4-b", 10), ...bothRegions)],
  ["a key that GKE does not know", scoped(region("us-east4"), scope({ env: "prod" }))],
  [
    "a pool in a region that has no scope",
    [
      ...cluster("asia", "asia-east1"),
      ...scoped(...bothRegions),
      inCluster(pool, "asia", "pool-asia"),
    ],
  ],
  [
    "clusters that another stack makes",
    scoped(...bothRegions).filter(({ type }) => {
      return !type.startsWith("gcp:");
    }),
  ],
  ["a stack without the pool", [...clusterEu, changed(balancing, SCOPES, bothRegions)]],
  ["an object for scopes", withChanged(changed(balancing, SCOPES, { a: 0 }))],
  ["odd scopes", scoped(null, [], "eu", scope([]), scope({ "gke.io/region": 3 }))],
  ["no spec", withChanged(changed(balancing, "spec"))],
  ["a text, which GKE refuses", withChanged(changed(balancing, CAPACITY, "0"))],
  [
    "a plain Service's",
    withChanged(changed(changed(balancing, CAPACITY, 0), "spec.targetRef.kind", "Service")),
  ],
  ["an empty stack", []],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test.each<[string, readonly Registered[], unknown[]]>([
  ["no capacity", withChanged(changed(balancing, CAPACITY, 0)), nothing],
  ["none without pools or clusters", [changed(backendPolicy, CAPACITY, 0)], nothing],
  ["a generated class's object", [asGenerated(changed(backendPolicy, CAPACITY, 0))], nothing],
  [
    "a pool of one cluster",
    [changed(changed(balancing, CAPACITY, 0), "spec.targetRef.kind", "InferencePool")],
    nothing,
  ],
  ["every region drained", scoped(...bothRegions), drained()],
  ["every cluster drained by name", scoped(named("us"), named("eu")), drained()],
  ["a region and a name", scoped(region("europe-west3"), named("us")), drained()],
  ["a scope for all", scoped(scope({})), drained()],
  ["a scope without a selector", scoped({ capacityScalerPercent: 0 }), drained()],
  ["the rest drained", scoped(region("europe-west3"), scope(null)), drained()],
  ["capacity in a scope that comes too late", scoped(...bothRegions, named("eu", 50)), drained()],
  ["zones drained before their region", scoped(zone("us-east4-b"), ...bothRegions), drained()],
  ["capacity in another region's zone", scoped(zone("us-east1-b", 50), ...bothRegions), drained()],
  [
    "the only cluster of the pool",
    scoped(region("europe-west3")).filter((resource) => {
      return resource !== poolUs;
    }),
    drained("eu"),
  ],
  [
    "two clusters of one region",
    [
      ...cluster("eu-2", "europe-west3-a"),
      inCluster(pool, "eu-2", "pool-eu-2"),
      ...scoped(region("europe-west3")).filter((resource) => resource !== poolUs),
    ],
    drained("eu, eu-2"),
  ],
])("fails %s", async (_, resources, finding) => {
  expect(await findings(resources)).toEqual([finding]);
});

describe("on a first preview", () => {
  const firstPreview = true;

  /** Nothing that the cloud answers is known, but what comes from where. */
  const hidden = (resources: readonly Registered[]) =>
    resources.map((resource) => {
      if (resource.type === "gcp:container/cluster:Cluster") {
        return { ...resource, inputs: unknownBut(resource.inputs, "location") };
      }
      return resource.type.startsWith("pulumi:providers:")
        ? { ...resource, inputs: { kubeconfig: UNKNOWN } }
        : resource;
    });

  test("passes the good stack", async () => {
    expect(await findings(hidden(fleet), { firstPreview })).toEqual([]);
  });

  test("fails every region drained", async () => {
    expect(await findings(hidden(scoped(...bothRegions)), { firstPreview })).toEqual([drained()]);
  });

  test("leaves alone a cluster whose name is not known yet", async () => {
    const resources = hidden(scoped(named("eu"), named("us")));
    expect(await findings(resources, { firstPreview })).toEqual([]);
    const capacityFirst = hidden(scoped(named("eu", 50), ...bothRegions));
    expect(await findings(capacityFirst, { firstPreview })).toEqual([]);
  });

  test("judges among siblings that are not known yet", async () => {
    const policy = changed(changed(balancing, SCOPES, bothRegions), "spec.default.timeoutSec", 1);
    const known = ["apiVersion", "kind", "metadata.namespace", "spec.targetRef", SCOPES];
    const inputs = unknownBut(policy.inputs, ...known);
    expect(await findings(withChanged({ ...policy, inputs }), { firstPreview })).toEqual([
      drained(),
    ]);
  });

  test("counts a pool that may turn out to be the target", async () => {
    const other = changed(poolUs, "metadata.name", UNKNOWN);
    const policy = changed(balancing, SCOPES, [region("europe-west3")]);
    expect(await findings(withChanged(policy, other), { firstPreview })).toEqual([]);
    const apart = changed(poolUs, "metadata.namespace", UNKNOWN);
    expect(await findings(withChanged(policy, apart), { firstPreview })).toEqual([]);
  });

  test.each<[string, readonly Registered[], string[]]>([
    ["the capacity", withChanged(changed(balancing, CAPACITY, UNKNOWN)), [CAPACITY]],
    ["the scopes", withChanged(changed(balancing, SCOPES, UNKNOWN)), [SCOPES]],
    ["the default", withChanged(changed(balancing, "spec.default", UNKNOWN)), [CAPACITY, SCOPES]],
    [
      "the capacity of the only region left",
      scoped(region("europe-west3"), region("us-east4", UNKNOWN)),
      [`${SCOPES}[1].capacityScalerPercent`],
    ],
  ])("advises where %s is not known yet", async (_, resources, paths) => {
    expect(await findings(resources, { firstPreview })).toEqual(
      paths.map((path) => ["advisory", "balancing", pending(path)]),
    );
  });

  test.each<[string, readonly Registered[]]>([
    ["the capacity of one region of two", scoped(region("europe-west3", UNKNOWN))],
    ["a region", scoped(region("europe-west3"), region(UNKNOWN))],
    ["a selector", scoped(region("europe-west3"), scope(UNKNOWN))],
    ["a zone's capacity", scoped(zone("us-east4-b", UNKNOWN), ...bothRegions)],
    [
      "the target",
      withChanged(changed(changed(balancing, SCOPES, bothRegions), "spec.targetRef.name", UNKNOWN)),
    ],
  ])("says nothing where %s is not known yet", async (_, resources) => {
    expect(await findings(resources, { firstPreview })).toEqual([]);
  });
});
