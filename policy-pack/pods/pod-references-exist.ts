import { clusterText, fleetOf } from "../fleet/fleet";
import { type HiddenObjects, hiddenObjectsOf } from "../fleet/hiddenObjects";
import { objectsOfKind } from "../fleet/kubernetesObject";
import { Namespaces } from "../fleet/namespaces";
import { Scopes } from "../fleet/scopes";
import {
  type Finding,
  LISTED,
  listed,
  nameHint,
  on,
  pending,
  quoted,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { MadeObjects } from "./madeObjects";
import { isAccountToken, type Reference, referencesOf, referrers } from "./references";

/** Made by Kubernetes in each namespace. */
const ALWAYS_THERE = new Set(["ServiceAccount default", "ConfigMap kube-root-ca.crt"]);

/** ClusterRoles and PriorityClasses of Kubernetes and of GKE. */
const BUILT_IN = /^(?:admin|edit|view|cluster-admin|system-.*|gke-.*|gmp-.*|.*:.*)$/;

export const podReferencesExist = stackPolicy({
  name: "pod-references-exist",
  description:
    "In a namespace that the stack makes, everything that pods, role bindings and autoscalers " +
    "refer to by name exists.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Create the Secret, ConfigMap, ServiceAccount, role or other object where it is looked for, or correct the name or the key. Mark a reference that pods can do without with " +
    "`optional: true`. Where another stack puts objects into this namespace, disable this policy.",
  url: "https://kubernetes.io/docs/concepts/configuration/secret/",
  settings: {},

  *judge(stack) {
    const scopes = new Scopes(stack);
    const hidden = hiddenObjectsOf(stack);
    const scene: Scene = {
      stack,
      scopes,
      hidden,
      namespaces: new Namespaces(stack),
      made: new MadeObjects(stack, scopes),
    };
    for (const resource of stack.select(referrers)) {
      for (const reference of referencesOf(resource)) {
        for (const finding of referenceFindings(resource, reference, scene)) {
          yield on(resource, finding);
        }
      }
    }
  },
});

interface Scene {
  readonly stack: Stack;
  readonly scopes: Scopes;
  readonly hidden: HiddenObjects;
  readonly namespaces: Namespaces;
  readonly made: MadeObjects;
}

function* referenceFindings(
  resource: Resource,
  reference: Reference,
  scene: Scene,
): Generator<Finding> {
  const { kind, name } = reference;
  const { made } = scene;
  const site = siteOf(resource, reference, scene);
  if (site === undefined || made.hasUnnamed(kind, site.scope)) {
    return;
  }
  if (name.text === undefined) {
    const sources = resource.dependenciesOf(String(name.keys[0]));
    if (name.unknown && !made.hasOneOf(kind, site.scope, sources)) {
      yield pending(name);
    }
    return;
  }
  const objects = made.named(kind, site.scope, name.text);
  if (objects.length > 0) {
    yield* keyFindings(reference, objects);
  } else if (!ALWAYS_THERE.has(`${kind} ${name.text}`)) {
    const problem = `no ${kind} ${name} is in ${site.text}, ${reference.effect}`;
    yield violation(name, problem, advice(kind, name.text, made.names(kind, site.scope)));
  }
}

interface Site {
  readonly scope: string;
  readonly text: string;
}

/** Where the object must be; undefined if another stack may make it, or if that is not known. */
function siteOf(resource: Resource, reference: Reference, scene: Scene): Site | undefined {
  const { stack, scopes, made } = scene;
  const member = fleetOf(stack).memberOf(resource);
  if (!MadeObjects.knows(reference.kind)) {
    return undefined;
  }
  if (MadeObjects.isOfCluster(reference.kind)) {
    const isOurs = member.cluster !== undefined && !scene.hidden.at({ beside: resource });
    const builtIn = BUILT_IN.test(reference.name.text ?? "");
    const scope = made.clusterOf(resource);
    return isOurs && !builtIn ? { scope, text: clusterText(member) } : undefined;
  }
  const other = reference.namespace ?? resource.props.at("no namespace of its own");
  const namespace = other.absent ? scene.namespaces.of(resource) : other.text;
  const place = scopes.beside(resource, namespace ?? "");
  const text = `namespace ${namespace} of ${clusterText(member)}`;
  const isOurs = made.owns(place) && !scene.hidden.at({ beside: resource, namespace });
  return namespace !== undefined && isOurs ? { scope: place, text } : undefined;
}

/** Keys are checked only if all data is known and only this stack writes it. */
function* keyFindings({ kind, name, keys, effect }: Reference, objects: readonly Resource[]) {
  const parts = ["data", "stringData", "binaryData"];
  const data = objects.flatMap(({ props }) => parts.map((part) => props.at(part)));
  const wholes = objectsOfKind({ kind, groups: [""] });
  const isClear = objects.every((each) => wholes.matches(each) && !isAccountToken(each.props));
  if (!isClear || data.some(({ unknown }) => unknown)) {
    return;
  }
  const there = new Set(data.flatMap(({ fields }) => fields ?? []).map(([key]) => key));
  for (const key of keys) {
    if (key.text !== undefined && !there.has(key.text)) {
      const problem = `${kind} ${name} has no key ${key}, ${effect}`;
      yield violation(key, problem, keyAdvice(key, [...there]));
    }
  }
}

function advice(kind: string, name: string, others: readonly string[]): string {
  const otherwise =
    others.length === 0
      ? `create the ${kind} there`
      : `create it, or name one that is there: ${listed(others.map(quoted))}`;
  return nameHint(name, others, otherwise, quoted);
}

function keyAdvice(key: Value, others: readonly string[]): string {
  const few = others.slice(0, LISTED).map(quoted).join(", ");
  const otherwise = others.length === 0 ? "add it" : `add it, or use one of its keys: ${few}`;
  return nameHint(key.text, others, otherwise, quoted);
}
