import { iamMemberBackend, POLICY_VERSION } from "../engine/iamMember";
import { ResourceType } from "../engine/resource";
import { Schema, str } from "../engine/schema";
import { omit } from "../engine/values";
import { grant } from "./grant";

const STORAGE = "https://storage.googleapis.com/storage/v1";

const bare = (bucket: string) => bucket.replace(/^b\//, "");

const properties: Schema = {
  ...grant,
  bucket: str("RF", { same: (a, b) => bare(a) === bare(b) }),
};

/** id: `b/{bucket}/{role}/{member}` */
export const bucketIamMember: ResourceType = {
  token: "gcp:storage/bucketIAMMember:BucketIAMMember",
  upstream: "StorageBucketIamMember",
  properties,
  backend: iamMemberBackend({
    target: "bucket",
    full: (bucket) => `b/${bare(bucket)}`,
    describe: (bucket) => `storage bucket "${bucket}"`,
    get: (bucket) => ({
      verb: "GET",
      url: `${STORAGE}/${bucket}/iam?optionsRequestedPolicyVersion=${POLICY_VERSION}`,
    }),
    set: (bucket, policy) => ({
      verb: "PUT",
      url: `${STORAGE}/${bucket}/iam`,
      // An empty policy is sent without its etag.
      body: policy.bindings ? policy : omit(policy, "etag"),
    }),
  }),
};
