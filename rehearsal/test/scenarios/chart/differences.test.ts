import * as fc from "fast-check";

import { differences, sentence } from "../../../scenarios/chart/differences";
import type { KubeObject } from "../../../emulator/kube/objects";

const ROLE: KubeObject = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "Role",
  metadata: { name: "llm-epp-sa", namespace: "inference", labels: { "a/b": "1" } },
  rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "watch", "list"] }],
};
const CLUSTER_ROLE: KubeObject = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: "llm-epp-sa" },
};

function role(change: object): KubeObject {
  return { ...structuredClone(ROLE), ...change };
}

function found(ours: KubeObject[], chart: KubeObject[]): string[] {
  return differences(ours, chart).map(sentence);
}

describe("the difference between two lists of objects", () => {
  test("is none where all are the same, in whatever order", () => {
    const copy = structuredClone(ROLE);
    const reordered = Object.fromEntries(Object.entries(copy).reverse()) as KubeObject;
    expect(differences([ROLE, CLUSTER_ROLE], [CLUSTER_ROLE, reordered])).toEqual([]);
  });

  test("names object, field, ours and the chart's", () => {
    const rules = [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "watch", "lisp"] }];
    expect(differences([role({ rules })], [ROLE])).toEqual([
      {
        object: "Role inference/llm-epp-sa",
        field: "rules[0].verbs[2]",
        ours: "lisp",
        chart: "list",
      },
    ]);
  });

  test.each<[string, KubeObject, string]>([
    [
      "a number that is a text",
      role({ metadata: { ...ROLE.metadata, labels: { "a/b": 1 } } }),
      'metadata.labels.a/b: ours 1, the chart\'s "1"',
    ],
    [
      "a field that is not there",
      role({ metadata: { name: "llm-epp-sa", namespace: "inference" } }),
      'metadata.labels: ours is not there, the chart\'s {"a/b":"1"}',
    ],
    ["one too many", role({ extra: false }), "extra: ours false, the chart's is not there"],
    [
      "an empty list in place of a map",
      role({ metadata: { ...ROLE.metadata, labels: [] } }),
      'metadata.labels: ours [], the chart\'s {"a/b":"1"}',
    ],
    [
      "another order of a list",
      role({ rules: [{ ...(ROLE.rules as object[])[0], verbs: ["get", "list", "watch"] }] }),
      'rules[0].verbs[1]: ours "list", the chart\'s "watch"',
    ],
  ])("%s", (_, ours, difference) => {
    expect(found([ours], [ROLE])[0]).toBe(`Role inference/llm-epp-sa: ${difference}`);
  });

  test("an object that one side alone has", () => {
    expect(found([ROLE], [])).toEqual(["Role inference/llm-epp-sa: only ours"]);
    expect(found([], [CLUSTER_ROLE])).toEqual(["ClusterRole llm-epp-sa: only the chart's"]);
  });

  test("kind and namespace tell objects of one name apart", () => {
    const elsewhere = role({ metadata: { ...ROLE.metadata, namespace: "default" } });
    expect(found([ROLE], [elsewhere])).toEqual([
      "Role inference/llm-epp-sa: only ours",
      "Role default/llm-epp-sa: only the chart's",
    ]);
  });

  test("an object that is there twice is an error", () => {
    expect(() => differences([ROLE, ROLE], [ROLE])).toThrow(
      new Error("rbac.authorization.k8s.io/v1 Role inference/llm-epp-sa is there twice"),
    );
  });

  test("a ConfigMap's YAML is compared by what it says, other text letter by letter", () => {
    const configMap = (data: Record<string, string>): KubeObject => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "c", namespace: "n" },
      data,
    });
    const says = (text: string, other: string) =>
      found([configMap({ "a.yaml": text })], [configMap({ "a.yaml": other })]);
    expect(says("a: [x]", 'a:\n- "x"\n')).toEqual([]);
    expect(says("a: [x]", "a:\n- y\n")).toEqual([
      'ConfigMap n/c: data.a.yaml.a[0]: ours "x", the chart\'s "y"',
    ]);
    expect(found([configMap({ a: "b " })], [configMap({ a: "b" })])).toHaveLength(1);
  });

  test("any one leaf that is changed is found, and it alone", () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    const tree = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,5}$/),
      fc.array(leaf, { minLength: 1 }),
      {
        minKeys: 1,
      },
    );
    fc.assert(
      fc.property(tree, fc.nat(), (spec, pick) => {
        const keys = Object.keys(spec);
        const key = keys[pick % keys.length] ?? "";
        const list = spec[key] ?? [];
        const at = pick % list.length;
        const changed = { ...spec, [key]: list.with(at, { changed: true } as never) };
        const of = (value: object): KubeObject => ({ ...CLUSTER_ROLE, spec: value });
        expect(differences([of(spec)], [of(structuredClone(spec))])).toEqual([]);
        expect(differences([of(spec)], [of(changed)]).map(({ field }) => field)).toEqual([
          `spec.${key}[${at}]`,
        ]);
      }),
    );
  });
});
