import type { Engine, StateResource } from "./engine";
import { idOfCreation } from "./pendingCreates";

/**
 * Brings a stack whose last command was stopped to where `up` converges again. The lock is released. What a killed
 * command had begun to create is put into the state under the id that it must have. A refresh then finds out what exists:
 * a second creation under the same name would be refused, forgetting the first would orphan it, and what an
 * interrupted deletion has deleted is still in the state.
 * @returns what there was to recover from
 */
export async function recover(engine: Engine): Promise<string> {
  await engine.cancel();
  const { deployment, ...rest } = await engine.export();
  const { pending_operations: pending = [], resources = [] } = deployment;
  const begun = pending
    .filter(({ type }) => type === "creating")
    .flatMap(({ resource }) => adopted(resource));
  const known = new Set(resources.map(({ urn }) => urn));
  const added = begun.filter(({ urn }) => !known.has(urn));
  if (pending.length > 0) {
    await engine.import({
      ...rest,
      deployment: { ...deployment, resources: [...resources, ...added], pending_operations: [] },
    });
  }
  if (resources.length + added.length > 0) await engine.refresh();
  return pending.length === 0
    ? "nothing was under way"
    : `${pending.length} operations were under way, ${added.length} of them creations to look up`;
}

function adopted(resource: StateResource): StateResource[] {
  const id = idOfCreation(resource);
  return id === undefined ? [] : [{ ...resource, id, outputs: resource.inputs }];
}
