import type { Engine, StateResource } from "./engine";
import { idOfCreation } from "./pendingCreates";

/**
 * Brings a stack whose last command was killed to where `up` converges again. The lock is released. What the command
 * had begun to create is put into the state under the id that it must have, and a refresh then asks whether it is
 * there: a second creation under the same name would be refused, and forgetting the first would orphan it.
 * @returns what there was to recover from
 */
export async function recover(engine: Engine): Promise<string> {
  await engine.cancel();
  const { deployment, ...rest } = await engine.export();
  const { pending_operations: pending = [], resources = [] } = deployment;
  if (pending.length === 0) return "nothing was under way";

  const begun = pending
    .filter(({ type }) => type === "creating")
    .flatMap(({ resource }) => adopted(resource));
  const known = new Set(resources.map(({ urn }) => urn));
  const added = begun.filter(({ urn }) => !known.has(urn));
  await engine.import({
    ...rest,
    deployment: { ...deployment, resources: [...resources, ...added], pending_operations: [] },
  });
  await engine.refresh();
  return `${pending.length} operations were under way, ${added.length} of them creations to look up`;
}

function adopted(resource: StateResource): StateResource[] {
  const id = idOfCreation(resource);
  return id === undefined ? [] : [{ ...resource, id, outputs: resource.inputs }];
}
