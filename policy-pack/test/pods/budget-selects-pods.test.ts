import { UNKNOWN } from "../support/unknown";
import { budgetSelectsPods } from "../../pods/budget-selects-pods";
import { pending } from "../fixtures/messages";
import { deployment, euAndUs, object } from "../fixtures/objects";
import { changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

const LABELS = "spec.selector.matchLabels";
const gpus = { resources: { limits: { "nvidia.com/gpu": "1" } } };
const server = (replicas: unknown = 2, cluster = "eu") =>
  changed(deployment("llm", { containers: [gpus] }, cluster), "spec.replicas", replicas);
const picker = deployment("picker", { containers: [{}] });
const budget = (spec: unknown = {}, cluster = "eu") =>
  object(
    "policy/v1:PodDisruptionBudget",
    "budget",
    {
      spec:
        spec !== null && typeof spec === "object"
          ? { maxUnavailable: 1, selector: { matchLabels: { app: "llm" } }, ...spec }
          : spec,
    },
    cluster,
  );
const job = object("batch/v1:Job", "job", {
  spec: { template: { metadata: { labels: { app: "job" } } } },
});
const blocks = "lets no pod go, so no drain of a node ever ends";

async function findings(resources: readonly Registered[], options: RunOptions = {}) {
  const stack = [...euAndUs, ...resources];
  const violations = await runPolicies(stack, { policies: [budgetSelectsPods], ...options });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

describe.each([false, true])("(first preview: %s)", (firstPreview) => {
  test.each<[string, readonly Registered[]]>([
    ["a budget for pods", [server(), picker, budget()]],
    ["no budget", [server()]],
    ["pods that another stack runs", [budget()]],
    ["a least number", [server(), budget({ maxUnavailable: null, minAvailable: 1 })]],
    [
      "a selector by more than labels",
      [server(), budget({ selector: { matchExpressions: [{ key: "a", operator: "Exists" }] } })],
    ],
    ["all pods, which are of one", [server(), budget({ selector: {} })]],
    ["pods of a job", [server(), job, budget({ selector: { matchLabels: { app: "job" } } })]],
    [
      "pods whose labels are not known yet",
      [
        changed(server(), "spec.template.metadata.labels", UNKNOWN),
        budget({ selector: { matchLabels: { app: "x" } } }),
      ],
    ],
    [
      "a label that is not known yet",
      [server(), budget({ selector: { matchLabels: { app: UNKNOWN } } })],
    ],
    [
      "pods that a Helm release may run",
      [
        {
          ...object("helm.sh/v3:Release", "release", {}),
          inputs: { chart: "c", namespace: "llm" },
        },
        server(),
        budget({ selector: { matchLabels: { app: "x" } } }),
      ],
    ],
  ])("passes %s", async (_, resources) => {
    expect(await findings(resources, { firstPreview })).toEqual([]);
  });

  test.each<[string, readonly Registered[], string]>([
    [
      "a misspelt label",
      [server(), picker, budget({ selector: { matchLabels: { app: "lmm" } } })],
      `${LABELS}: {"app":"lmm"} selects no pods, so it guards nothing; write labels that pods there ` +
        'have, such as {"app":"llm"} of llm',
    ],
    [
      "the pods of another cluster",
      [server(2, "us"), picker, budget()],
      `${LABELS}: {"app":"llm"} selects no pods, so it guards nothing; write labels that pods there ` +
        'have, such as {"app":"picker"} of picker',
    ],
    [
      "all pods",
      [server(), picker, budget({ selector: { matchLabels: {} } })],
      `${LABELS}: selects all of the pods there, which are of llm, picker; write the labels of those ` +
        "that it is for",
    ],
    [
      "no selector",
      [server(), budget({ selector: null })],
      `${LABELS}: is not set, so it selects none of the pods there, which are of llm; write the ` +
        "labels of those that it is for",
    ],
    [
      "none away",
      [server(), budget({ maxUnavailable: 0 })],
      `spec.maxUnavailable: 0 ${blocks}; set it to 1 or more`,
    ],
    [
      "no part away",
      [server(), budget({ maxUnavailable: "0%" })],
      `spec.maxUnavailable: "0%" ${blocks}; set it to 1 or more`,
    ],
    [
      "all there",
      [server(), budget({ maxUnavailable: null, minAvailable: "100%" })],
      `spec.minAvailable: "100%" ${blocks}; set maxUnavailable in its place, for example to 1`,
    ],
    [
      "neither amount",
      [server(), budget({ maxUnavailable: null })],
      "spec.maxUnavailable: is not set, so a drain may take all pods at once; set it, for example to 1",
    ],
  ])("fails %s", async (_, resources, message) => {
    expect(await findings(resources, { firstPreview })).toEqual([["mandatory", "budget", message]]);
  });

  test.each([
    [LABELS, budget({ selector: { matchLabels: UNKNOWN } })],
    ["spec.maxUnavailable", budget({ maxUnavailable: UNKNOWN })],
  ])("advises where %s is not known yet", async (path, resource) => {
    expect(await findings([server(), resource], { firstPreview })).toEqual([
      ["advisory", "budget", pending(path)],
    ]);
  });
});

describe("in production", () => {
  const message =
    "spec.replicas: no PodDisruptionBudget selects these 2 model servers, so an upgrade of nodes " +
    "may take all of them at once; create one with maxUnavailable 1";

  test("advises to guard model servers", async () => {
    expect(await findings([server(), picker], { stack: "prod" })).toEqual([
      ["advisory", "llm", message],
    ]);
    const config = { "budget-selects-pods": { productionStacks: ["dev"] } };
    expect(await findings([server()], { config })).toEqual([["advisory", "llm", message]]);
  });

  test.each<[string, readonly Registered[]]>([
    ["a budget", [server(), budget()]],
    [
      "a budget by more than labels",
      [server(), budget({ selector: { matchExpressions: UNKNOWN } })],
    ],
    ["one server", [server(1)]],
    ["a number that is not known yet", [server(UNKNOWN)]],
    [
      "labels that are not known yet",
      [changed(server(), "spec.template.metadata.labels", UNKNOWN)],
    ],
  ])("passes %s", async (_, resources) => {
    expect(await findings(resources, { stack: "prod" })).toEqual([]);
  });
});

test.each([null, 1, "a"])("says what is missing where spec is %j", async (spec) => {
  const messages = await findings([server(), budget(spec)]);
  expect(messages).toHaveLength(2);
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) => {
    return { ...budget({ selector: { matchLabels: { app: `a-${i}` } } }), name: `budget-${i}` };
  });
  const servers = Array.from({ length: 150 }, (_, i) => ({ ...server(), name: `server-${i}` }));
  expect(await findings([...servers, ...many])).toHaveLength(300);
});
