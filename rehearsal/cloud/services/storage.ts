import { ServiceRoute } from "../access/admission";
import { Cloud } from "../cloud";
import { ApiError, badRequest } from "../errors";
import { JsonObject, optionalString } from "../json";
import { BUCKET, Bucket } from "../kinds";
import { deleteRoute, policyRoutes } from "../policyRoutes";
import { Call } from "../router";
import { Stored } from "../store";

const ROOT = "/storage/v1/b";
/** Source: "Bucket naming guidelines", without the rules for names that are domains. */
const NAME = /^[a-z0-9][-_a-z0-9]{1,61}[a-z0-9]$/;
const GRANTABLE = /^(roles\/storage\.|projects\/|organizations\/)/;

/** Buckets, and who may use them. There are no objects in them here. Changes are immediate. */
export function storageRoutes(cloud: Cloud): ServiceRoute[] {
  const { store, gke } = cloud;
  // Whose a bucket is, only the bucket itself says: one that is not there is told before anything is asked.
  const bucket = { path: `${ROOT}/{bucket}`, about: (call: Call) => find(call).name };
  return [
    {
      method: "POST",
      path: ROOT,
      id: "storage.buckets.insert",
      about: ({ query }) => `projects/${query.get("project") ?? ""}`,
      handle: ({ query, body }) => {
        const project = query.get("project") ?? "";
        const name = optionalString(body, "name") ?? "";
        if (!NAME.test(name)) throw badRequest(`Invalid bucket name: '${name}'`);
        if (store.get(BUCKET, nameOf(name))) throw exists();
        const made = store.put(BUCKET, nameOf(name), { ...body, name, project });
        gke.cloudChanged();
        return view(made);
      },
    },
    {
      ...bucket,
      method: "GET",
      id: "storage.buckets.get",
      handle: (call) => view(find(call)),
    },
    deleteRoute(cloud, { ...bucket, id: "storage.buckets.delete" }, find),
    ...policyRoutes(cloud, {
      ...bucket,
      ids: ["storage.buckets.getIamPolicy", "storage.buckets.setIamPolicy"],
      find: (call) => find(call).name,
      roles: GRANTABLE,
    }),
  ];

  function find({ params: { bucket = "" } }: Call): Stored<Bucket> {
    const found = store.get(BUCKET, nameOf(bucket));
    if (!found) throw new ApiError("NOT_FOUND", "The specified bucket does not exist.", "notFound");
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
