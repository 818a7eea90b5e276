import {
  sendUnaryData,
  ServerUnaryCall,
  status,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { PluginAttach, PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { Engine } from "./engine";
import * as messages from "./messages";
import { changesBetween } from "./paths";
import { DiffRequest, DiffResponse, Provider } from "./provider";
import { fromStruct, toStruct } from "./struct";

/** The engine's ResourceProvider service, answered by a provider. What is left out answers "unimplemented". */
export function providerService(provider: Provider, engine: Engine): UntypedServiceImplementation {
  const answer = <Request, Response>(handle: (request: Request) => Promise<Response>) =>
    unary(engine, handle);
  return {
    handshake: answer(async (request: pb.ProviderHandshakeRequest) => {
      engine.connect(request.getEngineAddress());
      return new pb.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setAcceptResources(true)
        .setAcceptOutputs(true)
        .setSupportsAutonamingConfiguration(provider.supportsAutonaming ?? false);
    }),
    attach: answer(async (request: PluginAttach) => {
      engine.connect(request.getAddress());
      return new Empty();
    }),
    getPluginInfo: answer(async () => new PluginInfo().setVersion(provider.version)),
    getSchema: answer(async () => {
      const { name, version } = provider;
      return new pb.GetSchemaResponse().setSchema(JSON.stringify({ name, version }));
    }),
    checkConfig: answer(async (message: pb.CheckRequest) => {
      const request = messages.checkRequest(message);
      const accepted = { inputs: request.newInputs };
      return messages.checkResponse((await provider.checkConfig?.(request)) ?? accepted);
    }),
    diffConfig: answer(async (message: pb.DiffRequest) => {
      const request = messages.diffRequest(message);
      const diff = (await provider.diffConfig?.(request)) ?? updateOnly(request);
      return messages.diffResponse(diff);
    }),
    configure: answer(async (request: pb.ConfigureRequest) => {
      await provider.configure(fromStruct(request.getArgs()));
      return new pb.ConfigureResponse()
        .setAcceptsecrets(true)
        .setSupportspreview(true)
        .setAcceptresources(true)
        .setAcceptoutputs(true)
        .setSupportsAutonamingConfiguration(provider.supportsAutonaming ?? false);
    }),
    check: answer(async (request: pb.CheckRequest) =>
      messages.checkResponse(await provider.check(messages.checkRequest(request))),
    ),
    diff: answer(async (request: pb.DiffRequest) =>
      messages.diffResponse(await provider.diff(messages.diffRequest(request))),
    ),
    create: answer(async (request: pb.CreateRequest) => {
      const { id, outputs } = await provider.create(messages.createRequest(request));
      return new pb.CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),
    read: answer(async (request: pb.ReadRequest) => {
      const found = await provider.read(messages.readRequest(request));
      if (!found) return new pb.ReadResponse();
      return new pb.ReadResponse()
        .setId(found.id)
        .setInputs(toStruct(found.inputs))
        .setProperties(toStruct(found.outputs));
    }),
    update: answer(async (request: pb.UpdateRequest) => {
      const outputs = await provider.update(messages.updateRequest(request));
      return new pb.UpdateResponse().setProperties(toStruct(outputs));
    }),
    delete: answer(async (request: pb.DeleteRequest) => {
      await provider.delete(messages.deleteRequest(request));
      return new Empty();
    }),
    invoke: answer(async (request: pb.InvokeRequest) => {
      const token = request.getTok();
      if (!provider.invoke) throw new Error(`unknown function ${token}`);
      const args = fromStruct(request.getArgs());
      const response = await provider.invoke({ token, args, preview: request.getPreview() });
      return new pb.InvokeResponse()
        .setReturn(toStruct(response.result))
        .setFailuresList((response.failures ?? []).map(messages.failure));
    }),
    construct: answer(async (request: pb.ConstructRequest) => {
      const what = `${provider.name} provider ${provider.version}`;
      throw new Error(`${request.getType()}: ${what} has no component resources`);
    }),
    cancel: answer(async () => {
      provider.cancel?.();
      return new Empty();
    }),
  };
}

function updateOnly({ oldInputs, newInputs }: DiffRequest): DiffResponse {
  return { changes: changesBetween(oldInputs, newInputs) };
}

function unary<Request, Response>(engine: Engine, handle: (request: Request) => Promise<Response>) {
  return async (
    call: ServerUnaryCall<Request, Response>,
    callback: sendUnaryData<Response>,
  ): Promise<void> => {
    try {
      const response = await handle(call.request);
      await engine.flush();
      callback(null, response);
    } catch (error) {
      await engine.flush();
      const failure = messages.serviceError(error);
      callback({ code: status.UNKNOWN, ...failure });
    }
  };
}
