import { iamMemberBackend } from "../engine/iamMember";
import { ResourceType } from "../engine/resource";
import { Schema, str } from "../engine/schema";
import { grant } from "./grant";

const bare = (bucket: string) => bucket.replace(/^b\//, "");

const properties: Schema = {
  ...grant,
  bucket: str("RF", { same: (a, b) => bare(a) === bare(b) }),
};

/** id: `b/{bucket}/{role}/{member}` */
export const bucketIamMember: ResourceType = {
  token: "gcp:storage/bucketIAMMember:BucketIAMMember",
  properties,
  backend: iamMemberBackend({
    target: "bucket",
    full: (bucket) => `b/${bare(bucket)}`,
    describe: (bucket) => `storage bucket "${bucket}"`,
    url: (bucket) => `/storage/v1/${bucket}`,
  }),
};
