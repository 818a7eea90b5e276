import { iamMemberBackend, POLICY_VERSION } from "../engine/iamMember";
import { lastSegment } from "../engine/names";
import { projectOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { Schema, str } from "../engine/schema";
import { grant } from "./grant";

const SECRETS = "https://secretmanager.googleapis.com/v1";

/** A short name is the same as the full one that the state has. */
function sameSecret(a: string, b: string): boolean {
  return a.includes("/") && b.includes("/") ? a === b : lastSegment(a) === lastSegment(b);
}

const properties: Schema = {
  ...grant,
  project: str("OCF"),
  secretId: str("RF", { same: sameSecret }),
};

/** id: `projects/{project}/secrets/{secret}/{role}/{member}` */
export const secretIamMember: ResourceType = {
  token: "gcp:secretmanager/secretIamMember:SecretIamMember",
  upstream: "SecretManagerSecretIamMember",
  properties,
  backend: iamMemberBackend({
    target: "secretId",
    /** A short name is of the resource's project, or the provider's. */
    full: (secret, inputs, config) =>
      secret.startsWith("projects/")
        ? secret
        : `projects/${projectOf(inputs, config)}/secrets/${secret}`,
    describe: (secret) => `secretmanager secret "${secret}"`,
    get: (secret) => ({
      verb: "GET",
      url: `${SECRETS}/${secret}:getIamPolicy?options.requestedPolicyVersion=${POLICY_VERSION}`,
    }),
    set: (secret, policy) => ({
      verb: "POST",
      url: `${SECRETS}/${secret}:setIamPolicy`,
      body: { policy },
    }),
    told: (secret) => ({ project: secret.split("/")[1] ?? "" }),
  }),
};
