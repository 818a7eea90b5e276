import { fleetOf, type Member } from "../fleet/fleet";
import { inferencePools } from "../fleet/kinds";
import { Namespaces } from "../fleet/namespaces";
import type { Resource, Stack, Value } from "../frame";

/** An InferencePool, exported or not, in its cluster. */
export interface Pool {
  readonly resource: Resource;
  readonly member: Member;
  /** Undefined if not known yet. */
  readonly namespace: string | undefined;
  /** Undefined if not known yet. */
  readonly name: string | undefined;
  /** The labels of its pods. */
  readonly matchLabels: Value;
}

/** Every InferencePool of a stack. */
export function poolsOf(stack: Stack, namespaces = new Namespaces(stack)): readonly Pool[] {
  return stack.select(inferencePools).map((resource) => ({
    resource,
    member: fleetOf(stack).memberOf(resource),
    namespace: namespaces.of(resource),
    name: resource.props.at("metadata", "name").text,
    matchLabels: resource.props.at("spec", "selector", "matchLabels"),
  }));
}
