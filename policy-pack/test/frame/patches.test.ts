import * as fc from "fast-check";

import { UNKNOWN } from "../support/unknown";
import { merged } from "../../frame/merge";
import { object } from "../goodPrograms/parts/site";
import { program } from "../goodPrograms/program";
import { type Registered, runPolicies } from "../support/policies";

test.each<[string, unknown, unknown, unknown]>([
  ["a field", { a: 1, b: 2 }, { b: 3 }, { a: 1, b: 3 }],
  ["a field inside", { a: { b: 1, c: 2 } }, { a: { b: 3 } }, { a: { b: 3, c: 2 } }],
  ["nothing", { a: 1 }, { a: null }, { a: 1 }],
  ["what is not known yet", { a: { b: 1 } }, { a: UNKNOWN }, { a: UNKNOWN }],
  ["a list as a whole", { a: [1, 2] }, { a: [3] }, { a: [3] }],
  [
    "containers by their names",
    { containers: [{ name: "a", image: "x" }, { name: "b" }] },
    { containers: [{ name: "c" }, { name: "a", image: "y" }] },
    { containers: [{ name: "a", image: "y" }, { name: "b" }, { name: "c" }] },
  ],
  [
    "ports by their numbers",
    { ports: [{ port: 80, name: "a" }] },
    { ports: [{ port: 80, targetPort: 8080 }, { port: 81 }] },
    { ports: [{ port: 80, name: "a", targetPort: 8080 }, { port: 81 }] },
  ],
  ["an object for a text", { a: "x" }, { a: { b: 1 } }, { a: { b: 1 } }],
])("a patch sets %s", (_, object, patch, whole) => {
  expect(merged(object, patch)).toEqual(whole);
});

const POLICY = "networking.gke.io/v1:GCPBackendPolicy";

function patchOf(spec: object, name: unknown = "llama-balancing", cluster = "ams"): Registered {
  const named = object(cluster, POLICY, { name: "llama-balancing", namespace: "chat" }, { spec });
  const inputs = { ...named.inputs, metadata: { name, namespace: "chat" } };
  return { ...named, inputs, type: `${named.type}Patch`, name: "patch" };
}

async function findings(resources: readonly Registered[], firstPreview = true) {
  const found = await runPolicies(resources, { firstPreview });
  return found.map(({ level, policy, resource, message }) => [level, policy, resource, message]);
}

const drained = (resource: string) => [
  "mandatory",
  "capacity-left",
  resource,
  "spec.default.capacityScalerPercent: 0 leaves no backend any capacity; set it above 0, or drain " +
    "single regions in spec.default.scopes",
];
const draining = { default: { capacityScalerPercent: 0 } };

test.each([true, false])("joins a patch and its object (first preview: %s)", async (first) => {
  expect(await findings([...program(), patchOf(draining)], first)).toEqual([drained("patch")]);
});

test("joins them by the object that a name comes from", async () => {
  const source = [`kubernetes:${POLICY}::ams-gcpbackendpolicy-llama-balancing`];
  const linked = { ...patchOf(draining, UNKNOWN), propertyDependencies: { metadata: source } };
  expect(await findings([...program(), linked])).toEqual([drained("patch")]);
});

test("reports on the patch what a patch of a patched object sets", async () => {
  const mended = { ...patchOf({ default: { capacityScalerPercent: 50 } }), name: "second" };
  expect(await findings([...program(), patchOf(draining), mended])).toEqual([]);
});

test("reports what the object sets on the object", async () => {
  const wrong = program().map((each) => {
    return each.type.includes("GCPBackendPolicy")
      ? { ...each, inputs: patchOf(draining).inputs }
      : each;
  });
  const policies = (await findings([...wrong, patchOf({ default: { timeoutSec: 300 } })])).filter(
    ([, policy]) => policy === "capacity-left",
  );
  expect(policies).toEqual([drained("ams-gcpbackendpolicy-llama-balancing")]);
});

test("does not join a patch with an object of another cluster or name", async () => {
  const elsewhere = patchOf({ default: { timeoutSec: 5 } }, "llama-balancing", "ord");
  expect(await findings([...program(), elsewhere])).toEqual([]);
  expect(await findings([...program(), patchOf({ default: { timeoutSec: 5 } }, "other")])).toEqual(
    [],
  );
});

test("takes from the cluster's answer only what the patch asked for", async () => {
  const patch = patchOf({ default: { timeoutSec: 300 } }, "other");
  const outputs = { ...patch.inputs, spec: { default: { ...draining.default, timeoutSec: 300 } } };
  expect(await findings([{ ...patch, outputs }], false)).toEqual([]);
});

test("finds in any part of an object, as a patch alone, no fault that it does not have", async () => {
  const all = program().filter(({ type }) => type.startsWith("kubernetes:"));
  await fc.assert(
    fc.asyncProperty(
      fc
        .constantFrom(...all)
        .chain((each) => partOf(each.inputs).map((inputs) => ({ each, inputs }))),
      fc.boolean(),
      async ({ each, inputs }, isBeside) => {
        const own = each.inputs as Readonly<Record<string, object>>;
        const named = { apiVersion: own.apiVersion, kind: own.kind, ...inputs };
        const { name, namespace } = own.metadata as { name: string; namespace?: string };
        const metadata = { ...(inputs as { metadata?: object }).metadata, name, namespace };
        const patch = {
          ...each,
          type: `${each.type}Patch`,
          name: "patch",
          inputs: { ...named, metadata },
        };
        const providers = program().filter(({ type }) => type.startsWith("pulumi:"));
        const stack = isBeside ? [...program(), patch] : [...providers, patch];
        expect((await findings(stack)).filter(([level]) => level === "mandatory")).toEqual([]);
      },
    ),
    { numRuns: 60, seed: 7 },
  );
});

/** An object with some of its fields; a list is left out or whole. */
function partOf(value: object): fc.Arbitrary<object> {
  const fields = Object.entries(value).map(([key, below]) => {
    const isObject = typeof below === "object" && below !== null && !Array.isArray(below);
    const kept: fc.Arbitrary<unknown> = isObject ? partOf(below as object) : fc.constant(below);
    return [key, fc.option(kept, { nil: undefined })] as const;
  });
  return fc.record(Object.fromEntries(fields));
}
