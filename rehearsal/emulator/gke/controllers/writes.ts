import { KubeClient, MERGE_PATCH } from "../../kube/client";
import { KubeError } from "../../kube/errors";
import { KubeObject, refOf } from "../../kube/objects";
import { ClusterId } from "../gke";

/** A change that a controller wants. Doing it twice does no harm. */
export type Write =
  | { do: "create"; cluster: ClusterId; object: KubeObject }
  | { do: "delete"; cluster: ClusterId; object: KubeObject }
  | { do: "status"; cluster: ClusterId; object: KubeObject; status: object }
  | { do: "finalizers"; cluster: ClusterId; object: KubeObject; finalizers: string[] };

/**
 * @throws KubeError where the API server refuses it for another reason than that it is done already
 */
export async function perform(client: KubeClient, write: Write): Promise<void> {
  const { object } = write;
  try {
    switch (write.do) {
      case "create":
        await client.create(object);
        return;
      case "delete":
        await client.delete(refOf(object));
        return;
      case "status":
        await client.patch(object, { status: write.status }, MERGE_PATCH, {}, "status");
        return;
      case "finalizers": {
        // With the version that was read: another's finalizer must not be lost.
        const { resourceVersion } = object.metadata;
        const metadata = { finalizers: write.finalizers, resourceVersion };
        await client.patch(object, { metadata }, MERGE_PATCH);
      }
    }
  } catch (error) {
    if (!isDone(write, error)) throw error;
  }
}

function isDone(write: Write, error: unknown): boolean {
  if (!(error instanceof KubeError)) return false;
  return write.do === "create" ? error.reason === "AlreadyExists" : error.code === 404;
}
