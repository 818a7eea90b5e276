import * as fc from "fast-check";

import { line } from "../../config/problem";
import { read } from "../../config/read";
import { readStack } from "../../config/stack";
import { PROJECT } from "../support/mocks";
import { stackValues } from "../support/program";
import { problemsIn } from "../support/refusal";

const EAST = { region: "us-east4" };
const SEED = { seed: 20261130, numRuns: 300 };

const leaf = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1, 1.5, 1e300, 3, 129, "", " ", "a", "-x", "/x", "<x>"),
  fc.constantFrom("us-east4", "mars", "1.35", "1.35.1", "bucket", "kv-cache", "constructor", "x/y"),
  fc.string({ maxLength: 6 }),
  fc.integer(),
  fc.constant([]),
  fc.constant({}),
);

describe("texts and numbers, as `pulumi config set` writes them", () => {
  test.each<[string, Record<string, unknown>]>([
    ["a flag", { endpointPicker: { flags: { v: 4, "zap-devel": true } } }],
    ["a version of GKE that looks like a number", { gkeVersion: "1.40" }],
  ])("%s is taken", (_, config) => {
    expect(problemsIn(config)).toEqual([]);
  });

  test("a flag reaches the picker as text", () => {
    const keys = { endpointPicker: { flags: { v: 4, "health-checking": true } } };
    const { problems } = read(keys);
    expect(problems.filter(({ path }) => path[0] === "endpointPicker")).toEqual([]);
  });

  const quote = "text: put it in quotes, or set it with `pulumi config set --path --type string`";
  test.each<[string, Record<string, unknown>, string]>([
    ["a commit of digits", { model: { revision: 4215823 } }, "model.revision: got 4215823"],
    ["a word for a boolean", { model: { id: true } }, "model.id: got true"],
    [
      "a bucket of digits",
      { weightsCache: { kind: "bucket", bucket: 123456 } },
      "weightsCache.bucket: got 123456",
    ],
  ])("%s is explained", (_, config, problem) => {
    expect(problemsIn(config)).toEqual([`${problem}; allowed: ${quote}`]);
  });

  test.each([
    [{ v: [4] }, "endpointPicker.flags.v: got [4]; allowed: text, a number, true or false"],
    [{ v: 4.5 }, 'endpointPicker.flags.v: got "4.5"; allowed: a whole number'],
    [
      { tracing: false },
      'endpointPicker.flags.tracing: got "false"; allowed: nothing: the program sets it',
    ],
  ])("the flags %j are not taken", (flags, problem) => {
    expect(problemsIn({ endpointPicker: { flags } })).toEqual([problem]);
  });

  test("a flag of the wrong kind hides no other", () => {
    const endpointPicker = { version: "v1.6.0", flags: { v: {}, "-v": "4" } };
    expect(problemsIn({ endpointPicker })).toEqual([
      "endpointPicker.flags.v: got {}; allowed: text, a number, true or false",
      expect.stringMatching(/^endpointPicker\.version: got "v1\.6\.0"; /),
      'endpointPicker.flags.-v: got "4"; allowed: the flag without dashes: v',
    ]);
  });
});

describe("bounds of numbers", () => {
  test.each<[Record<string, unknown>, string]>([
    [{ model: { maxLength: 1e9 } }, "model.maxLength: got 1000000000; allowed: at most 10485760"],
    [{ model: { maxLength: 1e300 } }, "model.maxLength: got 1e+300; allowed: at most 10485760"],
    [
      { objectives: [{ name: "a", priority: 2 ** 31 }] },
      "objectives[0].priority: got 2147483648; allowed: at most 2147483647",
    ],
    [
      { objectives: [{ name: "a", priority: -(2 ** 31) - 1 }] },
      "objectives[0].priority: got -2147483649; allowed: at least -2147483648",
    ],
    [
      { requestLogPercent: 0.00001 },
      "requestLogPercent: got 0.00001; allowed: 0, or 0.0001 to 100: less would log none",
    ],
  ])("%j", (config, problem) => {
    expect(problemsIn(config)).toEqual([problem]);
  });

  test.each([
    { objectives: [{ name: "a", priority: -(2 ** 31) }] },
    { objectives: [{ name: "a", priority: 2 ** 31 - 1 }] },
    { requestLogPercent: 0.0001 },
    { requestLogPercent: 0 },
  ])("%j is taken", (config) => {
    expect(problemsIn(config)).toEqual([]);
  });
});

