import { UNKNOWN } from "../support/unknown";
import { objectiveNamesPool } from "../../pools/objective-names-pool";
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

const NAME = "spec.poolRef.name";

const findings = findingsOf(objectiveNamesPool);

test.each<[string, readonly Registered[]]>([
  ["an objective of the pool in each cluster", twoClusters],
  ["clusters that another stack makes", objectsOnly],
  [
    "a stack without pools",
    edited(without(twoClusters, "gke-east-pool", "gke-west-pool"), "gke-east-objective", NAME, "x"),
  ],
  [
    "group and kind of a pool",
    edited(twoClusters, "gke-east-objective", "spec.poolRef", {
      group: "inference.networking.k8s.io",
      kind: "InferencePool",
      name: "llm",
    }),
  ],
  [
    "the objective of llm-d",
    edited(twoClusters, "gke-east-objective", "apiVersion", "llm-d.ai/v1alpha2"),
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

const no = (given: string, fix: string, namespace = "llm") =>
  `${NAME}: ${given} InferencePool in namespace ${namespace} of cluster gke-east; ${fix}`;

test.each<[string, readonly Registered[], string]>([
  [
    "a misspelt name",
    edited(twoClusters, "gke-east-objective", NAME, "lm"),
    no('"lm" is not the name of an', "did you mean llm?"),
  ],
  [
    "another name",
    edited(twoClusters, "gke-east-objective", NAME, "other"),
    no('"other" is not the name of an', "name one of these: llm/llm"),
  ],
  [
    "a pool of the other cluster only",
    without(twoClusters, "gke-east-pool"),
    no('"llm" is not the name of an', "create the InferencePool there"),
  ],
  [
    "a pool of another namespace",
    edited(twoClusters, "gke-east-objective", "metadata.namespace"),
    no('"llm" is not the name of an', "name one of these: llm/llm", "default"),
  ],
  [
    "no name",
    edited(twoClusters, "gke-east-objective", NAME),
    no("is not set, so it names no", "name one of these: llm/llm"),
  ],
  [
    "no spec",
    edited(twoClusters, "gke-east-objective", "spec"),
    no("is not set, so it names no", "name one of these: llm/llm"),
  ],
  [
    "a list for a reference",
    edited(twoClusters, "gke-east-objective", "spec.poolRef", [{ name: "llm" }]),
    no("is not set, so it names no", "name one of these: llm/llm"),
  ],
  [
    "another kind",
    edited(twoClusters, "gke-east-objective", "spec.poolRef.kind", "Service"),
    'spec.poolRef.kind: "Service" is not that of an InferencePool; leave it out, or write ' +
      "InferencePool",
  ],
  [
    "another group",
    edited(twoClusters, "gke-east-objective", "spec.poolRef.group", "networking.gke.io"),
    'spec.poolRef.group: "networking.gke.io" is not that of an InferencePool; leave it out, or ' +
      "write inference.networking.k8s.io",
  ],
  [
    "another name for the objective of llm-d",
    edited(
      edited(twoClusters, "gke-east-objective", "apiVersion", "llm-d.ai/v1alpha2"),
      "gke-east-objective",
      NAME,
      "other",
    ),
    no('"other" is not the name of an', "name one of these: llm/llm"),
  ],
])("fails %s", async (_, resources, message) => {
  const expected = [["mandatory", "gke-east-objective", message]];
  expect(await findings(resources)).toEqual(expected);
  expect(await findings(resources.map(asGenerated))).toEqual(expected);
});

describe("on a first preview", () => {
  const firstPreview = true;

  test("passes the good stack", async () => {
    expect(await findings(twoClustersAtFirst, { firstPreview })).toEqual([]);
  });

  test("judges a name among siblings that are not known", async () => {
    const hidden = edited(twoClustersAtFirst, "gke-east-objective", "spec.priority", UNKNOWN);
    const stack = edited(hidden, "gke-east-objective", NAME, "lm");
    expect(await findings(stack, { firstPreview })).toEqual([
      ["mandatory", "gke-east-objective", no('"lm" is not the name of an', "did you mean llm?")],
    ]);
  });

  test.each([NAME, "spec.poolRef", "spec"])("advises where %s is not known", async (path) => {
    const stack = edited(twoClustersAtFirst, "gke-east-objective", path, UNKNOWN);
    expect(await findings(stack, { firstPreview })).toEqual([
      ["advisory", "gke-east-objective", pending(NAME)],
    ]);
    // Unless it comes from a pool.
    const source = `${POOL_TYPE}::gke-east-pool`;
    const fromPool = dependent(stack, "gke-east-objective", "spec", source);
    expect(await findings(fromPool, { firstPreview })).toEqual([]);
  });

  test("judges a name where the namespace is not known", async () => {
    const hidden = edited(twoClustersAtFirst, "gke-east-objective", "metadata", UNKNOWN);
    expect(await findings(hidden, { firstPreview })).toEqual([]);
    const stack = edited(hidden, "gke-east-objective", NAME, "lm");
    expect(await findings(stack, { firstPreview })).toEqual([
      [
        "mandatory",
        "gke-east-objective",
        `${NAME}: "lm" is not the name of an InferencePool in cluster gke-east; did you mean llm?`,
      ],
    ]);
  });

  test("lets the name of a pool in the cluster be any", async () => {
    const hidden = edited(twoClustersAtFirst, "gke-east-pool", "metadata.name", UNKNOWN);
    const stack = edited(hidden, "gke-east-objective", NAME, "generated-5fe2");
    expect(await findings(stack, { firstPreview })).toEqual([]);
    const other = edited(hidden, "gke-west-objective", NAME, "generated-5fe2");
    expect(await findings(other, { firstPreview })).toHaveLength(1);
  });
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) =>
    copied(twoClusters, "gke-east-objective", `objective-${i}`, { [NAME]: `llm-x-${i}` }),
  );
  expect(await findings([...twoClusters, ...many])).toHaveLength(300);
});
