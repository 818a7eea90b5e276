import { KubeObject } from "../../kube/objects";
import {
  containsUnknown,
  CreateRequest,
  CreateResponse,
  InitError,
  PropertyMap,
  revealed,
} from "../plugin";
import { isTrue, PATCH_FORCE } from "./annotations";
import { NotReady, untilReady } from "./await/ready";
import { readinessOf, timeoutSeconds } from "./await/select";
import { describeFailure, reachable, ReachableCluster } from "./cluster";
import { Context } from "./context";
import { CREATE_MANAGER, fieldManagerOf } from "./fieldManagers";
import { idOf } from "./metadata";
import {
  applyQuery,
  isAlreadyExists,
  isForbidden,
  isMissingNamespace,
  isNoMatch,
  writeQuery,
} from "./requests";
import { retryMissing } from "./retry";
import { checkpoint } from "./state";
import { toKube } from "./stripping";
import { parseToken } from "./tokens";

/** Stores an object and waits until it is ready. An object that exists is an error: nothing is adopted. */
export async function create(request: CreateRequest, context: Context): Promise<CreateResponse> {
  const inputs = revealed(request.inputs);
  const unwritten = { id: "", outputs: request.inputs };
  if (request.preview && (await cannotPreview(request, inputs, context))) return unwritten;
  const cluster = reachable(context.cluster);
  // Read before anything is written, so that a typo in `waitFor` leaves no object behind that no state knows.
  const readiness = readinessOf(inputs, context.settings.awaitAll);
  const fieldManager = fieldManagerOf(inputs);
  const initialApiVersion = String(inputs.apiVersion);
  const outputsOf = (object: KubeObject) =>
    checkpoint(request.inputs, object, { initialApiVersion, fieldManager });

  const live = await store(request, { inputs, fieldManager, cluster }, context);
  if (!live) return unwritten;
  if (request.preview) return { id: "", outputs: outputsOf(withoutStatus(live)) };
  const id = idOf(live);
  if (!readiness) return { id, outputs: outputsOf(live) };
  const limit = timeoutSeconds(inputs, request.timeoutSeconds);
  const wait = { cluster, object: live, readiness, timeoutSeconds: limit, urn: request.urn };
  const ready = await untilReady(wait, context).catch((error: unknown) => {
    if (!(error instanceof NotReady)) throw error;
    const resource = { id, inputs: request.inputs, outputs: outputsOf(error.live) };
    throw new InitError(resource, [notReady(request, error), ...error.reasons]);
  });
  return { id, outputs: outputsOf(ready) };
}

function notReady({ urn }: CreateRequest, { message }: NotReady): string {
  return (
    `resource "${urn}" was successfully created, but the Kubernetes API server ` +
    `reported that it failed to fully initialize or become live: ${message}`
  );
}

/** Whether a dry run can tell nothing: then the preview shows the inputs. */
async function cannotPreview(
  { type }: CreateRequest,
  inputs: PropertyMap,
  { cluster }: Context,
): Promise<boolean> {
  if (containsUnknown(inputs) || cluster.unreachable !== undefined) return true;
  if (parseToken(type).patch) return true;
  const { client } = cluster;
  return !(await client.resourceFor(String(inputs.apiVersion), String(inputs.kind)));
}

interface Storing {
  inputs: PropertyMap;
  fieldManager: string;
  cluster: ReachableCluster;
}

/** @returns undefined where a preview cannot be told what would be stored */
async function store(
  request: CreateRequest,
  storing: Storing,
  context: Context,
): Promise<KubeObject | undefined> {
  const { preview, urn } = request;
  const attempt = attemptOf(request, storing, context);
  try {
    return await retryMissing(
      () =>
        attempt().catch((error: unknown) => {
          // A missing namespace does not come while a preview waits.
          throw preview && isMissingNamespace(error) ? new MissingNamespace() : error;
        }),
      context,
      (message) => context.log.status(message, urn),
    );
  } catch (error) {
    if (preview && isSwallowedInPreview(error)) return undefined;
    throw new Error(notCreated(request, error));
  }
}

/** One try: a plain POST, or a server-side apply where an object that exists is to be changed. */
function attemptOf(
  { preview, type }: CreateRequest,
  { inputs, fieldManager, cluster: { client } }: Storing,
  { settings }: Context,
): () => Promise<KubeObject> {
  const object = toKube(inputs);
  if (parseToken(type).patch || settings.upsertExistingObjects) {
    const force = settings.enablePatchForce || isTrue(inputs, PATCH_FORCE);
    const query = applyQuery({ fieldManager, dryRun: preview, force });
    return () => client.apply(object, query);
  }
  const query = writeQuery({ fieldManager: CREATE_MANAGER, dryRun: preview });
  return () => client.create(object, query);
}

class MissingNamespace extends Error {}

function isSwallowedInPreview(error: unknown): boolean {
  return error instanceof MissingNamespace || isForbidden(error) || isAlreadyExists(error);
}

function notCreated({ urn, type }: CreateRequest, error: unknown): string {
  const reason = describeFailure(error);
  if (!isNoMatch(error)) {
    return `resource "${urn}" was not successfully created by the Kubernetes API server: ${reason}`;
  }
  const { apiVersion, kind } = parseToken(type);
  return (
    `creation of resource "${urn}" with kind ${apiVersion}/${kind} failed because the Kubernetes ` +
    "API server reported that the apiVersion for this resource does not exist. " +
    `Verify that any required CRDs have been created: ${reason}`
  );
}

export function withoutStatus({ status: _status, ...rest }: KubeObject): KubeObject {
  return rest as KubeObject;
}
