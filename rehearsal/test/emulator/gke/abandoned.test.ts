import { abandonedIn } from "../../../emulator/gke/abandoned";
import type { KubeClient } from "../../../emulator/kube/client";
import type { KubeObject } from "../../../emulator/kube/objects";

function object(kind: string, name: string, ...managers: string[]): KubeObject {
  const managedFields = managers.map((manager) => ({ manager, operation: "Update" }));
  return { apiVersion: "v1", kind, metadata: { name, managedFields } };
}

test("what Pulumi made and did not remove is told, what GKE made is not", async () => {
  const objects = [
    object("Namespace", "kube-system", "kube-apiserver"),
    object("Namespace", "inference", "kube-controller-manager", "pulumi-kubernetes"),
    object("ClusterRole", "reader", "pulumi-kubernetes-1a2b3c4d"),
    object("ClusterRole", "view", "kube-apiserver"),
    object("CustomResourceDefinition", "gateways", "rehearsal"),
  ];
  const client = {
    list: async (_: string, kind: string) => objects.filter((o) => o.kind === kind),
  };
  expect(await abandonedIn(client as unknown as KubeClient)).toEqual([
    "Namespace inference",
    "ClusterRole reader",
  ]);
});
