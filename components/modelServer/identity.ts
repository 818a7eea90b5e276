import { SecretIamMember } from "@pulumi/gcp/secretmanager";
import { BucketIAMMember } from "@pulumi/gcp/storage";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";

import type { ModelServerArgs } from "./args";

/**
 * The Kubernetes account of a cluster's model servers. Clusters of one project share their workload pool, where the
 * same namespace and name are the same identity. So the cluster is part of the name: each has grants of its own, and
 * none waits for another or goes with it.
 */
export function accountName(cluster: string): string {
  return `model-server-${cluster}`;
}

/** Registers the account and what it may read. @returns what a pod needs to run as it */
export function createIdentity(
  cluster: string,
  { namespace, weightsCache, token, workloadPool }: ModelServerArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const name = accountName(cluster);
  const account = new ServiceAccount(
    `${cluster}-model-server`,
    { metadata: { name, namespace }, automountServiceAccountToken: false },
    opts,
  );
  const member = pulumi.interpolate`serviceAccount:${workloadPool}[${namespace}/${name}]`;
  const grants: pulumi.Resource[] = [];
  if (weightsCache.kind === "bucket") {
    const { bucket } = weightsCache;
    const role = "roles/storage.objectUser";
    grants.push(new BucketIAMMember(`${cluster}-weights-access`, { bucket, role, member }, opts));
  }
  if (token.kind === "secret-manager") {
    const role = "roles/secretmanager.secretAccessor";
    const args = { secretId: token.secret, role, member };
    grants.push(new SecretIamMember(`${cluster}-token-access`, args, opts));
  }
  return [account, ...grants];
}
