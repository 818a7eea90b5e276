import { gcpBackendPolicies, healthCheckPolicies, httpRoutes, POOL_IMPORT } from "../fleet/kinds";
import type { Namespaces } from "../fleet/namespaces";
import type { Resource, Stack, Value } from "../frame";

/** A place that names a GCPInferencePoolImport. */
export interface ImportReference {
  readonly resource: Resource;
  readonly name: Value;
  /** The reference's own namespace, otherwise that of its object; undefined if not known. */
  readonly namespace: string | undefined;
}

/** Every place in routes and policies of a stack that names an import of a pool. */
export function importReferences(stack: Stack, namespaces: Namespaces): readonly ImportReference[] {
  const references = [...backendsOf(stack), ...targetsOf(stack)];
  return references
    .filter(({ reference }) => reference.at("kind").text === POOL_IMPORT)
    .map(({ resource, reference }) => {
      const own = reference.at("namespace");
      const namespace = own.absent ? namespaces.of(resource) : own.text;
      return { resource, name: reference.at("name"), namespace };
    });
}

/** Values in routes and policies that may name an import, once they are known. */
export function hiddenReferences(stack: Stack) {
  const lists = stack.select(httpRoutes).flatMap((resource) => {
    return ruleLists(resource).map((hidden) => ({ resource, hidden }));
  });
  const references = [...backendsOf(stack), ...targetsOf(stack)].map(({ resource, reference }) => {
    return { resource, hidden: reference.unknown ? reference : reference.at("kind") };
  });
  return [...lists, ...references].filter(({ hidden }) => hidden.unknown);
}

function backendsOf(stack: Stack) {
  return stack.select(httpRoutes).flatMap((resource) => {
    return ruleLists(resource)
      .slice(1)
      .flatMap(({ items }) => items ?? [])
      .map((reference) => ({ resource, reference }));
  });
}

/** The list of a route's rules, then the list of backends of each. */
function ruleLists(route: Resource): readonly Value[] {
  const rules = route.props.at("spec", "rules");
  return [rules, ...(rules.items ?? []).map((rule) => rule.at("backendRefs"))];
}

function targetsOf(stack: Stack) {
  return [...stack.select(gcpBackendPolicies), ...stack.select(healthCheckPolicies)].map(
    (resource) => ({ resource, reference: resource.props.at("spec", "targetRef") }),
  );
}
