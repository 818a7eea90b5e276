import type { Value } from "../frame";

import type { EndpointPicker } from "./endpointPicker";

/** Where an endpoint picker looks for its pool if neither a flag nor a variable says so. */
const STANDARD_NAMESPACE = "default";
const VARIABLE = "NAMESPACE";

/** The namespace of the pool that an endpoint picker is told, and what says so. */
export interface PoolNamespace {
  /** Undefined if it cannot be told. */
  readonly name: string | undefined;
  readonly at: Value | undefined;
}

/** By its flag, else its variable, else `default`. `own` is the namespace that its pods are in. */
export function poolNamespaceOf(picker: EndpointPicker, own: string | undefined): PoolNamespace {
  const flag = picker.flag("pool-namespace")?.value;
  if (flag !== undefined && flag.raw !== "") {
    return { name: isExpanded(flag) ? undefined : flag.text, at: flag };
  }
  const env = picker.container.at("env");
  const variable = env.items?.find((each) => each.at("name").text === VARIABLE);
  const field = variable?.at("valueFrom", "fieldRef", "fieldPath").text;
  if (field === "metadata.namespace") {
    return { name: own, at: undefined };
  }
  const hidden = picker.hidesFlags || env.unknown || picker.container.at("envFrom").present;
  const given = variable?.at("value");
  if (hidden || (given !== undefined && given.text === undefined)) {
    return { name: undefined, at: undefined };
  }
  return { name: given?.text || STANDARD_NAMESPACE, at: given };
}

/** Whether Kubernetes puts variables in place of parts of an argument. */
export function isExpanded(value: Value): boolean {
  return value.text?.includes("$(") === true;
}
