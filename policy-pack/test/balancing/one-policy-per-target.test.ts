import { UNKNOWN } from "../support/unknown";
import { onePolicyPerTarget } from "../../balancing/one-policy-per-target";
import {
  balancing,
  fleet,
  healthCheck,
  inCluster,
  namespace,
  poolEu,
  poolUs,
} from "../fixtures/fleet";
import { pending } from "../fixtures/messages";
import { asGenerated, backendPolicy, changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import { type Registered, unknownBut } from "../support/policies";

const findings = findingsOf(onePolicyPerTarget);

const second = { ...balancing, name: "second" };
const secondCheck = { ...healthCheck, name: "second-check" };
const message = (kind: string, first: string, target = "GCPInferencePoolImport llm/llm") =>
  `spec.targetRef: ${target} has a ${kind} already, ${first}, and GKE applies one only; ` +
  "merge the two into one";
const double = ["mandatory", "second", message("GCPBackendPolicy", "balancing")];

test.each<[string, readonly Registered[]]>([
  ["one of each kind", fleet],
  ["the same in the other cluster", [...fleet, inCluster(backendPolicy, "us", "second")]],
  ["a target of another name", [...fleet, changed(second, "spec.targetRef.name", "other")]],
  ["a target of another kind", [...fleet, changed(second, "spec.targetRef.kind", "InferencePool")]],
  ["a target of another group", [...fleet, changed(second, "spec.targetRef.group", "x.com")]],
  ["another namespace", [...fleet, changed(second, "metadata.namespace", "other")]],
  ["another target's namespace", [...fleet, changed(second, "spec.targetRef.namespace", "other")]],
  ["policies without a target", [second, second].map((each) => changed(each, "spec.targetRef"))],
  ["odd targets", [second, balancing].map((each) => changed(each, "spec", ["llm"]))],
  ["a patch beside its object", [...fleet, { ...second, type: `${second.type}Patch` }]],
  ["a stack of other things", [poolEu]],
  ["an empty stack", []],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test.each<[string, readonly Registered[], unknown[]]>([
  ["a second policy", [...fleet, second], double],
  [
    "a second health check",
    [...fleet, secondCheck],
    ["mandatory", "second-check", message("HealthCheckPolicy", "health")],
  ],
  ["a generated class's object", [...fleet, asGenerated(second)], double],
  [
    "a target whose namespace is written out",
    [...fleet, changed(second, "spec.targetRef.namespace", "llm")],
    double,
  ],
  [
    "a target in another namespace than its policy",
    [
      ...fleet,
      changed(changed(second, "metadata.namespace", "other"), "spec.targetRef.namespace", "llm"),
    ],
    double,
  ],
  [
    "the namespace that there is without one",
    [changed(balancing, "metadata.namespace"), changed(second, "metadata.namespace", "default")],
    [
      "mandatory",
      "second",
      message("GCPBackendPolicy", "balancing", "GCPInferencePoolImport default/llm"),
    ],
  ],
  [
    "a cluster that this stack does not make",
    [balancing, second],
    ["mandatory", "second", message("GCPBackendPolicy", "balancing")],
  ],
  ["objects without a provider", [backendPolicy, { ...backendPolicy, name: "second" }], double],
])("fails %s", async (_, resources, finding) => {
  expect(await findings(resources)).toEqual([finding]);
});

test("names each but the first", async () => {
  const third = { ...balancing, name: "third" };
  expect(await findings([...fleet, second, third])).toEqual([
    double,
    ["mandatory", "third", message("GCPBackendPolicy", "balancing")],
  ]);
});

test("takes the namespace of the provider", async () => {
  const provider: Registered = {
    type: "pulumi:providers:kubernetes",
    name: "eu",
    inputs: { namespace: "llm" },
  };
  const bare = changed(second, "metadata.namespace");
  expect(await findings([provider, balancing, bare])).toEqual([double]);
});

describe("on a first preview", () => {
  const firstPreview = true;
  const known = ["apiVersion", "kind", "spec.targetRef", "metadata.namespace"];
  const hide = (resource: Registered) => {
    return { ...resource, inputs: unknownBut(resource.inputs, ...known) };
  };
  const from = (source: Registered, ...properties: string[]) => {
    const ids = properties.map((property) => [property, [`${source.type}::${source.name}`]]);
    return Object.fromEntries(ids) as Record<string, string[]>;
  };

  test("judges among siblings that are not known yet", async () => {
    expect(await findings(fleet, { firstPreview })).toEqual([]);
    expect(await findings([hide(balancing), hide(second)], { firstPreview })).toEqual([double]);
  });

  test("follows a namespace to where it comes from", async () => {
    const llm = namespace("ns", { name: "llm" });
    const unnamed = namespace("unnamed", {});
    const placed = (resource: Registered, source: Registered) => ({
      ...changed(resource, "metadata.namespace", UNKNOWN),
      propertyDependencies: from(source, "metadata"),
    });
    const pair = (one: Registered, other: Registered) => [
      llm,
      unnamed,
      placed(balancing, one),
      placed(second, other),
    ];
    expect(await findings(pair(llm, unnamed), { firstPreview })).toEqual([]);
    expect(await findings(pair(llm, llm), { firstPreview })).toEqual([double]);
    const target = "GCPInferencePoolImport (the name of unnamed)/llm";
    expect(await findings(pair(unnamed, unnamed), { firstPreview })).toEqual([
      ["mandatory", "second", message("GCPBackendPolicy", "balancing", target)],
    ]);
    const mixed = [llm, placed(balancing, llm), second];
    expect(await findings(mixed, { firstPreview })).toEqual([double]);
  });

  test("follows a pool's name to where it comes from", async () => {
    const aimed = {
      ...changed(second, "spec.targetRef.name", UNKNOWN),
      propertyDependencies: from(poolEu, "spec"),
    };
    expect(await findings([...fleet, aimed], { firstPreview })).toEqual([double]);
  });

  test.each([
    ["spec.targetRef.name", "spec.targetRef.name"],
    ["spec.targetRef.kind", "spec.targetRef.kind"],
    ["spec.targetRef", "spec.targetRef.group"],
    ["metadata.namespace", "metadata.namespace"],
    ["metadata", "metadata.namespace"],
  ])("advises where %s of one of two is not known yet", async (path, place) => {
    const unknown = changed(second, path, UNKNOWN);
    expect(await findings([...fleet, unknown], { firstPreview })).toEqual([
      ["advisory", "second", pending(place)],
    ]);
    expect(await findings([unknown], { firstPreview })).toEqual([]);
  });

  test("advises where a name may come from two pools", async () => {
    const { propertyDependencies } = {
      propertyDependencies: {
        spec: [poolEu, poolUs].map(({ type, name }) => `${type}::${name}`),
      },
    };
    const aimed = { ...changed(second, "spec.targetRef.name", UNKNOWN), propertyDependencies };
    expect(await findings([...fleet, aimed], { firstPreview })).toEqual([
      ["advisory", "second", pending("spec.targetRef.name")],
    ]);
  });
});
