import type { KubeObject } from "../../../emulator/kube/objects";

/**
 * The three objects that stand in the how-to where the CRD of InferenceObjective is to be installed; they belong to
 * another page, on ComputeClasses. Expressions as written: YAML's `>` and double quotes leave `\\n` as
 * backslash and n in the first, and make `\n` in CEL of the second, which is a line break there.
 */
export const restrictToleration: KubeObject = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingAdmissionPolicy",
  metadata: { name: "restrict-toleration" },
  spec: {
    failurePolicy: "Fail",
    paramKind: { apiVersion: "v1", kind: "ConfigMap" },
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: [""],
          apiVersions: ["v1"],
          operations: ["CREATE", "UPDATE"],
          resources: ["pods"],
        },
      ],
    },
    matchConditions: [
      {
        name: "match-tolerations",
        expression:
          "object.spec.tolerations.exists(t, has(t.key) && t.key == 'cloud.google.com/compute-class' && " +
          String.raw`params.data.computeClasses.split('\\n').exists(cc, cc == t.value))`,
      },
    ],
    validations: [
      {
        expression: String.raw`params.data.namespaces.split('\n').exists(ns, ns == object.metadata.namespace)`,
        messageExpression:
          "'Compute class toleration not permitted on workloads in namespace ' + object.metadata.namespace",
      },
    ],
  },
};

export const restrictTolerationBinding: KubeObject = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingAdmissionPolicyBinding",
  metadata: { name: "restrict-toleration-binding" },
  spec: {
    policyName: "restrict-toleration",
    validationActions: ["Deny"],
    paramRef: {
      name: "allowed-ccc-namespaces",
      namespace: "default",
      parameterNotFoundAction: "Deny",
    },
  },
};

/** @param namespaces @param computeClasses one in a line */
export function allowedNamespaces(namespaces: string, computeClasses: string): KubeObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "allowed-ccc-namespaces", namespace: "default" },
    data: { namespaces, computeClasses },
  };
}

/** The lists as they stand in the how-to. */
export const howToLists = allowedNamespaces(
  "foo\nbar\nbaz\n",
  "MY_COMPUTE_CLASS\nautopilot\nautopilot-spot\n",
);
