import { KubeObject } from "../../kube/objects";
import { DeleteRequest, PropertyMap, revealed } from "../plugin";
import { annotation, DELETION_PROPAGATION_POLICY, isTrue, SKIP_AWAIT } from "./annotations";
import { Observation } from "./await/observation";
import { timeoutSeconds } from "./await/select";
import { DELETE_UNREACHABLE, reachable, ReachableCluster, unreachableMessage } from "./cluster";
import { Context } from "./context";
import { fieldManagerOf } from "./fieldManagers";
import { relinquish } from "./patches";
import { isNotFound, refOf } from "./requests";
import { parseState } from "./state";
import { toKube } from "./stripping";
import { parseToken } from "./tokens";

/** Kinds whose deletion `pulumi.com/skipAwait` does not wait for; all others are waited for in any case. */
const MAY_SKIP = new Set([
  "DaemonSet",
  "Deployment",
  "Job",
  "Namespace",
  "Pod",
  "ReplicationController",
  "StatefulSet",
]);

const PROPAGATION: Record<string, string> = { background: "Background", orphan: "Orphan" };

/** Deletes an object and waits until it is gone. One that is gone already, or whose kind is, is deleted. */
export async function remove(request: DeleteRequest, context: Context): Promise<void> {
  if (context.cluster.unreachable !== undefined) return removeUnreachable(request, context);
  const cluster = reachable(context.cluster);
  const state = parseState(request.oldOutputs);
  const inputs = Object.keys(state.inputs).length > 0 ? state.inputs : revealed(request.oldInputs);
  try {
    if (parseToken(request.type).patch) {
      const manager = fieldManagerOf(inputs, state.fieldManager);
      return await relinquish(toKube(state.live), manager, cluster);
    }
    const ref = await refOf(state.live, cluster);
    const live = await cluster.client.get(ref);
    await cluster.client.delete(ref, { propagationPolicy: propagationPolicy(inputs) });
    if (MAY_SKIP.has(live.kind) && isTrue(inputs, SKIP_AWAIT)) return;
    await untilGone(
      live,
      timeoutSeconds(inputs, request.timeoutSeconds),
      request,
      context,
      cluster,
    );
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** Foreground unless the program says otherwise: what the object owns goes first. */
function propagationPolicy(inputs: PropertyMap): string {
  const policy = annotation(inputs, DELETION_PROPAGATION_POLICY) ?? "";
  return PROPAGATION[policy.toLowerCase()] ?? "Foreground";
}

async function untilGone(
  object: KubeObject,
  limitSeconds: number,
  { urn }: DeleteRequest,
  { clock, cancelled, log }: Context,
  cluster: ReachableCluster,
): Promise<void> {
  const observation = new Observation(cluster, object, [], clock);
  await observation.once();
  const over = new AbortController();
  const following = observation.follow(over.signal);
  const deadline = clock.now() + limitSeconds * 1000;
  try {
    while (observation.exists) {
      const left = deadline - clock.now();
      if (cancelled.aborted || left <= 0) {
        const finalizers = observation.object.metadata.finalizers?.join(", ") ?? "";
        log.log("warning", `finalizers might be preventing deletion (${finalizers})`, urn);
        throw new Error(gaveUp(observation, limitSeconds, cancelled));
      }
      await observation.change(left, cancelled);
    }
  } finally {
    over.abort();
    await following.catch(() => undefined);
  }
}

function gaveUp(observation: Observation, seconds: number, cancelled: AbortSignal): string {
  const { kind, metadata } = observation.object;
  if (cancelled.aborted) return `Resource operation was cancelled for "${metadata.name}"`;
  const trouble = observation.trouble === undefined ? "" : ` (${observation.trouble})`;
  return `timed out waiting for the condition: ${kind} "${metadata.name}" is not gone after ${seconds} s${trouble}`;
}

function removeUnreachable({ urn }: DeleteRequest, { cluster, settings, log }: Context): void {
  const message = unreachableMessage(cluster.unreachable ?? "");
  if (!settings.deleteUnreachable) throw new Error(`${message}. ${DELETE_UNREACHABLE}`);
  log.log("warning", `${message}; the resource leaves the state`, urn);
}
