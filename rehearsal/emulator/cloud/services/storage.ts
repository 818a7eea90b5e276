import { ServiceMethod } from "../access/admission";
import { Cloud } from "../cloud";
import { projectNumber } from "../numericIds";
import { ApiError, badRequest } from "../errors";
import { JsonObject, merge, optionalString } from "../json";
import { BUCKET, Bucket } from "../kinds";
import { baseName } from "../names";
import { deleteMethod, policyMethods, testMethod } from "../policyMethods";
import { projectIdOf } from "../projects";
import { Stored } from "../store";
import { Call } from "../wire/call";
import { pageOf } from "../wire/pages";

/** Source: "Bucket naming guidelines", without the rules for names that are domains. */
const NAME = /^[a-z0-9][-_a-z0-9]{1,61}[a-z0-9]$/;
const GRANTABLE = /^(roles\/storage\.|projects\/|organizations\/)/;
/** Source: the reference of `buckets.list`. */
const PAGE = { parameter: "maxResults", max: 1000 } as const;

/** Buckets, and who may use them. There are no objects in them here. Changes are immediate. */
export function storageMethods(cloud: Cloud): ServiceMethod[] {
  const { store, gke, clock } = cloud;
  // Only the bucket knows its project, so a missing bucket is reported before any permission is checked.
  const about = (call: Call) => find(call).name;
  const ofProject = (call: Call) => `projects/${projectAsked(call)}`;
  const now = () => new Date(clock.now()).toISOString();
  return [
    {
      id: "storage.buckets.list",
      about: ofProject,
      handle: (call) => {
        const prefix = call.query.get("prefix") ?? "";
        const all = store
          .list(BUCKET, nameOf(prefix))
          .filter(({ body }) => body.project === projectAsked(call));
        const { items, nextPageToken } = pageOf(call, all, PAGE);
        return {
          kind: "storage#buckets",
          ...(items.length > 0 && { items: items.map(view) }),
          nextPageToken,
        };
      },
    },
    {
      id: "storage.buckets.insert",
      about: ofProject,
      handle: (call) => {
        const name = optionalString(call.body, "name") ?? "";
        if (!NAME.test(name)) throw badRequest(`Invalid bucket name: '${name}'`);
        if (store.get(BUCKET, nameOf(name))) throw exists();
        const made = store.put(BUCKET, nameOf(name), {
          location: "US",
          storageClass: "STANDARD",
          ...call.body,
          name,
          project: projectAsked(call),
          metageneration: "1",
          timeCreated: now(),
          updated: now(),
        });
        gke.cloudChanged();
        return view(made);
      },
    },
    {
      id: "storage.buckets.get",
      about,
      handle: (call) => {
        const bucket = find(call);
        const isKnown = isExcluded(call, bucket);
        if (isKnown) throw new ApiError("NOT_MODIFIED", "Not Modified", "notModified");
        checkMatch(call, bucket);
        return view(bucket);
      },
    },
    {
      id: "storage.buckets.patch",
      about,
      handle: (call) => {
        const { name, body } = findToChange(call);
        const metageneration = String(Number(body.metageneration) + 1);
        const patched = { ...merge(body, call.body), metageneration, updated: now() };
        const { project } = body;
        return view(store.put(BUCKET, name, { ...patched, name: body.name, project }));
      },
    },
    deleteMethod(cloud, { id: "storage.buckets.delete", about }, findToChange),
    ...policyMethods(cloud, {
      ids: ["storage.buckets.getIamPolicy", "storage.buckets.setIamPolicy"],
      about,
      find: about,
      roles: GRANTABLE,
      isBody: true,
      more: (resourceId) => ({ kind: "storage#policy", resourceId }),
      // Source: hashicorp/terraform-provider-google#7853.
      conflict: () => new ApiError("CONDITION_NOT_MET", "Precondition Failed", "conditionNotMet"),
    }),
    testMethod(
      cloud,
      {
        id: "storage.buckets.testIamPermissions",
        about,
        more: { kind: "storage#testIamPermissionsResponse" },
      },
      about,
    ),
  ];

  function find({ params: { bucket = "" } }: Call): Stored<Bucket> {
    const found = store.get(BUCKET, nameOf(bucket));
    if (!found) throw new ApiError("NOT_FOUND", "The specified bucket does not exist.", "notFound");
    return found;
  }

  function findToChange(call: Call): Stored<Bucket> {
    const found = find(call);
    if (isExcluded(call, found)) throw conditionNotMet();
    checkMatch(call, found);
    return found;
  }

  function projectAsked({ query }: Call): string {
    return projectIdOf(store, query.get("project") ?? "");
  }
}

function nameOf(bucket: string): string {
  return `projects/_/buckets/${bucket}`;
}

function view({ name, body: { project, ...bucket } }: Stored<Bucket>): JsonObject {
  const id = baseName(name);
  const { location, metageneration } = bucket;
  return {
    kind: "storage#bucket",
    id,
    selfLink: `https://www.googleapis.com/storage/v1/b/${id}`,
    projectNumber: projectNumber(project),
    ...bucket,
    location: String(location).toUpperCase(),
    etag: Buffer.from(`metageneration ${String(metageneration)}`).toString("base64"),
  };
}

/** Source: the references of `buckets.get`, `patch` and `delete`. @throws ApiError 412 */
function checkMatch({ query }: Call, { body }: Stored<Bucket>): void {
  const wanted = query.get("ifMetagenerationMatch");
  if (wanted !== null && wanted !== body.metageneration) throw conditionNotMet();
}

function isExcluded({ query }: Call, { body }: Stored<Bucket>): boolean {
  return query.get("ifMetagenerationNotMatch") === body.metageneration;
}

/** Source of the words: public logs of the lock that Terraform keeps in a bucket, whose object is written on a condition. */
function conditionNotMet(): ApiError {
  const message = "At least one of the pre-conditions you specified did not hold.";
  return new ApiError("CONDITION_NOT_MET", message, "conditionNotMet");
}

function exists(): ApiError {
  const message =
    "The requested bucket name is not available. The bucket namespace is shared by all users of " +
    "the system. Please select a different name and try again.";
  return new ApiError("ALREADY_EXISTS", message, "conflict");
}
