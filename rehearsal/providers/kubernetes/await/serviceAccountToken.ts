import { KubeObject } from "../../../kube/objects";
import { Readiness, READY, waiting } from "./readiness";

/** A Secret that the control plane fills with the token of the ServiceAccount that it names. */
export function isServiceAccountToken(object: KubeObject): boolean {
  return object.type === "kubernetes.io/service-account-token";
}

export const serviceAccountToken: Readiness = {
  related: [],
  fixedTimeoutSeconds: 5,
  judge({ object }) {
    const data = (object.data ?? {}) as Record<string, string>;
    if (Object.keys(data).length > 0) return READY;
    const account = object.metadata.annotations?.["kubernetes.io/service-account.name"];
    return waiting(`Waiting for the token of ServiceAccount "${account ?? ""}"; does it exist?`);
  },
};
