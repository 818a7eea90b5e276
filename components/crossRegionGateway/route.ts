import type { HTTPRoute } from "../../customResources/httpRoute";

import { importOf } from "./importReference";

export interface RouteArgs {
  /** Name of the route, and of the Gateway. */
  name: string;
  /** The pool's own, in which its import is. */
  namespace: string;
  /** Name of the InferencePool in every cluster. */
  poolName: string;
}

/**
 * Sends every request to the imported pool. It counts as created once the import resolves, so that no client calls a
 * gateway without backends. Pulumi cannot wait for a plain condition, because a route has its conditions for each
 * parent.
 */
export function routeToPool({ name, namespace, poolName }: RouteArgs): HTTPRoute {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: {
      name,
      namespace,
      annotations: {
        "pulumi.com/waitFor":
          'jsonpath={.status.parents[*].conditions[?(@.type=="ResolvedRefs")].status}=True',
      },
    },
    spec: {
      parentRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name, namespace }],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [importOf(poolName)],
        },
      ],
    },
  };
}
