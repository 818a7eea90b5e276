import { alteredStack } from "../../../scenarios/alterations/alter";
import { becomes, type Mutant, mutantsOf } from "../../../scenarios/mutants/mutate";
import type { Inputs, Registered } from "../../../scenarios/mutants/registered";

function registered(type: string, name: string, inputs: Inputs = {}): Registered {
  return { type, name, inputs, protect: false, dependsOn: [], propertyDependencies: {} };
}

const gateway = (inputs: Inputs) => registered("kubernetes:x/v1:Gateway", "gateway", inputs);

/** Operator and place of each, with the inputs that it leads to. */
function changes(inputs: Inputs): [string, Inputs | undefined][] {
  const good = gateway(inputs);
  return [...mutantsOf([good])]
    .filter(({ path }) => path !== "")
    .map((mutant) => {
      return [`${mutant.operator} ${mutant.path}`, becomes(mutant, [good])[0]?.inputs];
    });
}

test("a text is dropped, its field misspelt, the text changed", () => {
  expect(changes({ kind: "Gateway" })).toEqual([
    ["drop kind", {}],
    ["misspell kind", { kindd: "Gateway" }],
    ["rename kind", { kind: "Gateway-other" }],
  ]);
});

test("an item of a list is dropped, but has no name to misspell; what is in it comes after it", () => {
  expect(changes({ ports: [{ number: 8000 }, 9] })).toEqual([
    ["drop ports", {}],
    ["misspell ports", { portss: [{ number: 8000 }, 9] }],
    ["drop ports[0]", { ports: [9] }],
    ["drop ports[0].number", { ports: [{}, 9] }],
    ["misspell ports[0].number", { ports: [{ numberr: 8000 }, 9] }],
    ["halve ports[0].number", { ports: [{ number: 4000 }, 9] }],
    ["double ports[0].number", { ports: [{ number: 16000 }, 9] }],
    ["drop ports[1]", { ports: [{ number: 8000 }] }],
    ["halve ports[1]", { ports: [{ number: 8000 }, 4] }],
    ["double ports[1]", { ports: [{ number: 8000 }, 18] }],
  ]);
});

test("a misspelt field stays in its place among the others", () => {
  const [, misspelt] = changes({ a: 0, b: 0 }).find(([id]) => id === "misspell a") ?? [];
  expect(JSON.stringify(misspelt)).toBe('{"aa":0,"b":0}');
});

test.each<[unknown, unknown[]]>([
  [true, [false]],
  ["True", ["False"]],
  ["false", ["true"]],
  [1, [0, 2]],
  [0, []],
  [0.5, [0.25, 1]],
  ["600s", ["300s", "1200s"]],
  ["16Gi", ["8Gi", "32Gi"]],
  ["25%", ["12%", "50%"]],
  ["--max-model-len=8192", ["--max-model-len=4096", "--max-model-len=16384"]],
  ["0", []],
  ["", []],
  ["v1.5.0", ["v1.2.0", "v1.10.0", "v1.5.0-other"]],
  ["1.34.1-gke.1", ["1.17.1-gke.1", "1.68.1-gke.1", "1.34.1-gke.1-other"]],
  ["k8s.io/epp:v1.4.0", ["k8s.io/epp:v1.2.0", "k8s.io/epp:v1.8.0", "k8s.io/epp:v1.4.0-other"]],
  ["10.0.0.0/20", ["10.0.0.0/10", "10.0.0.0/40", "10.0.0.0/20-other"]],
  ["meta-llama/Llama-3.1-8B", ["meta-llama/Llama-3.1-8B-other"]],
  [null, []],
])("%j becomes %j", (value, others) => {
  const values = changes({ it: value })
    .filter(([id]) => !/^(drop|misspell)/.test(id))
    .map(([, inputs]) => inputs?.it);
  expect(values).toEqual(others);
});

test("a resource is duplicated under another name, and left out", () => {
  const good = gateway({});
  const mutants = [...mutantsOf([good])];
  expect(mutants.map(({ operator, path }) => [operator, path])).toEqual([
    ["duplicate", ""],
    ["leave out", ""],
  ]);
  expect(mutants.map((mutant) => becomes(mutant, [good]))).toEqual([
    [good, { ...good, name: "gateway-twin" }],
    [],
  ]);
});

test("of what each cluster has, one cluster's is changed; components and random numbers are not", () => {
  const resources = [
    registered("inference-gateway:index:Network", "network"),
    registered("random:index/randomId:RandomId", "suffix"),
    registered("gcp:compute/network:Network", "network"),
    registered("gcp:container/cluster:Cluster", "gke-west"),
    registered("gcp:container/cluster:Cluster", "gke-east"),
    registered("gcp:compute/router:Router", "network-europe-west3"),
    registered("pulumi:providers:kubernetes", "gke-east"),
  ];
  const changed = [...mutantsOf(resources)].map(({ at }) => `${at.type} ${at.name}`);
  expect([...new Set(changed)]).toEqual([
    "gcp:compute/network:Network network",
    "gcp:container/cluster:Cluster gke-east",
    "pulumi:providers:kubernetes gke-east",
  ]);
});

test("a mutated stack has what the resource becomes in its place, and leaves the good one as it was", () => {
  const [before, after] = [registered("gcp:a:A", "before"), registered("gcp:a:A", "after")];
  const stack = [before, gateway({ port: 80 }), after];
  const copy = structuredClone(stack);
  const mutants = [...mutantsOf([gateway({ port: 80 })])];
  const of = (id: string) => mutants.find(({ name }) => name.endsWith(id)) as Mutant;
  const mutated = (id: string) => alteredStack(stack, of(id).edits);
  expect(mutated("halve port")).toEqual([before, gateway({ port: 40 }), after]);
  expect(mutated("leave out")).toEqual([before, after]);
  expect(mutated("duplicate").map(({ name }) => name)).toEqual([
    "before",
    "gateway",
    "gateway-twin",
    "after",
  ]);
  expect(stack).toEqual(copy);
});

test("a name says type, name, operator and place", () => {
  const ids = [...mutantsOf([gateway({ "a.b": 1 })])].map(({ name }) => name);
  expect(ids).toEqual([
    'kubernetes:x/v1:Gateway gateway drop ["a.b"]',
    'kubernetes:x/v1:Gateway gateway misspell ["a.b"]',
    'kubernetes:x/v1:Gateway gateway halve ["a.b"]',
    'kubernetes:x/v1:Gateway gateway double ["a.b"]',
    "kubernetes:x/v1:Gateway gateway duplicate",
    "kubernetes:x/v1:Gateway gateway leave out",
  ]);
});
