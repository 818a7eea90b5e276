import { credentials, Server, ServerCredentials, ServiceError } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import {
  InitError,
  Log,
  PropertyMap,
  Provider,
  Secret,
  UNKNOWN,
} from "../../../../emulator/providers/plugin";
import { Engine } from "../../../../emulator/providers/plugin/engine";
import { listen } from "../../../../emulator/providers/plugin/serve";
import { fromStruct, toStruct } from "../../../../emulator/providers/plugin/struct";

const URN = "urn:pulumi:dev::p::demo:index:Thing::x";

let engine: Engine;
let served: { close(): void };
let client: ResourceProviderClient;
let engineServer: Server | undefined;

/** Serves a provider of which a test gives just the methods that it calls. */
async function serve(methods: Partial<Provider>): Promise<void> {
  engine = new Engine();
  const provider = { name: "demo", version: "1.2.3", ...methods } as Provider;
  const { port, close } = await listen(provider, engine);
  served = { close };
  client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
}
afterEach(() => {
  client.close();
  served.close();
  engineServer?.forceShutdown();
});

type Callback<R> = (error: ServiceError | null, response: R) => void;

function answer<R>(call: (callback: Callback<R>) => unknown): Promise<R> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });
}

async function failure(call: (callback: Callback<unknown>) => unknown): Promise<ServiceError> {
  return answer(call).then(
    () => Promise.reject(new Error("it succeeded")),
    (error: ServiceError) => error,
  );
}

it("says what it is and what it understands", async () => {
  await serve({ supportsAutonaming: true });
  const request = new pb.ProviderHandshakeRequest().setEngineAddress("127.0.0.1:1");
  const handshake = await answer<pb.ProviderHandshakeResponse>((cb) =>
    client.handshake(request, cb),
  );
  expect(handshake.toObject()).toMatchObject({
    acceptSecrets: true,
    acceptResources: true,
    acceptOutputs: true,
    supportsAutonamingConfiguration: true,
  });
  const info = await answer<{ getVersion(): string }>((cb) =>
    client.getPluginInfo(new Empty(), cb),
  );
  expect(info.getVersion()).toBe("1.2.3");
});

it("configures with the arguments, secrets kept", async () => {
  let config: PropertyMap = {};
  await serve({
    configure: async (given) => {
      config = given;
    },
  });
  const args = { kubeconfig: new Secret("x"), flag: "true" };
  const request = new pb.ConfigureRequest().setArgs(toStruct(args));
  const response = await answer<pb.ConfigureResponse>((cb) => client.configure(request, cb));
  expect(config).toEqual(args);
  expect(response.toObject()).toEqual({
    acceptsecrets: true,
    supportspreview: true,
    acceptresources: true,
    acceptoutputs: true,
    supportsAutonamingConfiguration: false,
  });
});

it("accepts any configuration and updates on any change, unless the provider says otherwise", async () => {
  await serve({});
  const check = new pb.CheckRequest().setNews(toStruct({ a: 1 }));
  const checked = await answer<pb.CheckResponse>((cb) => client.checkConfig(check, cb));
  expect(fromStruct(checked.getInputs())).toEqual({ a: 1 });
  const diff = new pb.DiffRequest()
    .setOldInputs(toStruct({ a: 1 }))
    .setNews(toStruct({ a: 2, b: 1 }));
  const changed = await answer<pb.DiffResponse>((cb) => client.diffConfig(diff, cb));
  expect([changed.getChanges(), changed.getDiffsList(), changed.getReplacesList()]).toEqual([
    pb.DiffResponse.DiffChanges.DIFF_SOME,
    ["a", "b"],
    [],
  ]);
});

it("hands a check over, with seed and autonaming, and its failures back", async () => {
  let seen: unknown;
  await serve({
    check: async (request) => {
      seen = request;
      return { inputs: { b: UNKNOWN }, failures: [{ property: "b", reason: "no" }] };
    },
  });
  const { ENFORCE } = pb.CheckRequest.AutonamingOptions.Mode;
  const request = new pb.CheckRequest()
    .setUrn(URN)
    .setType("demo:index:Thing")
    .setName("x")
    .setOlds(toStruct({ a: 1 }))
    .setNews(toStruct({ a: new Secret(UNKNOWN) }))
    .setRandomseed(Uint8Array.from([1, 2]))
    .setAutonaming(new pb.CheckRequest.AutonamingOptions().setProposedName("n").setMode(ENFORCE));
  const response = await answer<pb.CheckResponse>((cb) => client.check(request, cb));
  expect(seen).toEqual({
    urn: URN,
    type: "demo:index:Thing",
    name: "x",
    oldInputs: { a: 1 },
    newInputs: { a: new Secret(UNKNOWN) },
    randomSeed: Uint8Array.from([1, 2]),
    autonaming: { proposedName: "n", mode: "enforce" },
  });
  expect(fromStruct(response.getInputs())).toEqual({ b: UNKNOWN });
  expect(response.toObject().failuresList).toEqual([{ property: "b", reason: "no" }]);
});

