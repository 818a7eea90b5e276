import type { KubeObject } from "../../../emulator/kube/objects";
import { refused, until } from "../expect";
import type { Guide } from "../guide";
import type { Kubectl } from "../kubectl";
import {
  allowedNamespaces,
  howToLists,
  restrictToleration,
  restrictTolerationBinding,
} from "../manifests/restrictToleration";
import type { Show } from "../show";

/** "Install required CRDs": the how-to shows three other objects in their place. */
export async function installDefinitions(guide: Guide, show: Show): Promise<void> {
  const { west, east } = guide.clusters;
  await show.demonstrate(1, () => admissionPolicy(west));
  for (const kubectl of [west, east]) await kubectl.apply(guide.release.objectiveCrd);
}

async function admissionPolicy(kubectl: Kubectl): Promise<string[]> {
  const objects = [restrictToleration, restrictTolerationBinding, howToLists];
  const accepted = () => accepts(kubectl, pod("default"));
  try {
    for (const object of objects.slice(0, 2)) await kubectl.apply(object);
    const before = await until("a pod is refused", async () =>
      (await accepted()) ? undefined : refused(kubectl.wouldCreate(pod("default"))),
    );
    const system = await refused(kubectl.wouldCreate(pod("kube-system")));
    if (system !== before) throw new Error(`in kube-system: ${system}`);

    await kubectl.apply(howToLists);
    await until("ordinary pods are accepted", accepted);
    await kubectl.wouldCreate(pod("default", "autopilot"));

    await kubectl.apply(allowedNamespaces("foo", "autopilot"));
    const oneLine = await until("a list of one line counts", async () =>
      (await accepts(kubectl, pod("default", "autopilot")))
        ? undefined
        : refused(kubectl.wouldCreate(pod("default", "autopilot"))),
    );
    return [
      `without the ConfigMap, in every namespace: ${before}`,
      "with the how-to's lists: a pod that they are to refuse is accepted",
      `with lists of one line: ${oneLine}`,
    ];
  } finally {
    for (const object of objects) await kubectl.delete(object);
    await until("ordinary pods are accepted again", accepted);
  }
}

/** A pod, as one that ComputeClass would put a toleration on. */
function pod(namespace: string, computeClass?: string): KubeObject {
  const toleration = { key: "cloud.google.com/compute-class", operator: "Equal" };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "probe", namespace },
    spec: {
      containers: [{ name: "probe", image: "busybox" }],
      ...(computeClass !== undefined && { tolerations: [{ ...toleration, value: computeClass }] }),
    },
  };
}

function accepts(kubectl: Kubectl, object: KubeObject): Promise<boolean> {
  return kubectl.wouldCreate(object).then(
    () => true,
    () => false,
  );
}
