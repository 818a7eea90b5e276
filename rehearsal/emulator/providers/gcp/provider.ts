import type { Dispatcher } from "undici";

import {
  CheckRequest,
  CheckResponse,
  CreateRequest,
  CreateResponse,
  DeleteRequest,
  DiffRequest,
  DiffResponse,
  InitError,
  InvokeRequest,
  InvokeResponse,
  isMap,
  Log,
  PropertyMap,
  Provider,
  ReadRequest,
  ReadResponse,
  UpdateRequest,
} from "../plugin";
import { check } from "./engine/check";
import { Cloud } from "./engine/cloud";
import { ProviderConfig, readConfig } from "./engine/config";
import { diff } from "./engine/diff";
import { effectiveLabels, plannedLabels } from "./engine/labels";
import { Context, PartialCreation, ResourceType } from "./engine/resource";
import {
  inputsOf,
  planned,
  previewOfCreate,
  previewOfUpdate,
  stateOf,
  withSecrets,
} from "./engine/state";
import { Deadline, deadlineFor, deadlineOfRead } from "./engine/timeouts";
import { plain } from "./engine/values";
import { functionOf } from "./functions";
import { resourceType } from "./resources";

/**
 * Stands in for the gcp provider: checks, plans and makes resources as that one does, by the same calls of Google's
 * APIs. What a type is, its table says; here is what all types have in common. There is
 * no `cancel`: as with the real one, Ctrl-C lets what has begun come to its end and into the state.
 */
export class GcpProvider implements Provider {
  readonly name = "gcp";
  private cloud: Cloud | undefined;
  private config: ProviderConfig = readConfig({}, {});

  /**
   * @param environment where GOOGLE_OAUTH_ACCESS_TOKEN and the defaults of settings are looked up
   * @param dispatcher the way to Google's hosts; left out, that which HTTPS_PROXY says
   */
  constructor(
    readonly version: string,
    private readonly environment: Record<string, string | undefined>,
    private readonly log: Log,
    private readonly dispatcher?: Dispatcher,
  ) {}

  async configure(settings: PropertyMap): Promise<void> {
    this.config = readConfig(plain(settings), this.environment);
    this.cloud = new Cloud(this.config.accessToken, this.dispatcher);
    if (!this.config.project) {
      this.log.log("warning", "unable to detect a global setting for GCP Project; set gcp:project");
    }
  }

  async check(request: CheckRequest): Promise<CheckResponse> {
    return check(resourceType(request.type), request);
  }

  async diff(request: DiffRequest): Promise<DiffResponse> {
    return explained(async () => diff(resourceType(request.type), request, this.config));
  }

  async create(request: CreateRequest): Promise<CreateResponse> {
    const type = resourceType(request.type);
    return explained(async () => {
      const inputs = plain(request.inputs);
      type.plan?.(inputs);
      if (request.preview) {
        const outputs = previewOfCreate(type, inputs, this.config);
        return { id: "", outputs: withSecrets(type, outputs, request.inputs) };
      }
      return this.createNow(type, request, inputs);
    });
  }

  private async createNow(
    type: ResourceType,
    request: CreateRequest,
    inputs: PropertyMap,
  ): Promise<CreateResponse> {
    const told: PropertyMap = {};
    const context = {
      ...this.context(deadlineFor(type, "create", request.timeoutSeconds)),
      told: (outputs: PropertyMap) => void Object.assign(told, outputs),
    };
    const sent = type.labels
      ? { ...inputs, [type.labels]: plannedLabels(type.labels, inputs, this.config) }
      : inputs;
    const known = () => ({ ...inputs, ...told });
    try {
      const id = await type.backend.create(context, sent);
      const outputs = await this.outputs(type, context, id, known());
      return { id, outputs: withSecrets(type, outputs, request.inputs) };
    } catch (error) {
      if (!(error instanceof PartialCreation)) throw error;
      const { id } = error;
      // A cloud out of reach says nothing: then the state keeps what the program said.
      const outputs = await this.outputs(type, context, id, known()).catch(known);
      const kept = {
        id,
        inputs: request.inputs,
        outputs: withSecrets(type, outputs, request.inputs),
      };
      throw new InitError(kept, [error.message]);
    }
  }

