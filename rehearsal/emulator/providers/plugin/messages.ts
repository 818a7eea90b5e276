import { Metadata, ServiceError, status } from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";

import { formatPath } from "./paths";
import * as p from "./provider";
import { fromStruct, toStruct } from "./struct";
import { messageOf } from "../../../toolchain/errors";

/** The engine's messages as this folder's plain ones, and back. */

export function resourceOf(request: {
  getUrn(): string;
  getType(): string;
  getName(): string;
}): p.ResourceRequest {
  return { urn: request.getUrn(), type: request.getType(), name: request.getName() };
}

const AUTONAMING_MODES = ["propose", "enforce", "disable"] as const;

export function checkRequest(request: pb.CheckRequest): p.CheckRequest {
  const autonaming = request.getAutonaming();
  return {
    ...resourceOf(request),
    oldInputs: fromStruct(request.getOlds()),
    newInputs: fromStruct(request.getNews()),
    randomSeed: request.getRandomseed_asU8(),
    autonaming: autonaming && {
      proposedName: autonaming.getProposedName(),
      mode: AUTONAMING_MODES[autonaming.getMode()],
    },
  };
}

export function checkResponse(response: p.CheckResponse): pb.CheckResponse {
  return new pb.CheckResponse()
    .setInputs(toStruct(response.inputs))
    .setFailuresList((response.failures ?? []).map(failure));
}

/** An update has the fields of the diff that led to it. */
export function diffRequest(request: pb.DiffRequest | pb.UpdateRequest): p.DiffRequest {
  return {
    ...resourceOf(request),
    id: request.getId(),
    oldInputs: fromStruct(request.getOldInputs()),
    oldOutputs: fromStruct(request.getOlds()),
    newInputs: fromStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  };
}

const KINDS = {
  add: [pb.PropertyDiff.Kind.ADD, pb.PropertyDiff.Kind.ADD_REPLACE],
  delete: [pb.PropertyDiff.Kind.DELETE, pb.PropertyDiff.Kind.DELETE_REPLACE],
  update: [pb.PropertyDiff.Kind.UPDATE, pb.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

export function diffResponse({ changes, deleteBeforeReplace }: p.DiffResponse): pb.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
  const response = new pb.DiffResponse()
    .setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList([...new Set(changes.map(({ path }) => String(path[0])))])
    .setReplacesList(changes.filter((c) => c.replace).map((c) => formatPath(c.path)))
    .setDeletebeforereplace(deleteBeforeReplace ?? false)
    .setHasdetaileddiff(true);
  for (const change of changes) {
    const kind = KINDS[change.kind][change.replace ? 1 : 0];
    const diff = new pb.PropertyDiff().setKind(kind).setInputdiff(change.inputDiff ?? false);
    response.getDetaileddiffMap().set(formatPath(change.path), diff);
  }
  return response;
}

export function createRequest(request: pb.CreateRequest): p.CreateRequest {
  return {
    ...resourceOf(request),
    inputs: fromStruct(request.getProperties()),
    preview: request.getPreview(),
    timeoutSeconds: seconds(request),
  };
}

export function readRequest(request: pb.ReadRequest): p.ReadRequest {
  return {
    ...resourceOf(request),
    id: request.getId(),
    oldInputs: fromStruct(request.getInputs()),
    oldOutputs: fromStruct(request.getProperties()),
    timeoutSeconds: seconds(request),
  };
}

export function updateRequest(request: pb.UpdateRequest): p.UpdateRequest {
  return {
    ...diffRequest(request),
    preview: request.getPreview(),
    timeoutSeconds: seconds(request),
  };
}

export function deleteRequest(request: pb.DeleteRequest): p.DeleteRequest {
  return {
    ...resourceOf(request),
    id: request.getId(),
    oldInputs: fromStruct(request.getOldInputs()),
    oldOutputs: fromStruct(request.getProperties()),
    timeoutSeconds: seconds(request),
  };
}

export function failure({ property, reason }: p.Failure): pb.CheckFailure {
  return new pb.CheckFailure().setProperty(property).setReason(reason);
}

/** An error as gRPC carries it. The engine reads the details of a code that it does not otherwise know. */
export function serviceError(error: unknown): Partial<ServiceError> {
  const message = messageOf(error);
  if (!(error instanceof p.InitError)) return { code: status.UNKNOWN, details: message };
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(initStatus(error).serializeBinary()));
  return { code: status.UNKNOWN, details: message, metadata };
}

function initStatus({ resource, reasons, message }: p.InitError): Status {
  const failed = new ErrorResourceInitFailed()
    .setId(resource.id)
    .setInputs(toStruct(resource.inputs))
    .setProperties(toStruct(resource.outputs))
    .setReasonsList(reasons);
  const any = new Any();
  any.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  return new Status().setCode(status.UNKNOWN).setMessage(message).setDetailsList([any]);
}

/** The engine sends 0 where the program sets no timeout. */
function seconds(request: { getTimeout(): number }): number | undefined {
  return request.getTimeout() || undefined;
}
