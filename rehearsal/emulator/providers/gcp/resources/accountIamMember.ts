import { iamMemberBackend, POLICY_VERSION } from "../engine/iamMember";
import { ResourceType } from "../engine/resource";
import { Schema, str } from "../engine/schema";
import { serviceAccountName } from "./checks";
import { grant } from "./grant";

const IAM = "https://iam.googleapis.com/v1";

const properties: Schema = {
  ...grant,
  serviceAccountId: str("RF", { check: serviceAccountName }),
};

/** id: `{serviceAccountId}/{role}/{member}` */
export const accountIamMember: ResourceType = {
  token: "gcp:serviceaccount/iAMMember:IAMMember",
  upstream: "ServiceAccountIamMember",
  properties,
  backend: iamMemberBackend({
    target: "serviceAccountId",
    describe: (account) => `service account '${account}'`,
    get: (account) => ({
      verb: "POST",
      url: `${IAM}/${account}:getIamPolicy?options.requestedPolicyVersion=${POLICY_VERSION}`,
    }),
    set: (account, policy) => ({
      verb: "POST",
      url: `${IAM}/${account}:setIamPolicy`,
      body: { policy },
    }),
  }),
};
