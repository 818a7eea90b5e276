import { Change } from "./paths";
import { PropertyMap } from "./values";

/**
 * A resource provider in plain values. `serve` speaks the engine's gRPC for it; a method that throws fails its
 * operation with the error's message, `InitError` with the resource kept in the state.
 */
export interface Provider {
  /** Name in `pulumi-resource-<name>` and version, as the engine asks for them. */
  readonly name: string;
  readonly version: string;
  /** Whether `check` honours `CheckRequest.autonaming`; where it does not, the engine warns those who set it. */
  readonly supportsAutonaming?: boolean;
  /** Default: the new configuration is accepted as it is. */
  checkConfig?(request: CheckRequest): Promise<CheckResponse>;
  /** Default: every change is an update, never a replacement. */
  diffConfig?(request: DiffRequest): Promise<DiffResponse>;
  /** Called once, and not at all while a preview does not know the whole configuration. */
  configure(config: PropertyMap): Promise<void>;
  check(request: CheckRequest): Promise<CheckResponse>;
  diff(request: DiffRequest): Promise<DiffResponse>;
  create(request: CreateRequest): Promise<CreateResponse>;
  /** @returns undefined where the resource is gone */
  read(request: ReadRequest): Promise<ReadResponse | undefined>;
  update(request: UpdateRequest): Promise<PropertyMap>;
  delete(request: DeleteRequest): Promise<void>;
  /** Default: every function is unknown. */
  invoke?(request: InvokeRequest): Promise<InvokeResponse>;
  /** The user pressed Ctrl-C, or the engine is about to end: give up what is being waited for. */
  cancel?(): void;
}

export interface ResourceRequest {
  urn: string;
  /** Type token, such as `kubernetes:apps/v1:Deployment`. */
  type: string;
  /** Name in the program. */
  name: string;
}

export interface CheckRequest extends ResourceRequest {
  /** Inputs of the last run; empty for a new resource. */
  oldInputs: PropertyMap;
  newInputs: PropertyMap;
  /** For names that must be the same when the engine repeats the check. Empty where it does not care. */
  randomSeed: Uint8Array;
  /** The stack's `pulumi:autonaming` setting, if it has one. */
  autonaming?: { proposedName: string; mode: "propose" | "enforce" | "disable" };
}

export interface CheckResponse {
  inputs: PropertyMap;
  failures?: Failure[];
}

export interface Failure {
  /** The property at fault; empty where it is the resource as a whole. */
  property: string;
  reason: string;
}

export interface DiffRequest extends ResourceRequest {
  id: string;
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  newInputs: PropertyMap;
  ignoreChanges: string[];
}

export interface DiffResponse {
  /** Empty: nothing changed. One with `replace` makes it a replacement. */
  changes: PropertyChange[];
  deleteBeforeReplace?: boolean;
}

export interface PropertyChange extends Change {
  replace?: boolean;
  /** The path means the inputs on both sides, not the old output against the new input. */
  inputDiff?: boolean;
}

export interface CreateRequest extends ResourceRequest {
  inputs: PropertyMap;
  preview: boolean;
  /** From `customTimeouts`; undefined where the program sets none. */
  timeoutSeconds?: number;
}

export interface CreateResponse {
  /** Ignored in a preview. */
  id: string;
  outputs: PropertyMap;
}

export interface ReadRequest extends ResourceRequest {
  id: string;
  /** Both are empty for an import and for `.get`. */
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  timeoutSeconds?: number;
}

export interface ReadResponse {
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
}

export interface UpdateRequest extends ResourceRequest {
  id: string;
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  newInputs: PropertyMap;
  ignoreChanges: string[];
  preview: boolean;
  timeoutSeconds?: number;
}

export interface DeleteRequest extends ResourceRequest {
  id: string;
  oldInputs: PropertyMap;
  oldOutputs: PropertyMap;
  timeoutSeconds?: number;
}

export interface InvokeRequest {
  token: string;
  args: PropertyMap;
  preview: boolean;
}

export interface InvokeResponse {
  result: PropertyMap;
  failures?: Failure[];
}

/**
 * The resource exists but did not come up, or an update of it failed half way: the engine keeps `outputs` in the
 * state together with the reasons, fails the run, and updates the resource again on the next one.
 */
export class InitError extends Error {
  constructor(
    readonly resource: { id: string; inputs: PropertyMap; outputs: PropertyMap },
    readonly reasons: string[],
  ) {
    super(`resource ${resource.id} was created, but failed to initialize: ${reasons.join("; ")}`);
    this.name = "InitError";
  }
}