describe("what is missing", () => {
  test.each<[Record<string, unknown>, string]>([
    [{ accelerator: {} }, "accelerator.machineType: got nothing; allowed: one of g2-standard-4, "],
    [
      { clusters: { "gke-west": {}, "gke-east": EAST } },
      "clusters.gke-west.region: got nothing; allowed: one of africa-south1, ",
    ],
    [
      { model: { adapters: [{ name: "a" }] } },
      "model.adapters[0].source: got nothing; allowed: a repository on Hugging Face ",
    ],
    [
      { objectives: [{ priority: 1 }] },
      "objectives[0].name: got nothing; allowed: lower-case letters, ",
    ],
    [{ weightsCache: {} }, "weightsCache.kind: got nothing; allowed: one of none, node, bucket"],
    [
      { endpointPicker: { plugins: {} } },
      "endpointPicker.plugins: got {}; allowed: one of its keys or more; left out, the picker has the chart's own",
    ],
  ])("%j", (config, problem) => {
    const problems = problemsIn(config);
    expect(problems.map((line) => line.slice(0, problem.length))).toEqual([problem]);
  });
});

describe("keys that there are none of", () => {
  test.each<[Record<string, unknown>, RegExp]>([
    [{ hugingFaceToken: "x" }, /^hugingFaceToken: unknown key; allowed: huggingFaceToken, /],
    [{ drain: [] }, /^drain: unknown key; allowed: drained, /],
    [
      { clusters: { "gke-west": { region: "europe-west3", zone: "a" }, "gke-east": EAST } },
      /^clusters\.gke-west\.zone: unknown key; allowed: zones, [\w, ]+$/,
    ],
    [
      {
        clusters: { "gke-west": { region: "europe-west3", model: { ids: "a" } }, "gke-east": EAST },
      },
      /^clusters\.gke-west\.model\.ids: unknown key; allowed: id, [\w, ]+$/,
    ],
    [
      { fallbacks: [{ machineType: "g2-standard-8", maxNode: 2 }] },
      /^fallbacks\[0\]\.maxNode: unknown key; allowed: maxNodes, [\w, ]+$/,
    ],
    [
      { weightsCache: { kind: "bucket", bucket: "abc", buckets: "a" } },
      /^weightsCache\.buckets: unknown key; allowed: bucket, kind$/,
    ],
    [{ "a key\n": 1 }, /^"a key\\n": unknown key; allowed: /],
  ])("%j", (config, problem) => {
    expect(problemsIn(config)).toEqual([expect.stringMatching(problem)]);
  });
});

test.each(["my-project-dev.internal", "c.my-project-dev.internal", "x.c.my-project-dev.internal"])(
  "the DNS name %s would hide the project's machines",
  (privateDnsName) => {
    expect(problemsIn({ privateDnsName })).toEqual([
      `privateDnsName: got "${privateDnsName}"; allowed: another name: this one would hide the names of the project's machines from the VPC`,
    ]);
  },
);

test.each(["llm.my-project-dev.internal", "llm.c.other.internal"])(
  "the DNS name %s hides no machine",
  (privateDnsName) => {
    expect(problemsIn({ privateDnsName })).toEqual([]);
  },
);

