import { createHash } from "node:crypto";

import { ApiError } from "../../errors";
import { Json, JsonObject } from "../../json";

/** Changes with what is kept of a cluster or a node pool. */
export function etagOf(resource: JsonObject): string {
  return createHash("sha256").update(JSON.stringify(resource)).digest("base64").slice(0, 12);
}

/**
 * A call with an etag changes only the state of that etag. Source: the references of
 * `ClusterUpdate.etag` and `UpdateNodePoolRequest.etag`: "an ABORTED error will be returned".
 * @throws ApiError 409
 */
export function checkEtag(etag: Json | undefined, resource: JsonObject): void {
  if (etag === undefined || etag === "" || etag === etagOf(resource)) return;
  throw new ApiError("ABORTED", `Etag "${String(etag)}" is not the current one.`, "aborted");
}
