import { UNKNOWN } from "../support/unknown";
import { routedPoolBalanced } from "../../balancing/routed-pool-balanced";
import {
  balancing,
  fleet,
  inCluster,
  namespace,
  poolEu,
  route,
  withChanged,
} from "../fixtures/fleet";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const REF = "spec.rules[0].backendRefs[0]";
const NAME = "spec.rules.0.backendRefs.0.name";
const TARGET = "spec.targetRef.name";
const IMPORT = { group: "networking.gke.io", kind: "GCPInferencePoolImport", name: "llm" };

const findings = findingsOf(routedPoolBalanced);

const without = (...left: readonly Registered[]) => {
  return fleet.filter((resource) => !left.includes(resource));
};
const missing = (path = REF, name = '"llm"') => [
  "mandatory",
  "route",
  `${path}: GCPInferencePoolImport ${name} has no GCPBackendPolicy in this namespace; ` +
    "add one: without it an answer may take 30 seconds, and KV caches do not matter for balancing",
];

test.each<[string, readonly Registered[]]>([
  ["a policy of the pool", fleet],
  ["clusters that another stack makes", fleet.filter(({ type }) => !type.startsWith("gcp:"))],
  ["a stack without GKE resources", [route, balancing]],
  ["a pool that no route leads to", without(route, balancing)],
  [
    "a route to plain Services",
    [changed(route, "spec.rules.0.backendRefs", [{ name: "web", port: 80 }])],
  ],
  [
    "the namespace that the route names",
    [
      changed(
        changed(route, "metadata.namespace", "web"),
        "spec.rules.0.backendRefs.0.namespace",
        "llm",
      ),
      balancing,
    ],
  ],
  [
    "odd routes",
    [
      changed(route, "spec", []),
      changed(route, "spec.rules", {}),
      changed(route, "spec.rules", [null, { backendRefs: "llm" }]),
    ],
  ],
  ["an empty stack", []],
  [
    "a patch of a policy that another stack makes",
    [...without(balancing), { ...balancing, type: `${balancing.type}Patch` }],
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

test.each<[string, readonly Registered[], unknown[]]>([
  ["no policy", without(balancing), missing()],
  ["no policy, of a generated class", without(balancing).map(asGenerated), missing()],
  ["no policy, in a stack without GKE resources", [route], missing()],
  ["a policy of another pool", withChanged(changed(balancing, TARGET, "other")), missing()],
  [
    "a policy of another kind",
    withChanged(changed(balancing, "spec.targetRef.kind", "InferencePool")),
    missing(),
  ],
  [
    "a policy in another namespace",
    withChanged(changed(balancing, "metadata.namespace", "other")),
    missing(),
  ],
  ["a policy in the other cluster", [...without(balancing), inCluster(balancing, "us")], missing()],
  ["an odd policy", withChanged(changed(balancing, "spec", [])), missing()],
  [
    "two pools, of which one has a policy",
    withChanged(
      changed(route, "spec.rules", [
        null,
        { backendRefs: [{ name: "web" }, IMPORT, { ...IMPORT, name: "new" }] },
        { backendRefs: [{ ...IMPORT, name: "new" }] },
      ]),
    ),
    missing("spec.rules[1].backendRefs[2]", '"new"'),
  ],
])("fails %s", async (_, resources, finding) => {
  expect(await findings(resources)).toEqual([finding]);
  expect(await findings(resources, { firstPreview: true })).toEqual([finding]);
});

describe("on a first preview", () => {
  const firstPreview = true;

  test("follows names to the pool and the namespace that they come from", async () => {
    const ns = namespace("ns", { name: "llm" });
    const aimed = (resource: Registered, path: string) => ({
      ...changed(changed(resource, path, UNKNOWN), "metadata.namespace", UNKNOWN),
      propertyDependencies: {
        spec: [`${poolEu.type}::pool-eu`],
        metadata: [`${ns.type}::ns`],
      },
    });
    const stack = [ns, ...withChanged(aimed(route, NAME), aimed(balancing, TARGET))];
    expect(await findings(stack, { firstPreview })).toEqual([]);
    const none = stack.filter(({ name }) => name !== balancing.name);
    expect(await findings(none, { firstPreview })).toEqual([missing(REF, "(not known yet)")]);
  });

  test.each<[string, Registered, string, string]>([
    ["the route's target", changed(route, NAME, UNKNOWN), "route", `${REF}.name`],
    ["the policy's target", changed(balancing, TARGET, UNKNOWN), "balancing", TARGET],
    [
      "the policy's namespace",
      changed(balancing, "metadata.namespace", UNKNOWN),
      "balancing",
      "metadata.namespace",
    ],
  ])("advises where %s is not known yet", async (_, change, resource, path) => {
    expect(await findings(withChanged(change), { firstPreview })).toEqual([
      ["advisory", resource, pending(path)],
    ]);
  });

  test("does not mind what else is not known yet", async () => {
    const hidden = changed(changed(balancing, "spec.default", UNKNOWN), "metadata.name", UNKNOWN);
    expect(await findings(withChanged(hidden), { firstPreview })).toEqual([]);
  });
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) => ({
    ...changed(route, NAME, `llm-${i}`),
    name: `route-${i}`,
  }));
  expect(await findings([...many, balancing])).toHaveLength(300);
});