  async read(request: ReadRequest): Promise<ReadResponse | undefined> {
    const type = resourceType(request.type);
    return explained(async () => {
      const [inputs, state] = [plain(request.oldInputs), plain(request.oldOutputs)];
      const known = Object.keys(state).length > 0 ? state : inputs;
      const context = this.context(deadlineOfRead());
      const said = await type.backend.read(context, request.id, known);
      if (!said) return undefined;
      const outputs = stateOf(type, said, known, this.config);
      return {
        id: request.id,
        inputs: inputsOf(type, request.oldInputs, outputs, this.config),
        outputs: withSecrets(type, outputs, request.oldInputs),
      };
    });
  }

  async update(request: UpdateRequest): Promise<PropertyMap> {
    const type = resourceType(request.type);
    return explained(async () => {
      const [before, after] = [plain(request.oldOutputs), plain(request.newInputs)];
      if (request.preview) {
        const outputs = previewOfUpdate(type, before, after, this.config);
        return withSecrets(type, outputs, request.newInputs);
      }
      const { changes } = diff(type, request, this.config);
      const changed = new Set(changes.map(({ path }) => String(path[0])));
      const sent = planned(type, before, after);
      if (type.labels) {
        // They are sent as a whole, also where it is something else that changes.
        const labels = isMap(before.pulumiLabels) ? before.pulumiLabels : undefined;
        const wanted = plannedLabels(type.labels, after, this.config, labels);
        sent[type.labels] = effectiveLabels(wanted, before);
        if (changed.has("pulumiLabels")) changed.add(type.labels);
      }
      const context = this.context(deadlineFor(type, "update", request.timeoutSeconds));
      // Google has no such field: a change of it takes no call but the read.
      const told = [...changed].filter((key) => key !== "deletionPolicy");
      const paths = changes.map(({ path }) => path.join("."));
      const change = { before, after: sent, changed: told, paths };
      const id =
        told.length > 0 ? await type.backend.update?.(context, request.id, change) : undefined;
      const known = { ...after, ...managedLabels(before) };
      const outputs = await this.outputs(type, context, id ?? request.id, known);
      return withSecrets(type, outputs, request.newInputs);
    });
  }

  async delete(request: DeleteRequest): Promise<void> {
    const type = resourceType(request.type);
    return explained(async () => {
      const state = plain(request.oldOutputs);
      if (state.deletionPolicy === "ABANDON") return;
      if (state.deletionPolicy === "PREVENT") {
        throw new Error(
          `cannot destroy ${type.upstream} without setting deletion_policy="DELETE" and running ` +
            "`terraform apply`",
        );
      }
      const context = this.context(deadlineFor(type, "delete", request.timeoutSeconds));
      await type.backend.delete(context, request.id, state);
    });
  }

  async invoke({ token, args }: InvokeRequest): Promise<InvokeResponse> {
    const call = functionOf(token);
    return explained(async () => ({
      result: await call(this.context(deadlineOfRead()), plain(args)),
    }));
  }

  private async outputs(
    type: ResourceType,
    context: Context,
    id: string,
    known: PropertyMap,
  ): Promise<PropertyMap> {
    const said = await type.backend.read(context, id, known);
    if (!said) throw new Error(`${id} is not there any more, right after it was made or changed`);
    return stateOf(type, said, known, this.config);
  }

  private context(deadline: Deadline): Context {
    if (!this.cloud) throw new Error("the provider was not configured");
    return { cloud: this.cloud, config: this.config, deadline, told: () => undefined };
  }
}

function managedLabels({ pulumiLabels }: PropertyMap): PropertyMap {
  return pulumiLabels === undefined ? {} : { pulumiLabels };
}

/** The real provider hands its errors over as a list, also when it is one. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof InitError) throw error;
    throw new Error(`1 error occurred:\n\t* ${error.message}\n\n`, { cause: error });
  }
}
