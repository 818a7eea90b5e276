import { iamMemberBackend } from "../engine/iamMember";
import { ResourceType } from "../engine/resource";
import { Schema, str } from "../engine/schema";
import { serviceAccountName } from "./checks";
import { grant } from "./grant";

const properties: Schema = {
  ...grant,
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
