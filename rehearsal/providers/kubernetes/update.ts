import { APPLY, JSON_PATCH } from "../../kube/client";
import { KubeError } from "../../kube/errors";
import { KubeObject } from "../../kube/objects";
import { containsUnknown, InitError, PropertyMap, revealed, UpdateRequest } from "../plugin";
import { isTrue, PATCH_FORCE } from "./annotations";
import { NotReady, untilReady } from "./await/ready";
import { readinessOf, timeoutSeconds } from "./await/select";
import { describeFailure, reachable, ReachableCluster } from "./cluster";
import { Context } from "./context";
import { withoutStatus } from "./create";
import { CREATE_MANAGER, fieldManagerOf, ownedByCreate, takenOver } from "./fieldManagers";
import { withIgnoredFields } from "./ignoredFields";
import { isCustomResourceDefinition } from "./kinds";
import { idOf } from "./metadata";
import { relinquish } from "./patches";
import { applyQuery, isForbidden, isNoMatch, isNotFound, refOf, writeQuery } from "./requests";
import { checkpoint, parseState } from "./state";
import { fromKube, toKube, withoutReadOnlyMetadata } from "./stripping";
import { parseToken } from "./tokens";

/** How often a lost race for `managedFields` against a controller is run again. */
const TAKE_OVER_TRIES = 5;

/** Applies the new inputs to an object and waits until it is ready again. */
export async function update(request: UpdateRequest, context: Context): Promise<PropertyMap> {
  const inputs = revealed(request.newInputs);
  if (request.preview && (await cannotPreview(inputs, context))) return request.newInputs;
  const cluster = reachable(context.cluster);
  const state = parseState(request.oldOutputs);
  const oldManager = fieldManagerOf(state.inputs, state.fieldManager);
  const change = new Update(request, inputs, fieldManagerOf(inputs, oldManager), cluster, context);
  const outputsOf = (live: KubeObject) =>
    checkpoint(request.newInputs, live, {
      initialApiVersion: state.initialApiVersion ?? String(inputs.apiVersion),
      fieldManager: change.manager,
    });
  try {
    const live = await change.run(state.live);
    if (request.preview) return outputsOf(withoutStatus(live));
    if (oldManager !== change.manager) await relinquish(live, oldManager, cluster);
    return outputsOf(live);
  } catch (error) {
    if (request.preview && isForbidden(error)) return request.newInputs;
    throw await failureOf(error, { request, live: state.live, outputsOf, cluster });
  }
}

async function cannotPreview(inputs: PropertyMap, { cluster }: Context): Promise<boolean> {
  if (containsUnknown(inputs) || cluster.unreachable !== undefined) return true;
  const { client } = cluster;
  return !(await client.resourceFor(String(inputs.apiVersion), String(inputs.kind)));
}

class Update {
  constructor(
    private readonly request: UpdateRequest,
    private readonly inputs: PropertyMap,
    readonly manager: string,
    private readonly cluster: ReachableCluster,
    private readonly context: Context,
  ) {}

  /** @param old the live object of the state */
  async run(old: PropertyMap): Promise<KubeObject> {
    const { inputs, request, context, cluster } = this;
    const readiness = readinessOf(inputs, context.settings.awaitAll);
    const ref = await refOf({ ...old, apiVersion: inputs.apiVersion ?? null }, cluster);
    const live = await cluster.client.get(ref);
    const { apiVersion, kind } = live;
    const stored = isCustomResourceDefinition({ apiVersion, kind })
      ? await this.replace(live)
      : await this.apply(live);
    if (request.preview || !readiness) return stored;
    const { urn } = request;
    const limit = timeoutSeconds(inputs, request.timeoutSeconds);
    const wait = { cluster, object: stored, readiness, timeoutSeconds: limit, urn };
    return untilReady(wait, context);
  }

