import { KubeObject } from "../../kube/objects";
import { fromJson, InitError, PropertyMap, ReadRequest, ReadResponse, revealed } from "../plugin";
import { checkReady, NotReady } from "./await/ready";
import { readinessOnRead } from "./await/select";
import { DELETE_UNREACHABLE, reachable, unreachableMessage } from "./cluster";
import { Context } from "./context";
import { fieldManagerOf } from "./fieldManagers";
import { isBuiltIn } from "./kinds";
import { metadataOf, parseId, withMetadata } from "./metadata";
import { isNotFound, refOf } from "./requests";
import { markSecrets } from "./secrets";
import { checkpoint, parseState } from "./state";
import { asSent, fromKube, withoutReadOnlyMetadata } from "./stripping";
import { parseToken } from "./tokens";

/** The object as it is now, or undefined where it is gone; its inputs are what the old inputs speak of. */
export async function read(
  request: ReadRequest,
  context: Context,
): Promise<ReadResponse | undefined> {
  if (context.cluster.unreachable !== undefined) return readUnreachable(request, context);
  const cluster = reachable(context.cluster);
  const state = parseState(request.oldOutputs);
  const oldInputs = revealed(request.oldInputs);
  const { apiVersion, kind } = {
    ...parseToken(request.type),
    ...kindOf(state.live),
    ...kindOf(oldInputs),
  };
  const ref = { apiVersion, kind, metadata: { ...parseId(request.id) } };
  let live: KubeObject;
  try {
    live = await cluster.client.get(await refOf(fromJson(ref), cluster));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
  const imported = Object.keys(oldInputs).length === 0;
  const properties = fromKube(live);
  const inputs = imported
    ? inputsOf(properties)
    : markSecrets(withoutReadOnlyMetadata(asSent(properties, oldInputs)), request.oldInputs);
  const outputs = checkpoint(inputs, live, {
    initialApiVersion: state.initialApiVersion ?? apiVersion,
    fieldManager: fieldManagerOf(oldInputs, state.fieldManager),
  });
  const readiness = imported ? undefined : readinessOnRead(live, oldInputs);
  if (readiness) {
    try {
      await checkReady(cluster, live, readiness, context);
    } catch (error) {
      if (!(error instanceof NotReady)) throw error;
      const { id } = request;
      throw new InitError({ id, inputs, outputs }, [error.message, ...error.reasons]);
    }
  }
  return { id: request.id, inputs, outputs };
}

function kindOf({ apiVersion, kind }: PropertyMap): { apiVersion?: string; kind?: string } {
  if (typeof apiVersion !== "string" || typeof kind !== "string") return {};
  return { apiVersion, kind };
}

/** Inputs of an object that no program has described yet: of a custom resource only which one it is. */
function inputsOf(live: PropertyMap): PropertyMap {
  const { apiVersion, kind } = live;
  if (!isBuiltIn(String(apiVersion))) {
    const { name, namespace } = metadataOf(live);
    return withMetadata(
      { apiVersion: apiVersion ?? null, kind: kind ?? null },
      { name, namespace },
    );
  }
  const fields = Object.entries(live).filter(([key]) => key !== "status");
  const inputs = withoutReadOnlyMetadata(Object.fromEntries(fields));
  return markSecrets(inputs, inputs);
}

function readUnreachable(
  request: ReadRequest,
  { cluster, settings, log }: Context,
): ReadResponse | undefined {
  const { urn, id, oldInputs, oldOutputs } = request;
  const reason = cluster.unreachable ?? "";
  if (settings.deleteUnreachable) {
    log.log("warning", `${unreachableMessage(reason)}; the resource leaves the state`, urn);
    return undefined;
  }
  if (settings.skipUpdateUnreachable) {
    log.log("warning", `${unreachableMessage(reason)}; the resource stays as it was`, urn);
    return { id, inputs: oldInputs, outputs: oldOutputs };
  }
  throw new Error(
    `failed to read resource state due to unreachable cluster: ${reason}. ${DELETE_UNREACHABLE}`,
  );
}
