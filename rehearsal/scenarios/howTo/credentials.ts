import type { Json } from "../../emulator/google/json";

import { container, type HowToInput, type Place, PROJECT } from "./guide";

/** `gcloud container clusters get-credentials`: the context is named after the cluster's location. */
export async function getCredentials(
  { cloud }: HowToInput,
  { name, region }: Place,
): Promise<string> {
  const cluster = await cloud.google.call("GET", container(region, `clusters/${name}`));
  const { clusterCaCertificate } = cluster.masterAuth as { clusterCaCertificate: string };
  const context = `gke_${PROJECT}_${region}_${name}`;
  return kubeconfig(context, {
    server: `https://${String(cluster.endpoint)}`,
    "certificate-authority-data": clusterCaCertificate,
    token: await cloud.token(),
  });
}

/** The same cluster for another user. */
export function withToken(config: string, token: string): string {
  const { contexts, clusters } = JSON.parse(config) as {
    contexts: { name: string }[];
    clusters: { cluster: Json }[];
  };
  return kubeconfig(contexts[0]?.name ?? "", { ...clusters[0]?.cluster, token });
}

/** JSON, which is YAML too. */
function kubeconfig(name: string, { token, ...cluster }: Json): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [{ name, cluster }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    users: [{ name, user: { token } }],
  });
}
