import { until } from "../../../stage/sandbox";

import { expectSame, type Scene } from "../scene";
import type { Step } from "../step";

const JOB = { apiVersion: "batch/v1", kind: "Job", namespace: "default", name: "verify-gateway" };
const CONFIG_MAP = { ...JOB, apiVersion: "v1", kind: "ConfigMap" };

/** The verification as a Job. `make rehearse` runs its script, against the gateway that answers there. */
export const verification: readonly Step[] = [
  {
    command: "pulumi stack output --json",
    says: [/"outputsVersion": ?1/],
  },
  {
    command: "make verify STACK=dev MANIFEST=1 | kubectl apply -f -",
    seen: async (scene) => expectSame("there is a Job", await exists(scene, JOB), true),
  },
  {
    command: "kubectl get job verify-gateway -o jsonpath='{.status.conditions[*].type}'",
    before: untilComplete,
    says: [/Complete/],
  },
  {
    command: "kubectl delete job verify-gateway --ignore-not-found",
    seen: async (scene) => expectSame("there is a Job", await exists(scene, JOB), false),
  },
  {
    command: "kubectl delete cm verify-gateway",
    seen: async (scene) =>
      expectSame("there is a ConfigMap", await exists(scene, CONFIG_MAP), false),
  },
];

/** The cluster whose context is current: the last one that `gcloud` got. */
const CLUSTER = "gke-east";

async function exists(scene: Scene, ref: typeof JOB): Promise<boolean> {
  return scene.sandbox.asked(
    CLUSTER,
    async (client) => (await client.getOptional(ref)) !== undefined,
  );
}

async function untilComplete(scene: Scene): Promise<void> {
  await until("the Job is complete", () =>
    scene.sandbox.asked(CLUSTER, async (client) => {
      const { conditions = [] } = ((await client.get(JOB)).status ?? {}) as {
        conditions?: { type: string }[];
      };
      return conditions.some(({ type }) => type === "Complete");
    }),
  );
}
