import { UNKNOWN } from "../support/unknown";
import { importHasPool } from "../../pools/import-has-pool";
import { pending } from "../fixtures/messages";
import { asGenerated } from "../fixtures/stack";
import {
  copied,
  dependent,
  edited,
  objectsOnly,
  POOL_TYPE,
  twoClusters,
  twoClustersAtFirst,
  without,
} from "../fixtures/twoClusters";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const BACKEND = "spec.rules.0.backendRefs.0";
const BACKEND_PATH = "spec.rules[0].backendRefs[0]";
const POOL_SOURCE = `${POOL_TYPE}::gke-west-pool`;

const findings = findingsOf(importHasPool);

const service = { name: "web", port: 80 };
const poolsElsewhere = without(twoClusters, "gke-east-pool", "gke-west-pool");

test.each<[string, readonly Registered[]]>([
  ["references to a pool", twoClusters],
  ["clusters that another stack makes", objectsOnly],
  ["a pool in one cluster only", without(twoClusters, "gke-west-pool")],
  ["a stack without pools", edited(poolsElsewhere, "gke-west-route", `${BACKEND}.name`, "x")],
  ["a route to a Service", edited(twoClusters, "gke-west-route", BACKEND, service)],
  [
    "a policy of a Service",
    edited(twoClusters, "gke-west-health", "spec.targetRef", { kind: "Service", name: "web" }),
  ],
  ["a route without rules", edited(twoClusters, "gke-west-route", "spec")],
  ["null for a backend", edited(twoClusters, "gke-west-route", BACKEND, null)],
  ["an object for rules", edited(twoClusters, "gke-west-route", "spec.rules", {})],
  [
    "the pool's namespace in the reference",
    edited(
      edited(twoClusters, "gke-west-route", "metadata.namespace", "gateways"),
      "gke-west-route",
      `${BACKEND}.namespace`,
      "llm",
    ),
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

const no = (path: string, given: string, fix: string, namespace = "llm") =>
  `${path}: ${given} InferencePool in namespace ${namespace}; ${fix}`;

test.each<[string, readonly Registered[], string, string]>([
  [
    "a misspelt backend",
    edited(twoClusters, "gke-west-route", `${BACKEND}.name`, "lm"),
    "gke-west-route",
    no(`${BACKEND_PATH}.name`, '"lm" is not the name of an', "did you mean llm?"),
  ],
  [
    "a policy of another name",
    edited(twoClusters, "gke-west-balancing", "spec.targetRef.name", "balancing"),
    "gke-west-balancing",
    no("spec.targetRef.name", '"balancing" is not the name of an', "name one of these: llm/llm"),
  ],
  [
    "a health check of another name",
    edited(twoClusters, "gke-west-health", "spec.targetRef.name", "llm3-8b"),
    "gke-west-health",
    no("spec.targetRef.name", '"llm3-8b" is not the name of an', "did you mean llm?"),
  ],
  [
    "no name",
    edited(twoClusters, "gke-west-health", "spec.targetRef.name"),
    "gke-west-health",
    no("spec.targetRef.name", "is not set, so it names no", "name one of these: llm/llm"),
  ],
  [
    "a number for a name",
    edited(twoClusters, "gke-west-health", "spec.targetRef.name", 5),
    "gke-west-health",
    no("spec.targetRef.name", "5 is not the name of an", "name one of these: llm/llm"),
  ],
  [
    "another namespace",
    edited(twoClusters, "gke-west-route", "metadata.namespace", "gateways"),
    "gke-west-route",
    no(
      `${BACKEND_PATH}.name`,
      '"llm" is not the name of an',
      "name one of these: llm/llm",
      "gateways",
    ),
  ],
  [
    "another namespace in the reference",
    edited(twoClusters, "gke-west-route", `${BACKEND}.namespace`, "gateways"),
    "gke-west-route",
    no(
      `${BACKEND_PATH}.name`,
      '"llm" is not the name of an',
      "name one of these: llm/llm",
      "gateways",
    ),
  ],
  [
    "no namespace",
    edited(twoClusters, "gke-west-balancing", "metadata.namespace"),
    "gke-west-balancing",
    no(
      "spec.targetRef.name",
      '"llm" is not the name of an',
      "name one of these: llm/llm",
      "default",
    ),
  ],
  [
    "an import that the program makes",
    [
      ...twoClusters,
      copied(twoClusters, "gke-west-pool", "import", {
        apiVersion: "networking.gke.io/v1",
        kind: "GCPInferencePoolImport",
      }),
    ],
    "import",
    "kind: GKE makes each GCPInferencePoolImport itself, where a pool is exported; remove it from " +
      "the program, and export the InferencePool",
  ],
])("fails %s", async (_, resources, resource, message) => {
  expect(await findings(resources)).toEqual([["mandatory", resource, message]]);
  expect(await findings(resources.map(asGenerated))).toEqual([["mandatory", resource, message]]);
});

test("fails an import that the program makes in a stack without pools", async () => {
  const made: Registered = {
    type: "kubernetes:networking.gke.io/v1:GCPInferencePoolImport",
    name: "import",
    inputs: {},
  };
  expect(await findings([made], { firstPreview: true })).toHaveLength(1);
});

test("lists some of many pools", async () => {
  const more = ["a", "b", "c", "d", "e", "f"].map((name) => {
    return copied(twoClusters, "gke-east-pool", name, { "metadata.name": `${name}-pool` });
  });
  const stack = edited(
    [...twoClusters, ...more],
    "gke-west-health",
    "spec.targetRef.name",
    "other",
  );
  const [[, , message] = []] = await findings(stack);
  const list =
    "name one of these: llm/a-pool, llm/b-pool, llm/c-pool, llm/d-pool, llm/e-pool and 2 more";
  expect(message).toBe(no("spec.targetRef.name", '"other" is not the name of an', list));
});

describe("on a first preview", () => {
  const firstPreview = true;

  test("passes the good stack", async () => {
    expect(await findings(twoClustersAtFirst, { firstPreview })).toEqual([]);
  });

  test.each([
    ["gke-west-route", `${BACKEND}.name`, `${BACKEND_PATH}.name`],
    ["gke-west-route", "spec.rules", "spec.rules"],
    ["gke-west-route", "spec.rules.0.backendRefs", "spec.rules[0].backendRefs"],
    ["gke-west-route", `${BACKEND}.kind`, `${BACKEND_PATH}.kind`],
    ["gke-west-health", "spec.targetRef", "spec.targetRef"],
    ["gke-west-health", "spec.targetRef.name", "spec.targetRef.name"],
  ])("of %s, advises where %s is not known yet", async (name, path, place) => {
    const stack = edited(twoClustersAtFirst, name, path, UNKNOWN);
    expect(await findings(stack, { firstPreview })).toEqual([["advisory", name, pending(place)]]);
    // Unless it comes from a pool.
    const fromPool = dependent(stack, name, "spec", POOL_SOURCE);
    expect(await findings(fromPool, { firstPreview })).toEqual([]);
  });

  test("judges a name where the namespace is not known", async () => {
    const hidden = edited(twoClustersAtFirst, "gke-west-route", "metadata.namespace", UNKNOWN);
    expect(await findings(hidden, { firstPreview })).toEqual([]);
    const misspelt = edited(hidden, "gke-west-route", `${BACKEND}.name`, "lm");
    expect(await findings(misspelt, { firstPreview })).toEqual([
      [
        "mandatory",
        "gke-west-route",
        `${BACKEND_PATH}.name: "lm" is not the name of an InferencePool; did you mean llm?`,
      ],
    ]);
  });

  test.each(["metadata", "metadata.name"])("lets a pool's %s be any", async (path) => {
    const hidden = edited(twoClustersAtFirst, "gke-east-pool", path, UNKNOWN);
    const stack = edited(hidden, "gke-west-route", `${BACKEND}.name`, "generated-5fe2");
    expect(await findings(stack, { firstPreview })).toEqual([]);
  });

  test("lets a pool's namespace be any", async () => {
    const hidden = edited(twoClustersAtFirst, "gke-east-pool", "metadata.namespace", UNKNOWN);
    const moved = edited(hidden, "gke-west-route", "metadata.namespace", "gateways");
    expect(await findings(moved, { firstPreview })).toEqual([]);
    const misspelt = edited(moved, "gke-west-route", `${BACKEND}.name`, "lm");
    expect(await findings(misspelt, { firstPreview })).toHaveLength(1);
  });
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) =>
    copied(twoClusters, "gke-west-health", `health-${i}`, { "spec.targetRef.name": `llm-x-${i}` }),
  );
  expect(await findings([...twoClusters, ...many])).toHaveLength(300);
});
