import { missing } from "../fleet/hiddenObjects";
import { POOL_IMPORT } from "../fleet/kinds";
import { objectsOfKind } from "../fleet/kubernetesObject";
import { Namespaces } from "../fleet/namespaces";
import { type Finding, on, pending, reliability, stackPolicy, violation } from "../frame";

import { hiddenReferences, type ImportReference, importReferences } from "./poolImports";
import { PoolNames } from "./poolNames";
import { poolsOf } from "./pools";

const imports = objectsOfKind({ kind: POOL_IMPORT, groups: ["networking.gke.io"] });

export const importHasPool = stackPolicy({
  name: "import-has-pool",
  description:
    "Each GCPInferencePoolImport that a route or a policy names is an InferencePool of the stack.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Name the InferencePool by its own name and namespace: GKE creates the import under these, " +
    "minutes after the export, and nothing else creates it. Where another stack owns some of the " +
    "pools, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway",
  settings: {},

  *judge(stack) {
    for (const made of stack.select(imports)) {
      const problem = `GKE makes each ${POOL_IMPORT} itself, where a pool is exported`;
      const fix = "remove it from the program, and export the InferencePool";
      yield on(made, violation(made.props.at("kind"), problem, fix));
    }
    const namespaces = new Namespaces(stack);
    const pools = poolsOf(stack, namespaces);
    if (pools.length === 0) {
      return;
    }
    const urns = new Set(pools.map(({ resource }) => resource.urn));
    const names = new PoolNames(pools);
    for (const reference of importReferences(stack, namespaces)) {
      const sources = reference.resource.dependenciesOf("spec");
      if (!reference.name.unknown || !sources.some((urn) => urns.has(urn))) {
        for (const finding of referenceFindings(reference, names)) {
          yield missing(stack, { namespace: reference.namespace }, finding);
        }
      }
    }
    for (const { resource, hidden } of hiddenReferences(stack)) {
      if (!resource.dependenciesOf("spec").some((urn) => urns.has(urn))) {
        yield on(resource, pending(hidden));
      }
    }
  },
});

function* referenceFindings(reference: ImportReference, names: PoolNames): Generator<Finding> {
  const { resource, name, namespace } = reference;
  if (name.unknown) {
    yield on(resource, pending(name));
  } else if (!names.has(name.text, namespace)) {
    const where = namespace === undefined ? "" : ` in namespace ${namespace}`;
    const given = name.absent ? "is not set, so it names no" : `${name} is not the name of an`;
    const problem = `${given} InferencePool${where}`;
    yield on(resource, violation(name, problem, names.advice(name, namespace)));
  }
}
