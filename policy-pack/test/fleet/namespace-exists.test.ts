import { UNKNOWN } from "../support/unknown";
import { namespaceExists } from "../../fleet/namespace-exists";
import { pending } from "../fixtures/messages";
import { euAndUs, namespace, object, withoutProvider } from "../fixtures/objects";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const PLACE = "metadata.namespace";
const service = (namespaceName: unknown, cluster = "eu", name = "service") =>
  object("core/v1:Service", name, { metadata: { name, namespace: namespaceName } }, cluster);
const release = {
  ...object("helm.sh/v3:Release", "release", {}),
  inputs: { chart: "c", namespace: "other", createNamespace: true },
};
const ofFleet = (scopeNamespaceId: unknown): Registered => ({
  type: "gcp:gkehub/namespace:Namespace",
  name: "fleet",
  inputs: { scopeNamespaceId },
});

const findings = findingsOf(namespaceExists);

describe.each([false, true])("(first preview: %s)", (firstPreview) => {
  test.each<[string, readonly Registered[]]>([
    ["a namespace that is made", [service("llm")]],
    ["Kubernetes' own", [service("default"), service("kube-system", "eu", "b")]],
    ["GKE's own", [service("gmp-public")]],
    ["no namespace", [service(null), service("", "eu", "b")]],
    ["no metadata", [object("core/v1:Service", "service", { metadata: null })]],
    ["a kind of no namespace", [object("cloud.google.com/v1:ComputeClass", "c", {})]],
    ["a ClusterRole with one", [object("rbac.authorization.k8s.io/v1:ClusterRole", "c", {}, "us")]],
    ["one of the fleet", [service("shared"), ofFleet("shared")]],
    ["one of the fleet that is not known yet", [service("shared"), ofFleet(UNKNOWN)]],
    [
      "one whose name is not known yet",
      [
        object("core/v1:Namespace", "open", { metadata: { name: UNKNOWN } }, "eu"),
        service("other"),
      ],
    ],
    [
      "one that comes from a Namespace",
      [
        {
          ...service(UNKNOWN),
          propertyDependencies: { metadata: ["kubernetes:core/v1:Namespace::eu-namespace"] },
        },
      ],
    ],
  ])("passes %s", async (_, resources) => {
    expect(await findings([...euAndUs, namespace(), ...resources], { firstPreview })).toEqual([]);
  });

  test("advises where a Helm release may make it", async () => {
    const resources = [...euAndUs, namespace(), release, service("other")];
    expect(await findings(resources, { firstPreview })).toEqual([
      [
        "advisory",
        "service",
        `${PLACE}: cannot be judged, as Release release may bring what is not seen here: cluster eu ` +
          'has no namespace "other"; register the objects themselves to have them judged',
      ],
    ]);
  });

  test.each<[string, readonly Registered[], string]>([
    [
      "a misspelt one",
      [service("lmm")],
      `${PLACE}: cluster eu has no namespace "lmm"; did you mean "llm"?`,
    ],
    [
      "another",
      [service("models")],
      `${PLACE}: cluster eu has no namespace "models"; create it there`,
    ],
    [
      "that of another cluster",
      [service("llm", "us")],
      `${PLACE}: cluster us has no namespace "llm"; create it there`,
    ],
    [
      "the same for many objects",
      [
        service("models"),
        service("models", "eu", "service-2"),
        service("models", "eu", "service-3"),
      ],
      `${PLACE}: cluster eu has no namespace "models", which 3 objects are in; create it there`,
    ],
  ])("fails %s", async (_, resources, message) => {
    expect(await findings([...euAndUs, namespace(), ...resources], { firstPreview })).toEqual([
      ["mandatory", "service", message],
    ]);
  });

  test("takes an object without one for the provider's", async () => {
    const providers = euAndUs.map((resource) => {
      const inputs = { ...resource.inputs, namespace: "models" };
      return resource.type.startsWith("pulumi:") ? { ...resource, inputs } : resource;
    });
    expect(await findings([...providers, namespace(), service(null)], { firstPreview })).toEqual([
      [
        "mandatory",
        "service",
        `${PLACE}: cluster eu has no namespace "models" (of its provider); create it there`,
      ],
    ]);
  });

  test("advises where it is not known yet, and judges the others", async () => {
    const resources = [...euAndUs, namespace(), service(UNKNOWN), service("lmm", "eu", "two")];
    expect(await findings(resources, { firstPreview })).toEqual([
      ["advisory", "service", pending(PLACE)],
      ["mandatory", "two", `${PLACE}: cluster eu has no namespace "lmm"; did you mean "llm"?`],
    ]);
  });

  test("says nothing of a cluster that another stack makes", async () => {
    const alone = withoutProvider(service("models"));
    expect(await findings([alone], { firstPreview })).toEqual([]);
  });
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) => service(`n-${i % 100}`, "eu", `s-${i}`));
  expect(await findings([...euAndUs, ...many])).toHaveLength(100);
});
