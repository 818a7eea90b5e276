import { APPLY } from "../../kube/client";
import { KubeError } from "../../kube/errors";
import { KubeObject } from "../../kube/objects";
import { ReachableCluster } from "./cluster";

/**
 * Gives up all fields that a manager owns: those that nobody else owns are removed, the object stays.
 * @throws Error where one of them is required
 */
export async function relinquish(
  object: KubeObject,
  fieldManager: string,
  { client }: ReachableCluster,
): Promise<void> {
  const { apiVersion, kind } = object;
  const { name, namespace } = object.metadata;
  const identity = { apiVersion, kind, metadata: { name, namespace } };
  try {
    await client.patch(identity, identity, APPLY, { fieldManager });
  } catch (error) {
    const required = error instanceof KubeError && requiredField(error);
    if (!required) throw error;
    throw new Error(
      "this Patch resource is currently managing a required field, so it can't be deleted " +
        "directly. Either set the `retainOnDelete` resource option, or transfer ownership of the " +
        `field before deleting: ${required}`,
    );
  }
}

function requiredField({ details }: KubeError): string | undefined {
  return details.causes?.find(({ reason }) => reason === "FieldValueRequired")?.field;
}