it("writes a diff in the engine's words", async () => {
  await serve({
    diff: async ({ oldInputs, oldOutputs, newInputs, ignoreChanges, id }) => {
      expect([oldInputs, oldOutputs, newInputs, ignoreChanges, id]).toEqual([
        { a: 1 },
        { b: 2 },
        { c: 3 },
        ["x"],
        "i",
      ]);
      return {
        deleteBeforeReplace: true,
        changes: [
          { path: ["spec", "list", 0], kind: "update", replace: true },
          { path: ["spec", "a.b"], kind: "delete", inputDiff: true },
          { path: ["data"], kind: "add" },
        ],
      };
    },
  });
  const request = new pb.DiffRequest()
    .setId("i")
    .setOldInputs(toStruct({ a: 1 }))
    .setOlds(toStruct({ b: 2 }))
    .setNews(toStruct({ c: 3 }))
    .setIgnorechangesList(["x"]);
  const response = await answer<pb.DiffResponse>((cb) => client.diff(request, cb));
  const { Kind } = pb.PropertyDiff;
  expect(response.toObject()).toEqual({
    changes: pb.DiffResponse.DiffChanges.DIFF_SOME,
    diffsList: ["spec", "data"],
    replacesList: ["spec.list[0]"],
    stablesList: [],
    deletebeforereplace: true,
    hasdetaileddiff: true,
    detaileddiffMap: expect.arrayContaining([
      ["spec.list[0]", { kind: Kind.UPDATE_REPLACE, inputdiff: false }],
      ['spec["a.b"]', { kind: Kind.DELETE, inputdiff: true }],
      ["data", { kind: Kind.ADD, inputdiff: false }],
    ]),
  });
});

it("says that nothing changed", async () => {
  await serve({ diff: async () => ({ changes: [] }) });
  const response = await answer<pb.DiffResponse>((cb) => client.diff(new pb.DiffRequest(), cb));
  expect(response.getChanges()).toBe(pb.DiffResponse.DiffChanges.DIFF_NONE);
});

it("creates, updates, reads and deletes, with limits only where the program sets them", async () => {
  const limits: unknown[] = [];
  await serve({
    create: async ({ inputs, preview, timeoutSeconds }) => {
      limits.push(timeoutSeconds);
      return { id: preview ? "" : "i", outputs: { ...inputs, more: new Secret(1) } };
    },
    update: async ({ newInputs, timeoutSeconds }) => {
      limits.push(timeoutSeconds);
      return newInputs;
    },
    read: async ({ id, oldInputs, oldOutputs }) =>
      id === "gone" ? undefined : { id, inputs: oldInputs, outputs: oldOutputs },
    delete: async ({ timeoutSeconds }) => {
      limits.push(timeoutSeconds);
    },
  });
  const created = await answer<pb.CreateResponse>((cb) =>
    client.create(new pb.CreateRequest().setProperties(toStruct({ a: 1 })).setTimeout(1.5), cb),
  );
  expect([created.getId(), fromStruct(created.getProperties())]).toEqual([
    "i",
    { a: 1, more: new Secret(1) },
  ]);
  const updated = await answer<pb.UpdateResponse>((cb) =>
    client.update(new pb.UpdateRequest().setNews(toStruct({ a: 2 })), cb),
  );
  expect(fromStruct(updated.getProperties())).toEqual({ a: 2 });
  await answer((cb) => client.delete(new pb.DeleteRequest().setTimeout(9), cb));
  expect(limits).toEqual([1.5, undefined, 9]);
  const read = (id: string) =>
    answer<pb.ReadResponse>((cb) => {
      const request = new pb.ReadRequest().setId(id).setInputs(toStruct({ a: 1 }));
      return client.read(request.setProperties(toStruct({ b: 2 })), cb);
    });
  const found = await read("i");
  expect([found.getId(), fromStruct(found.getInputs()), fromStruct(found.getProperties())]).toEqual(
    ["i", { a: 1 }, { b: 2 }],
  );
  const gone = await read("gone");
  expect([gone.getId(), gone.hasProperties()]).toEqual(["", false]);
});

