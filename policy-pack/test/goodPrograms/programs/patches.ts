import type { Registered } from "../../support/policies";
import { SITE } from "../parts/site";
import { importOf } from "../parts/gateway";
import { object } from "../parts/site";
import { program } from "../program";

const patch = (type: string, name: string, spec: object, metadata: object = {}): Registered => {
  const named = { name, namespace: SITE.namespace, ...metadata };
  const resource = object("ams", type, named, { spec });
  return { ...resource, type: `${resource.type}Patch`, name: `${name}-patch` };
};

const POLICY = "networking.gke.io/v1:GCPBackendPolicy";

/** Patches of objects, of this stack and of others. */
export const patches: readonly (readonly [string, readonly Registered[]])[] = [
  ["an empty patch of a policy", [...program(), patch(POLICY, "llama-balancing", {})]],
  [
    "a patch with more time",
    [...program(), patch(POLICY, "llama-balancing", { default: { timeoutSec: 600 } })],
  ],
  [
    "patches of objects of another stack",
    [
      patch(POLICY, "other", { targetRef: importOf("other"), default: { timeoutSec: 600 } }),
      patch(POLICY, "unnamed", { default: { timeoutSec: 600 } }),
      patch("apps/v1:Deployment", "server", { replicas: 3 }),
      patch("networking.gke.io/v1:HealthCheckPolicy", "other", {
        default: { checkIntervalSec: 20 },
      }),
    ],
  ],
  [
    "a patch with an annotation of a pool",
    [
      ...program(),
      patch(
        "inference.networking.k8s.io/v1:InferencePool",
        "llama",
        {},
        { annotations: { team: "chat" } },
      ),
    ],
  ],
  [
    "a patch with labels of a Gateway of another stack",
    [
      ...program(),
      patch("gateway.networking.k8s.io/v1:Gateway", "edge", {}, { labels: { team: "web" } }),
    ],
  ],
];
