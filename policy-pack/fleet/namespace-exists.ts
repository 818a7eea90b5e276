import {
  groupBy,
  nameHint,
  on,
  pending,
  quoted,
  reliability,
  type Resource,
  resourcesOfType,
  type Selector,
  type Stack,
  stackPolicy,
  violation,
} from "../frame";

import { clusterText, fleetOf } from "./fleet";
import { missing } from "./hiddenObjects";
import { objectsOfKind } from "./kubernetesObject";
import { Namespaces } from "./namespaces";

/** Made by Kubernetes, by GKE and by its add-ons. */
const BUILT_IN =
  /^(?:default|kube-.*|gke-.*|gmp-.*|asm-.*|istio-system|config-management-.*|resource-group-system|cnrm-system|configconnector-operator-system|composer-.*|knative-.*)$/;

/** Kinds that have no namespace, whatever is written there: a chart may write one everywhere. */
const OF_CLUSTER =
  /(?:^Cluster|Class$|^(?:Namespace|Node|PersistentVolume|CustomResourceDefinition|APIService|CSIDriver|(?:Validating|Mutating)(?:WebhookConfiguration|AdmissionPolicy(?:Binding)?))$)/;

const namespaces = objectsOfKind({ kind: "Namespace", groups: [""] });
const fleetNamespaces = resourcesOfType("gcp:gkehub/namespace:Namespace");

/** Objects that say their namespace, or whose provider does. */
const namespaced: Selector = {
  label: "Kubernetes objects in a namespace",
  matches: (resource) => {
    const kind = resource.prop("kind").text ?? resource.type.split(":").at(-1) ?? "";
    return !resource.prop("apiVersion").absent && !OF_CLUSTER.test(kind.replace(/Patch$/, ""));
  },
};

export const namespaceExists = stackPolicy({
  name: "namespace-exists",
  description: "Every Kubernetes object is in a namespace that its cluster has.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Create the Namespace in the cluster that the objects are in, or write the name of one that " +
    "is there. Where another stack, or a program within the cluster, makes namespaces of a cluster " +
    "that this stack makes, disable this policy.",
  url: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
  settings: {},

  *judge(stack) {
    const ofFleet = stack.select(fleetNamespaces).map(({ props }) => props.at("scopeNamespaceId"));
    const mayBeAny = ofFleet.some(({ text }) => text === undefined);
    if (mayBeAny) {
      return;
    }
    const made = madeByCluster(stack);
    const shared = ofFleet.flatMap(({ text }) => text ?? []);
    for (const [member, objects] of fleetOf(stack).byMember(stack.select(namespaced))) {
      const names = new Set([...(made.get(member.key) ?? []), ...shared]);
      // The Namespaces of a cluster that another stack makes are not visible here.
      if (member.cluster !== undefined && !names.has(undefined)) {
        yield* clusterFindings(stack, objects, names, clusterText(member));
      }
    }
  },
});

/** Names of the Namespaces in each cluster; undefined among them where one is not known. */
function madeByCluster(stack: Stack): ReadonlyMap<string, readonly (string | undefined)[]> {
  const groups = fleetOf(stack).byMember(stack.select(namespaces));
  return new Map(
    [...groups].map(([{ key }, objects]) => {
      const names = objects.map(({ props }) => props.at("metadata", "name"));
      return [key, names.filter(({ absent }) => !absent).map(({ text }) => text)] as const;
    }),
  );
}

/** One finding for all objects that lack the same namespace. */
function* clusterFindings(
  stack: Stack,
  objects: readonly Resource[],
  names: ReadonlySet<string | undefined>,
  where: string,
) {
  const places = new Namespaces(stack);
  for (const [name, lost] of groupBy(objects, (object) => places.of(object) ?? "")) {
    const [first] = lost;
    if (first === undefined || names.has(name) || BUILT_IN.test(name)) {
      continue;
    }
    const own = first.props.at("metadata", "namespace");
    if (name === "") {
      yield* lost.flatMap((object) => {
        const hidden = object.props.at("metadata", "namespace");
        return hidden.unknown ? [on(object, pending(hidden))] : [];
      });
      continue;
    }
    const others = lost.length === 1 ? "" : `, which ${lost.length} objects are in`;
    const source = own.absent ? " (of its provider)" : "";
    const known = [...names].flatMap((each) => each ?? []);
    const fix = nameHint(name, known, "create it there", quoted);
    const problem = `${where} has no namespace "${name}"${source}${others}`;
    yield missing(stack, { beside: first }, on(first, violation(own, problem, fix)));
  }
}
