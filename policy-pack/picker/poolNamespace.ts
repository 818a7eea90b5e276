import type { Value } from "../frame";

import type { EndpointPicker } from "./endpointPicker";

/** Default namespace in which an endpoint picker looks for its pool. */
const STANDARD_NAMESPACE = "default";
const VARIABLE = "NAMESPACE";

/** The namespace in which an endpoint picker looks for its pool, and the value that sets it. */
export interface PoolNamespace {
  /** Undefined if it is not known. */
  readonly name: string | undefined;
  readonly at: Value | undefined;
}

/**
 * The flag decides, otherwise the variable, otherwise `default`. `own` is the namespace of the
 * picker's pods.
 */
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

/** Whether Kubernetes expands variables in an argument. */
export function isExpanded(value: Value): boolean {
  return value.text?.includes("$(") === true;
}
