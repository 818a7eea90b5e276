import { KubeObject } from "../../../kube/objects";
import { Readiness, READY, statusOf, waiting } from "./readiness";

/** Pods come and go while a Service settles, so its endpoints count once they have been left alone for so long. */
const SETTLED_SECONDS = 10;

interface ServiceSpec {
  type?: string;
  clusterIP?: string;
  selector?: Record<string, string>;
}

/**
 * Ready with an address of its load balancer, if it is to have one, and with endpoints that have settled and are all
 * ready, if it selects pods. No endpoints at all are fine.
 */
export const service: Readiness = {
  related: [{ apiVersion: "v1", kind: "Endpoints" }],
  judge({ object, related, quietSeconds }) {
    const { type, clusterIP, selector } = (object.spec ?? {}) as ServiceSpec;
    if (type === "LoadBalancer" && !hasIngress(object)) {
      return waiting(
        "Service was not allocated an IP address; does your cloud provider support this?",
      );
    }
    const selects = Object.keys(selector ?? {}).length > 0;
    if (!selects || clusterIP === "None" || type === "ExternalName") return READY;
    const { name } = object.metadata;
    const endpoints = related("Endpoints").find(({ metadata }) => metadata.name === name);
    if (!endpoints || hasUnready(endpoints)) {
      return waiting("Waiting for Service to target Pods that are ready", [
        "Service does not target any Pods. Selected Pods may not be ready, or field " +
          "'.spec.selector' may not match labels on any Pods",
      ]);
    }
    const left = SETTLED_SECONDS - quietSeconds("Endpoints");
    if (left <= 0) return READY;
    return { ...waiting("Waiting for the Service's endpoints to settle"), againSeconds: left };
  },
};

function hasIngress(object: KubeObject): boolean {
  const { loadBalancer } = statusOf(object) as { loadBalancer?: { ingress?: unknown[] } };
  return (loadBalancer?.ingress ?? []).length > 0;
}

function hasUnready(endpoints: KubeObject): boolean {
  const { subsets } = endpoints as { subsets?: { notReadyAddresses?: unknown[] }[] };
  return (subsets ?? []).some(({ notReadyAddresses = [] }) => notReadyAddresses.length > 0);
}
