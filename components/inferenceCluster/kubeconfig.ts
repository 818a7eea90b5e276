import * as yaml from "js-yaml";

export interface KubeconfigArgs {
  /** Name of cluster, user and context alike, as `gcloud container clusters get-credentials` gives it. */
  context: string;
  /** DNS name of the control plane. */
  endpoint: string;
}

/**
 * A kubeconfig without a secret in it: `gke-gcloud-auth-plugin` asks Google for a token when one is needed. The DNS
 * endpoint's certificate is publicly signed, so there is no CA in it either.
 */
export function kubeconfig({ context, endpoint }: KubeconfigArgs): string {
  return yaml.dump({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: context, cluster: { server: `https://${endpoint}` } }],
    users: [{ name: context, user: { exec: authPlugin } }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
    "current-context": context,
  });
}

const authPlugin = {
  apiVersion: "client.authentication.k8s.io/v1beta1",
  command: "gke-gcloud-auth-plugin",
  installHint:
    "Install gke-gcloud-auth-plugin: https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl",
  interactiveMode: "Never",
  provideClusterInfo: true,
};
