import { expectedOf } from "../../../scenarios/chart/expected";
import type { KubeObject } from "../../../emulator/kube/objects";

const object = (kind: string, rest: object = {}): KubeObject => ({
  apiVersion: "v1",
  kind,
  metadata: { name: "llm", namespace: "inference" },
  ...rest,
});
const POLICIES = [object("GCPBackendPolicy"), object("HealthCheckPolicy")];

function expected(rendered: KubeObject): KubeObject[] {
  return expectedOf([...POLICIES, rendered], "inference");
}

describe("what the chart's rendering asks of the program", () => {
  test("an object as it is", () => {
    expect(expected(object("ConfigMap"))).toEqual([object("ConfigMap")]);
  });

  test("an object without a namespace in the release's, but for those that have none", () => {
    const metadata = { name: "llm" };
    expect(expected(object("Role", { metadata }))).toEqual([object("Role")]);
    expect(expected(object("ClusterRole", { metadata }))).toEqual([
      object("ClusterRole", { metadata }),
    ]);
  });

  test.each([
    ["InferencePool", {}, { "networking.gke.io/export": "True" }],
    ["Service", {}, { "pulumi.com/skipAwait": "true" }],
    [
      "Deployment",
      { spec: { replicas: 2 } },
      {
        "pulumi.com/waitFor":
          '["jsonpath={.status.updatedReplicas}=2","jsonpath={.status.readyReplicas}"]',
      },
    ],
  ])("%s with an annotation of the program's own, beside the chart's", (kind, spec, own) => {
    const annotated = (annotations: Record<string, string>) => ({
      metadata: { name: "llm", namespace: "inference", annotations },
      ...spec,
    });
    expect(expected(object(kind, annotated({ theirs: "1" })))).toEqual([
      object(kind, annotated({ theirs: "1", ...own })),
    ]);
  });

  test("a pool without the protocol that is its kind's default, and with any other", () => {
    const pool = (spec: object) =>
      object("InferencePool", {
        metadata: {
          name: "llm",
          namespace: "inference",
          annotations: { "networking.gke.io/export": "True" },
        },
        spec: { selector: {}, ...spec },
      });
    expect(expected(pool({ appProtocol: "http" }))).toEqual([pool({})]);
    const h2c = pool({ appProtocol: "kubernetes.io/h2c" });
    expect(expected(h2c)).toEqual([h2c]);
    const other = object("Service", { spec: { appProtocol: "http" } });
    expect(expected(other)).toMatchObject([{ spec: { appProtocol: "http" } }]);
  });

  test("a Deployment of one replica without", () => {
    const deployment = object("Deployment", { spec: { replicas: 1 } });
    expect(expected(deployment)).toEqual([deployment]);
  });

  test.each([
    [[], "no policy"],
    [[object("GCPBackendPolicy")], "GCPBackendPolicy"],
    [
      [...POLICIES, object("HealthCheckPolicy")],
      "GCPBackendPolicy, HealthCheckPolicy, HealthCheckPolicy",
    ],
  ])("another number of policies is an error", (policies, names) => {
    expect(() => expectedOf(policies, "inference")).toThrow(
      new Error(`the chart renders ${names}, not a policy of each`),
    );
  });
});
