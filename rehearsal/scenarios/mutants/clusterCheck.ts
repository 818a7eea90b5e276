import type { KubeClient } from "../../emulator/kube/client";
import { KubeError } from "../../emulator/kube/errors";
import type { KubeObject, ObjectMeta } from "../../emulator/kube/objects";
import { registeredObject, STRICTLY } from "../../emulator/kube/registered";

import type { Mutant } from "./mutate";
import type { Registered } from "./registered";

const OTHER_NAME = "mutant";
const CRD = "CustomResourceDefinition";

/**
 * What an API server refuses of a mutant: it is asked to make the object without keeping it, and to be strict with
 * fields that it does not know, in a cluster that has all of a stack.
 * @param becomes what the resource becomes
 * @returns what is refused; undefined where the object is taken, or none is made
 */
export async function refusalOf(
  { operator }: Pick<Mutant, "operator">,
  becomes: readonly Pick<Registered, "type" | "inputs">[],
  client: KubeClient,
): Promise<string | undefined> {
  const changed = becomes.at(-1);
  if (changed === undefined) return undefined;
  const object = registeredObject(changed.type, changed.inputs);
  const asked = operator === "duplicate" ? object : underAnotherName(object);
  try {
    await client.create(asked, STRICTLY);
    return undefined;
  } catch (error) {
    if (error instanceof KubeError) return error.message;
    throw error;
  }
}

/** The object itself is there already. */
function underAnotherName(object: KubeObject): KubeObject {
  const metadata = (object.metadata ?? {}) as Partial<ObjectMeta>;
  // The provider makes up a name where there is none.
  const name = metadata.name === undefined ? OTHER_NAME : `${OTHER_NAME}-${metadata.name}`;
  const spec = object.spec as { names?: { plural?: string } } | undefined;
  if (object.kind !== CRD || typeof spec?.names?.plural !== "string") {
    return { ...object, metadata: { ...metadata, name } };
  }
  // The name of a kind begins with its plural.
  const names = { ...spec.names, plural: `${OTHER_NAME}-${spec.names.plural}` };
  return { ...object, metadata: { ...metadata, name }, spec: { ...spec, names } };
}
