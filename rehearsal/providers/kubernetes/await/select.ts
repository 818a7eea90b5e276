import { KubeObject } from "../../../kube/objects";
import { PropertyMap } from "../../plugin";
import { annotation, isTrue, SKIP_AWAIT, TIMEOUT_SECONDS, WAIT_FOR } from "../annotations";
import { deployment } from "./deployment";
import { generic } from "./generic";
import { Readiness } from "./readiness";
import { service } from "./service";
import { isServiceAccountToken, serviceAccountToken } from "./serviceAccountToken";
import { persistentVolume, persistentVolumeClaim } from "./storage";
import { parseWaitFor } from "./waitFor";
import { daemonSet, job, pod, statefulSet } from "./workloads";

/** Kinds that are waited for without being told. No custom resource is among them. */
const BUILT_IN: Record<string, Readiness> = {
  "apps/v1/DaemonSet": daemonSet,
  "apps/v1/Deployment": deployment,
  "apps/v1/StatefulSet": statefulSet,
  "batch/v1/Job": job,
  "v1/PersistentVolume": persistentVolume,
  "v1/PersistentVolumeClaim": persistentVolumeClaim,
  "v1/Pod": pod,
  "v1/Service": service,
};

/** Kinds whose readiness a refresh looks at again. */
const CHECKED_ON_READ = new Set([
  "apps/v1/DaemonSet",
  "apps/v1/Deployment",
  "apps/v1/StatefulSet",
  "batch/v1/Job",
  "v1/Pod",
  "v1/Service",
]);

export const DEFAULT_TIMEOUT_SECONDS = 600;

/**
 * How to tell that an object is ready after a create or update; undefined where nobody waits for it.
 * @throws Error where `pulumi.com/waitFor` cannot be read
 */
export function readinessOf(inputs: PropertyMap, awaitAll: boolean): Readiness | undefined {
  if (isTrue(inputs, SKIP_AWAIT)) return undefined;
  const waitFor = annotation(inputs, WAIT_FOR);
  if (waitFor !== undefined) return parseWaitFor(waitFor);
  return builtInFor(inputs as unknown as KubeObject) ?? (awaitAll ? generic : undefined);
}

/** The same for a refresh, which waits for nothing and knows no `waitFor`. */
export function readinessOnRead(live: KubeObject, inputs: PropertyMap): Readiness | undefined {
  const checked = CHECKED_ON_READ.has(`${live.apiVersion}/${live.kind}`);
  return checked && !isTrue(inputs, SKIP_AWAIT) ? builtInFor(live) : undefined;
}

function builtInFor(object: KubeObject): Readiness | undefined {
  if (object.kind === "Secret" && isServiceAccountToken(object)) return serviceAccountToken;
  return BUILT_IN[`${object.apiVersion}/${object.kind}`];
}

/** The program's `customTimeouts`, else the annotation's whole seconds, else ten minutes. */
export function timeoutSeconds(inputs: PropertyMap, custom: number | undefined): number {
  if (custom !== undefined) return custom;
  const annotated = annotation(inputs, TIMEOUT_SECONDS) ?? "";
  return /^\d+$/.test(annotated) ? Number(annotated) : DEFAULT_TIMEOUT_SECONDS;
}