test("long values and names are cut", () => {
  const [problem = ""] = problemsIn({ model: { id: "/".repeat(100_000) } });
  expect(problem).toMatch(/^model\.id: got "\/{119}\.\.\. \(100002 characters\); allowed: /);
  const [unknown = ""] = problemsIn({ ["k".repeat(100_000)]: 1 });
  expect(unknown).toMatch(/^k{120}\.\.\. \(100000 characters\): unknown key; allowed: /);
});

test("the text of a key that is a secret is in no message", () => {
  const text = readStack({
    stack: "dev",
    namespace: PROJECT,
    values: stackValues("dev", { model: { id: "/hf_secret" } }),
    isSecret: () => true,
  });
  expect(text).toMatch(/inference-gateway:model\.id: got a secret; allowed: a repository/);
});

test.each([
  ["of the text of a number", "123456789012"],
  ["with a path", "projects/my-project"],
  ["of the README's place for it", "<your project>"],
  ["of blanks", "  "],
])("a project %s is refused", (_, project) => {
  expect(problemsIn({ "gcp:project": project })).toEqual([
    `gcp:project: got ${JSON.stringify(project)}; allowed: the id of a Google Cloud project, not its number or title: ` +
      "6 to 30 lower-case letters, digits and -, starting with a letter, not ending in -",
  ]);
});

describe("any configuration", () => {
  const names = fc.constantFrom(
    ...[
      "clusters",
      "configCluster",
      "accelerator",
      "fallbacks",
      "model",
      "weightsCache",
      "autoscaling",
    ],
    ...[
      "namespace",
      "poolName",
      "endpointPicker",
      "objectives",
      "loadBalancing",
      "scopes",
      "drained",
    ],
    ...["p99LatencySeconds", "timeoutSeconds", "privateDnsName", "monitoring"],
    ...["notificationChannels", "gkeVersion", "maintenanceWindow"],
    ...[
      "region",
      "zones",
      "block",
      "gpus",
      "machineType",
      "maxNodes",
      "replicas",
      "id",
      "adapters",
    ],
    ...[
      "name",
      "source",
      "kind",
      "bucket",
      "mode",
      "flags",
      "plugins",
      "priority",
      "capacityPercent",
    ],
    ...["constructor", "toString", "__proto__", "a", "GKE"],
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "large" },
      leaf,
      fc.array(tie("tree"), { maxLength: 3 }),
      tie("map"),
    ),
    map: fc.dictionary(names, tie("tree"), { maxKeys: 6 }),
  }));

  test("is judged without a crash, each problem at a key", () => {
    fc.assert(
      fc.property(fc.dictionary(names, tree, { maxKeys: 12 }), (keys) => {
        const { settings, problems } = read(keys);
        expect(settings === undefined).toBe(problems.length > 0);
        expect(problems.filter(({ path }) => path.length === 0)).toEqual([]);
        const lines = problems.map((problem) => line("x", problem));
        const expected = /^x:[^ ].*: (got .+|unknown key); allowed: [^ ]/s;
        expect(lines.filter((each) => !expected.test(each))).toEqual([]);
        expect(new Set(lines).size).toBe(lines.length);
      }),
      SEED,
    );
  });

  test("with one value changed says that value's key, or is taken", () => {
    const whole: Record<string, unknown> = {
      clusters: {
        "gke-west": { region: "europe-west3", model: { replicas: 1 } },
        "gke-east": EAST,
      },
      configCluster: "gke-west",
      accelerator: { machineType: "g2-standard-8", maxNodes: 2 },
      model: { id: "a/b", adapters: [{ name: "a", source: "x/y" }] },
      scopes: [{ region: "us-east4" }],
      endpointPicker: { flags: { v: "1" } },
    };
    const paths = pathsIn(whole);
    fc.assert(
      fc.property(fc.constantFrom(...paths), leaf, (path, value) => {
        const { problems } = read(changed(whole, path, value) as Record<string, unknown>);
        // Zones, GPUs and config cluster are judged together with the clusters.
        const told = problems.map((problem) => String(problem.path[0]));
        const near = [
          String(path[0]),
          "configCluster",
          "scopes",
          "accelerator",
          "model",
          "clusters",
        ];
        expect(told.filter((key) => !near.includes(key))).toEqual([]);
      }),
      SEED,
    );
  });
});

function pathsIn(value: unknown): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => [
    [key],
    ...pathsIn(below).map((path) => [key, ...path]),
  ]);
}

function changed(value: unknown, [step, ...rest]: (string | number)[], to: unknown): unknown {
  if (step === undefined) return to;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[step] = changed(copy[step], rest, to);
  return copy;
}
