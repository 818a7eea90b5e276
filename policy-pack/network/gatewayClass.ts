import type { Resource, Value } from "../frame";

/** A Gateway's class. */
export function classOf(gateway: Resource): Value {
  return gateway.props.at("spec", "gatewayClassName");
}

/** Whether a class is one of GKE's for gateways with backends in several clusters. */
export function isMultiCluster(gatewayClass: Value): boolean {
  const name = gatewayClass.text ?? "";
  return name.startsWith("gke-") && name.endsWith("-mc");
}
