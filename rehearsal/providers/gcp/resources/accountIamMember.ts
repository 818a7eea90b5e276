import { iamMemberBackend } from "../engine/iamMember";
import { ResourceType } from "../engine/resource";
import { block, Schema, str } from "../engine/schema";
import { iamMember, serviceAccountName } from "./checks";

const properties: Schema = {
  condition: block("OF", {
    description: str("OF"),
    expression: str("RF"),
    title: str("RF"),
  }),
  etag: str("C"),
  member: str("RF", {
    check: iamMember,
    same: (a, b) => a.toLowerCase() === b.toLowerCase(),
  }),
  role: str("RF"),
  serviceAccountId: str("RF", { check: serviceAccountName }),
};

/** id: `{serviceAccountId}/{role}/{member}` */
export const accountIamMember: ResourceType = {
  token: "gcp:serviceaccount/iAMMember:IAMMember",
  properties,
  backend: iamMemberBackend({
    target: "serviceAccountId",
    describe: (account) => `service account '${account}'`,
    url: (account) => `/iam/v1/${account}`,
  }),
};
