import { Cloud, requireApi } from "../cloud";
import { ApiError, badRequest } from "../errors";
import { JsonObject, optionalString } from "../json";
import { BUCKET, Bucket } from "../kinds";
import { checkProjectId } from "../names";
import { deleteRoute, policyRoutes } from "../policyRoutes";
import { Call, Route } from "../router";
import { Stored } from "../store";

const API = "storage.googleapis.com";
const ROOT = "/storage/v1/b";
/** Source: "Bucket naming guidelines", without the rules for names that are domains. */
const NAME = /^[a-z0-9][-_a-z0-9]{1,61}[a-z0-9]$/;
const GRANTABLE = /^(roles\/storage\.|projects\/|organizations\/)/;

/** Buckets, and who may use them. There are no objects in them here. Changes are immediate. */
export function storageRoutes(cloud: Cloud): Route[] {
  const { store, gke } = cloud;
  return [
    {
      method: "POST",
      path: ROOT,
      handle: ({ query, body }) => {
        const project = query.get("project") ?? "";
        checkProjectId(project);
        requireApi(store, project, API);
        const bucket = optionalString(body, "name") ?? "";
        if (!NAME.test(bucket)) throw badRequest(`Invalid bucket name: '${bucket}'`);
        if (store.get(BUCKET, nameOf(bucket))) throw exists();
        const made = store.put(BUCKET, nameOf(bucket), { ...body, name: bucket, project });
        gke.cloudChanged();
        return view(made);
      },
    },
    { method: "GET", path: `${ROOT}/{bucket}`, handle: (call) => view(find(call)) },
    deleteRoute(cloud, `${ROOT}/{bucket}`, find),
    ...policyRoutes(cloud, `${ROOT}/{bucket}`, (call) => find(call).name, GRANTABLE),
  ];

  function find({ params: { bucket = "" } }: Call): Stored<Bucket> {
    const found = store.get(BUCKET, nameOf(bucket));
    if (!found) throw new ApiError("NOT_FOUND", "The specified bucket does not exist.", "notFound");
    requireApi(store, found.body.project, API);
    return found;
  }
}

function nameOf(bucket: string): string {
  return `projects/_/buckets/${bucket}`;
}

function view({ body: { project: _, ...bucket } }: Stored<Bucket>): JsonObject {
  return { kind: "storage#bucket", id: String(bucket.name), ...bucket };
}

function exists(): ApiError {
  const message =
    "The requested bucket name is not available. The bucket namespace is shared by all users of " +
    "the system. Please select a different name and try again.";
  return new ApiError("ALREADY_EXISTS", message, "conflict");
}