describe("a failure", () => {
  it("carries the provider's message", async () => {
    await serve({
      delete: async () => {
        throw new Error("it is stuck");
      },
    });
    const error = await failure((cb) => client.delete(new pb.DeleteRequest(), cb));
    expect([error.code, error.details]).toEqual([2, "it is stuck"]);
  });

  it("of a resource that is there carries it in the status details", async () => {
    const outputs = { spec: new Secret("s"), big: "x".repeat(20_000) };
    const reasons = ["it did not come up", "[Pod a]: no GPU"];
    await serve({
      create: async () => {
        throw new InitError({ id: "i", inputs: { a: 1 }, outputs }, reasons);
      },
    });
    const error = await failure((cb) => client.create(new pb.CreateRequest(), cb));
    expect(error.code).toBe(2);
    const [bytes] = error.metadata.get("grpc-status-details-bin") as Buffer[];
    const status = Status.deserializeBinary(Uint8Array.from(bytes ?? []));
    const [detail] = status.getDetailsList();
    expect([status.getCode(), detail?.getTypeName()]).toEqual([
      2,
      "pulumirpc.ErrorResourceInitFailed",
    ]);
    const failed = pb.ErrorResourceInitFailed.deserializeBinary(
      detail?.getValue_asU8() ?? new Uint8Array(),
    );
    expect(failed.getId()).toBe("i");
    expect(failed.getReasonsList()).toEqual(reasons);
    expect(fromStruct(failed.getInputs())).toEqual({ a: 1 });
    expect(fromStruct(failed.getProperties())).toEqual(outputs);
  });

  it("answers what there is not", async () => {
    await serve({});
    const invoke = await failure((cb) => client.invoke(new pb.InvokeRequest().setTok("a:b:c"), cb));
    expect(invoke.details).toBe("unknown function a:b:c");
    const construct = await failure((cb) =>
      client.construct(new pb.ConstructRequest().setType("demo:index:Component"), cb),
    );
    expect(construct.details).toBe(
      "demo:index:Component: demo provider 1.2.3 has no component resources",
    );
  });
});

it("passes a cancellation on", async () => {
  const cancel = jest.fn();
  await serve({ cancel });
  await answer((cb) => client.cancel(new Empty(), cb));
  expect(cancel).toHaveBeenCalledTimes(1);
});

describe("the log", () => {
  async function startEngine(log: (request: LogRequest) => void): Promise<string> {
    const server = (engineServer = new Server());
    server.addService(EngineService, {
      log: (call: { request: LogRequest }, callback: Callback<Empty>) => {
        // Slower than the provider: an answer must still not overtake its messages.
        setTimeout(() => {
          log(call.request);
          callback(null, new Empty());
        }, 30);
      },
    });
    const port = await new Promise<number>((resolve) =>
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (_, bound) =>
        resolve(bound),
      ),
    );
    return `127.0.0.1:${port}`;
  }

  it("reaches the engine before the operation's answer does", async () => {
    const seen: LogRequest.AsObject[] = [];
    const address = await startEngine((request) => seen.push(request.toObject()));
    await serve({
      delete: async () => {
        const log: Log = engine;
        log.log("warning", "finalizers", URN);
        log.status("waiting", URN);
      },
    });
    await answer((cb) => client.attach(new PluginAttach().setAddress(address), cb));
    await answer((cb) => client.delete(new pb.DeleteRequest(), cb));
    expect(seen).toEqual([
      { severity: 2, message: "finalizers", urn: URN, streamid: 0, ephemeral: false },
      { severity: 1, message: "waiting", urn: URN, streamid: 0, ephemeral: true },
    ]);
  });

  it("is nobody's problem when the engine is gone", async () => {
    await serve({ delete: async () => engine.log("info", "hello") });
    await answer((cb) => client.attach(new PluginAttach().setAddress("127.0.0.1:1"), cb));
    await expect(answer((cb) => client.delete(new pb.DeleteRequest(), cb))).resolves.toBeDefined();
  });
});
