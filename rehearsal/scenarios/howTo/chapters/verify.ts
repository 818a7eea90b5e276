import { KubeClient } from "../../../emulator/kube/client";
import { refOf } from "../../../emulator/kube/objects";
import { untilReported, whySilent } from "../balancer";
import { withToken } from "../credentials";
import { refused } from "../expect";
import { container, EAST, type Guide } from "../guide";
import type { Kubectl } from "../kubectl";
import { autoscalingMetric } from "../manifests/autoscalingMetric";
import { gateway } from "../manifests/gateway";
import type { Show } from "../show";

/** "Verify the deployment", and what becomes of it when the channel moves on. */
export async function verifyDeployment(guide: Guide, show: Show): Promise<void> {
  await show.demonstrate(15, () => askedFromPod(guide.clusters.west));
  await show.demonstrate(9, () => nextVersion(guide));
}

/** `kubectl get gateway` with the credentials that a pod of the namespace has. */
async function askedFromPod({ client, kubeconfig }: Kubectl): Promise<string[]> {
  const account = "/api/v1/namespaces/default/serviceaccounts/default/token";
  const answer = await client.request<{ status: { token: string } }>("POST", account, {
    body: { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} },
  });
  const pod = KubeClient.fromKubeconfig(withToken(kubeconfig, answer.status.token));
  const path = await client.path(
    gateway.apiVersion,
    gateway.kind,
    "default",
    gateway.metadata.name,
  );
  try {
    await client.get(refOf(gateway));
    return [await refused(pod.request("GET", path))];
  } finally {
    pod.close();
  }
}

/** The release channel is `rapid`: it upgrades a cluster of 1.34 to this version, and the file is applied again. */
async function nextVersion(guide: Guide): Promise<string[]> {
  const { clusters, cloud } = guide;
  await untilReported(guide);
  const version = "1.35.8-gke.1796000";
  const path = container(EAST.region, `clusters/${EAST.name}`);
  await cloud.google.run("PUT", path, { update: { desiredMasterVersion: version } });
  const silent = await whySilent(guide, EAST, "AutoscalingMetric");
  await clusters.east.delete(autoscalingMetric);
  const said = await refused(clusters.east.apply(autoscalingMetric));
  return [`after the upgrade to ${version} ${silent}`, `applied anew: ${said}`];
}
