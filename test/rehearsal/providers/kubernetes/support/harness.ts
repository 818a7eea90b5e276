import { KubeObject } from "../../../../../rehearsal/kube/objects";
import { Clock } from "../../../../../rehearsal/providers/kubernetes/clock";
import { KubernetesProvider } from "../../../../../rehearsal/providers/kubernetes/provider";
import {
  CheckRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  fromJson,
  InitError,
  Log,
  PropertyMap,
  ReadRequest,
  UpdateRequest,
} from "../../../../../rehearsal/providers/plugin";
import { FakeApiServer } from "./fakeApiServer";

/** Sleeping takes no time, but the clock goes on. */
export class FakeClock implements Clock {
  readonly sleeps: number[] = [];
  private time = 0;

  now(): number {
    return this.time;
  }

  async sleep(ms: number): Promise<void> {
    this.sleeps.push(ms);
    this.time += ms;
  }
}

export class RecordedLog implements Log {
  readonly messages: string[] = [];
  readonly statuses: string[] = [];

  log(severity: string, message: string): void {
    this.messages.push(`${severity}: ${message}`);
  }

  status(message: string): void {
    this.statuses.push(message);
  }
}

/** A configured provider over a fake API server, and requests with all that a test does not care about filled in. */
export class Harness {
  readonly log = new RecordedLog();
  readonly provider: KubernetesProvider;

  constructor(
    readonly clock: Clock = new FakeClock(),
    env: NodeJS.ProcessEnv = {},
  ) {
    this.provider = new KubernetesProvider(this.log, env, clock);
  }

  static async over(
    server: FakeApiServer,
    { clock, env, config }: { clock?: Clock; env?: NodeJS.ProcessEnv; config?: PropertyMap } = {},
  ): Promise<Harness> {
    const harness = new Harness(clock, env);
    await harness.provider.configure({ kubeconfig: server.kubeconfig(), ...config });
    return harness;
  }

  check(type: string, newInputs: PropertyMap, more: Partial<CheckRequest> = {}) {
    const request = { ...resource(type), newInputs, oldInputs: {}, randomSeed: SEED, ...more };
    return this.provider.check(request);
  }

  diff(type: string, request: Partial<DiffRequest> & { newInputs: PropertyMap }) {
    const defaults = { id: "default/x", oldInputs: {}, oldOutputs: {}, ignoreChanges: [] };
    return this.provider.diff({ ...resource(type), ...defaults, ...request });
  }

  create(type: string, inputs: PropertyMap, more: Partial<CreateRequest> = {}) {
    return this.provider.create({ ...resource(type), inputs, preview: false, ...more });
  }

  update(type: string, request: Partial<UpdateRequest> & { newInputs: PropertyMap }) {
    const defaults = { id: "default/x", oldInputs: {}, oldOutputs: {} };
    const flags = { ignoreChanges: [], preview: false };
    return this.provider.update({ ...resource(type), ...defaults, ...flags, ...request });
  }

  read(type: string, request: Partial<ReadRequest> & { id: string }) {
    return this.provider.read({ ...resource(type), oldInputs: {}, oldOutputs: {}, ...request });
  }

  delete(type: string, request: Partial<DeleteRequest> & { id: string }) {
    return this.provider.delete({ ...resource(type), oldInputs: {}, oldOutputs: {}, ...request });
  }
}

export const SEED = Uint8Array.from([1, 2, 3]);

function resource(type: string) {
  return { type, name: "x", urn: `urn:pulumi:dev::p::${type}::x` };
}

/** The state of an object that the program sent as `inputs` and that is `live` now. */
export function stateOf(inputs: PropertyMap, live: KubeObject): PropertyMap {
  return {
    ...fromJson(live),
    __inputs: inputs,
    __initialApiVersion: live.apiVersion,
    __fieldManager: "pulumi-kubernetes-00000001",
  };
}

/** The init error that an operation must end with. */
export async function initErrorOf(operation: Promise<unknown>): Promise<InitError> {
  const error: unknown = await operation.then(
    () => new Error("it succeeded"),
    (reason: unknown) => reason,
  );
  if (error instanceof InitError) return error;
  throw error;
}
