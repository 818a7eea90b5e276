import { perform, Write } from "../../../../emulator/gke/controllers/writes";
import { KubeClient } from "../../../../emulator/kube/client";
import { KubeError } from "../../../../emulator/kube/errors";
import { gateway } from "../support/world";

/** A client that notes what it is asked, and answers with an error where there is one. */
function client(error?: KubeError) {
  const calls: unknown[][] = [];
  const method =
    (name: string) =>
    async (...args: unknown[]) => {
      calls.push([name, ...args]);
      if (error) throw error;
    };
  const methods = { create: method("create"), patch: method("patch"), delete: method("delete") };
  return { calls, client: methods as unknown as KubeClient };
}

const object = gateway({}, { resourceVersion: "7" });
const writes: Record<Write["do"], Write> = {
  create: { do: "create", cluster: "c", object },
  delete: { do: "delete", cluster: "c", object },
  status: { do: "status", cluster: "c", object, status: { addresses: [] } },
  finalizers: { do: "finalizers", cluster: "c", object, finalizers: ["f"] },
};
const MERGE = "application/merge-patch+json";

test.each([
  [writes.create, ["create", object]],
  [
    writes.delete,
    [
      "delete",
      {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "Gateway",
        name: "cross-region",
        namespace: "default",
      },
    ],
  ],
  [writes.status, ["patch", object, { status: { addresses: [] } }, MERGE, {}, "status"]],
  [
    writes.finalizers,
    ["patch", object, { metadata: { finalizers: ["f"], resourceVersion: "7" } }, MERGE],
  ],
])("%j", async (write, call) => {
  const { calls, client: asked } = client();
  await perform(asked, write);
  expect(calls).toEqual([call]);
});

const gone = new KubeError({ code: 404, reason: "NotFound", message: "not found" });
const exists = new KubeError({ code: 409, reason: "AlreadyExists", message: "exists" });
const conflict = new KubeError({ code: 409, reason: "Conflict", message: "conflict" });

test.each([
  [writes.create, exists],
  [writes.delete, gone],
  [writes.status, gone],
  [writes.finalizers, gone],
])("%j is done where the server says %s", async (write, error) => {
  await expect(perform(client(error).client, write)).resolves.toBeUndefined();
});

test.each([
  [writes.create, gone],
  [writes.finalizers, conflict],
  [writes.status, conflict],
])("%j fails where the server says %s", async (write, error) => {
  await expect(perform(client(error).client, write)).rejects.toBe(error);
});
