import type { GCPInferencePoolImportRef } from "./gcpInferencePoolImport";
import type { ObjectMeta } from "./objectMeta";

/** Sends the requests of a Gateway to the pods of an imported pool. */
export interface HTTPRoute {
  apiVersion: "gateway.networking.k8s.io/v1";
  kind: "HTTPRoute";
  metadata: ObjectMeta;
  spec: {
    /** The Gateways whose requests it routes. */
    parentRefs: {
      group: "gateway.networking.k8s.io";
      kind: "Gateway";
      name: string;
      namespace: string;
    }[];
    rules: {
      /** A request that matches one of these takes the rule. */
      matches: { path: { type: "PathPrefix"; value: string } }[];
      /** Pools; each is in the route's own namespace. */
      backendRefs: GCPInferencePoolImportRef[];
    }[];
  };
}