  /** CRDs are put as a whole: an apply would merge lists that mean something by their order. */
  private replace(live: KubeObject): Promise<KubeObject> {
    const object = toKube(withoutReadOnlyMetadata(this.inputs));
    object.metadata.resourceVersion = live.metadata.resourceVersion;
    const options = { fieldManager: this.manager, dryRun: this.request.preview };
    return this.cluster.client.replace(object, writeQuery(options));
  }

  private async apply(found: KubeObject): Promise<KubeObject> {
    const { preview, type, ignoreChanges } = this.request;
    const patch = parseToken(type).patch;
    const live = preview || patch ? found : await this.takeOver(found);
    const properties = fromKube(live);
    const { manager } = this;
    const inputs = withIgnoredFields(
      this.inputs,
      { object: live, properties },
      ignoreChanges,
      manager,
    );
    const object = toKube(withoutReadOnlyMetadata(inputs));
    const query = applyQuery({ fieldManager: manager, dryRun: preview, force: this.force(live) });
    try {
      return await this.cluster.client.patch(live, object, APPLY, query);
    } catch (error) {
      throw error instanceof KubeError && error.code === 409 ? conflict(error, manager) : error;
    }
  }

  private force(live: KubeObject): boolean {
    const { settings } = this.context;
    if (settings.enablePatchForce || isTrue(this.inputs, PATCH_FORCE)) return true;
    if ((live.metadata.managedFields ?? []).length === 0) return true;
    // A preview takes nothing over, so Pulumi's own create would be in conflict with it.
    return this.request.preview && ownedByCreate(live);
  }

  private async takeOver(found: KubeObject): Promise<KubeObject> {
    const { client } = this.cluster;
    let live = found;
    for (let tries = 1; ; tries++) {
      const managedFields = takenOver(live, this.manager);
      if (!managedFields) return live;
      const patch = [
        { op: "replace", path: "/metadata/managedFields", value: managedFields },
        {
          op: "replace",
          path: "/metadata/resourceVersion",
          value: live.metadata.resourceVersion,
        },
      ];
      try {
        return await client.patch(live, patch, JSON_PATCH, { fieldManager: CREATE_MANAGER });
      } catch (error) {
        const lostRace = error instanceof KubeError && error.code === 409;
        if (!lostRace || tries === TAKE_OVER_TRIES) throw error;
        live = await client.get(await refOf(fromKube(live), this.cluster));
      }
    }
  }
}

const CONFLICT_HELP =
  "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources";

function conflict(error: KubeError, manager: string): Error {
  return new Error(
    `Server-Side Apply field conflict detected. See ${CONFLICT_HELP} for troubleshooting help.\n` +
      `The resource managed by field manager "${manager}" had an apply conflict: ${error.message}`,
  );
}

interface Failing {
  request: UpdateRequest;
  live: PropertyMap;
  outputsOf(live: KubeObject): PropertyMap;
  cluster: ReachableCluster;
}

/**
 * A failed update of an object that still exists leaves it in the state as it is now, with the reasons, so that the
 * next run updates it again.
 */
async function failureOf(error: unknown, failing: Failing): Promise<Error> {
  const { request, outputsOf, cluster } = failing;
  const reason = describeFailure(error);
  const failed = `update of resource "${request.urn}" failed`;
  if (isNoMatch(error)) {
    return new Error(
      `${failed} because the Kubernetes API server reported that the apiVersion for this resource ` +
        `does not exist. Verify that any required CRDs have been created: ${reason}`,
    );
  }
  let live: KubeObject;
  try {
    live = await cluster.client.get(await refOf(failing.live, cluster));
  } catch (getError) {
    const why = isNotFound(error)
      ? ""
      : `\nunable to get cluster state: ${describeFailure(getError)}`;
    return new Error(`${failed}: ${reason}${why}`);
  }
  const id = idOf(live);
  const resource = { id, inputs: request.newInputs, outputs: outputsOf(live) };
  const summary =
    `the Kubernetes API server reported that "${id}" failed to fully initialize ` +
    `or become live: ${reason}`;
  return new InitError(resource, [summary, ...(error instanceof NotReady ? error.reasons : [])]);
}
