import { SecretIamMember } from "@pulumi/gcp/secretmanager";
import { BucketIAMMember } from "@pulumi/gcp/storage";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";

import { accountName } from "../../checks/objectNames";
import type { ModelServerArgs } from "./args";

type IdentityArgs = Pick<ModelServerArgs, "namespace" | "weightsCache" | "token" | "workloadPool">;

/**
 * Registers the account and what it may read.
 * @param name the cluster's
 * @returns what a pod needs to run as it
 */
export function createIdentity(
  name: string,
  { namespace, weightsCache, token, workloadPool }: IdentityArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const serviceAccount = accountName(name);
  const account = new ServiceAccount(
    `${name}-model-server`,
    { metadata: { name: serviceAccount, namespace }, automountServiceAccountToken: false },
    opts,
  );
  const member = pulumi.interpolate`serviceAccount:${workloadPool}[${namespace}/${serviceAccount}]`;
  const grants: pulumi.Resource[] = [];
  if (weightsCache.kind === "bucket") {
    const { bucket } = weightsCache;
    const role = "roles/storage.objectUser";
    grants.push(new BucketIAMMember(`${name}-weights-access`, { bucket, role, member }, opts));
  }
  if (token.kind === "secret-manager") {
    const role = "roles/secretmanager.secretAccessor";
    const args = { secretId: token.secret, role, member };
    grants.push(new SecretIamMember(`${name}-token-access`, args, opts));
  }
  return [account, ...grants];
}
