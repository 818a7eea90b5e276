import type { KubeClient, Query } from "../../../emulator/kube/client";
import { KubeError } from "../../../emulator/kube/errors";
import type { KubeObject } from "../../../emulator/kube/objects";
import { refusalOf } from "../../../scenarios/mutants/clusterCheck";
import type { Operator } from "../../../scenarios/mutants/mutate";
import type { Inputs } from "../../../scenarios/mutants/registered";

const asked: { object: KubeObject; query?: Query }[] = [];
let answer: () => Promise<KubeObject>;
const client = {
  create: (object: KubeObject, query?: Query) => {
    asked.push({ object, query });
    return answer();
  },
} as KubeClient;

beforeEach(() => {
  asked.length = 0;
  answer = () => Promise.resolve({} as KubeObject);
});

const CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

function refusal(
  inputs: Inputs,
  operator: Operator = "drop",
  type = "kubernetes:core/v1:Secret",
): Promise<string | undefined> {
  const becomes = operator === "leave out" ? [] : [{ type, inputs }];
  return refusalOf({ operator }, becomes, client);
}

test("the object is not kept, its fields are strictly read, and its name is another", async () => {
  expect(await refusal({ metadata: { name: "token" }, data: {} })).toBeUndefined();
  const metadata = { name: "mutant-token" };
  expect(asked).toEqual([
    {
      object: { apiVersion: "v1", kind: "Secret", metadata, data: {} },
      query: { dryRun: "All", fieldValidation: "Strict" },
    },
  ]);
});

test("what says no name gets one, as the provider would give it", async () => {
  await refusal({});
  expect(asked[0]?.object.metadata.name).toBe("mutant");
});

test("a twin keeps the name, which is taken", async () => {
  await refusal({ metadata: { name: "token" } }, "duplicate");
  expect(asked[0]?.object.metadata.name).toBe("token");
});

test("of what is left out nobody is asked", async () => {
  expect(await refusal({}, "leave out")).toBeUndefined();
  expect(asked).toEqual([]);
});

test("the name of a kind begins with its plural; keys are spelt as the API server does", async () => {
  const spec = { names: { plural: "things" }, versions: [{ x_kubernetes_list_type: "map" }] };
  await refusal({ metadata: { name: "things.x.io" }, spec }, "drop", CRD);
  expect(asked[0]?.object).toMatchObject({
    metadata: { name: "mutant-things.x.io" },
    spec: { names: { plural: "mutant-things" }, versions: [{ "x-kubernetes-list-type": "map" }] },
  });
});

test("a refusal is told; an API server out of reach is no refusal", async () => {
  const said = 'strict decoding error: unknown field "spec.x"';
  answer = () => Promise.reject(new KubeError({ code: 400, reason: "BadRequest", message: said }));
  expect(await refusal({})).toBe(said);
  answer = () => Promise.reject(new Error("connect ECONNREFUSED"));
  await expect(refusal({})).rejects.toThrow("ECONNREFUSED");
});
