import { type Edit, idOf, type InputChange, isInputEdit } from "./edit";
import { type Key, keysOf } from "./path";

/** A resource as a program registers it. */
interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: object;
}

/** A copy of the stack with the edits applied. @throws Error if an edit matches nothing */
export function alteredStack<R extends Recorded>(
  resources: readonly R[],
  edits: readonly Edit[],
): readonly R[] {
  return edits.reduce((stack, edit) => {
    const id = idOf(edit.at);
    const found = stack.filter((resource) => idOf(resource) === id);
    if (found.length !== 1) throw new Error(`${found.length} resources have the id ${id}`);
    return stack.flatMap((resource) => {
      return resource === found[0] ? alteredResource(resource, edit) : [resource];
    });
  }, resources);
}

/** What a resource becomes: nothing if it is left out, two if it is duplicated. */
export function alteredResource<R extends Recorded>(resource: R, edit: Edit): R[] {
  if (isInputEdit(edit)) return [{ ...resource, inputs: alteredInputs(resource.inputs, edit) }];
  if ("drop" in edit) return [];
  const { duplicate: name, as: type = resource.type } = edit;
  const inputs = Object.entries(edit.with ?? {}).reduce<object>(
    (altered, [path, to]) =>
      alteredInputs(altered, to === undefined ? { unset: path } : { set: path, to }),
    resource.inputs,
  );
  return [resource, { ...resource, type, name, inputs }];
}

/** A copy of inputs with one of them changed; everything off its path is shared. */
export function alteredInputs<T extends object>(inputs: T, change: InputChange): T {
  return changed(inputs, change) as T;
}

function changed(inputs: object, change: InputChange): unknown {
  if ("set" in change) return replaced(inputs, keysOf(change.set), () => change.to);
  const path = "unset" in change ? change.unset : change.rename;
  const keys = keysOf(path);
  return replaced(inputs, keys.slice(0, -1), (parent) => {
    const key = keys.at(-1) ?? "";
    if (!isOpen(parent) || !(key in parent)) throw new Error(`${path}: is not set`);
    if (Array.isArray(parent)) return parent.filter((_, index) => index !== key);
    const fields = Object.entries(parent);
    return Object.fromEntries(
      "unset" in change
        ? fields.filter(([name]) => name !== key)
        : fields.map(([name, value]) => [name === key ? change.as : name, value]),
    );
  });
}

/** A copy in which `to` has changed the value at the keys; missing objects on the way are created. */
function replaced(value: unknown, keys: readonly Key[], to: (old: unknown) => unknown): unknown {
  const [key, ...below] = keys;
  if (key === undefined) return to(value);
  if (value !== undefined && !isOpen(value)) {
    throw new Error(`cannot reach ${JSON.stringify(key)}: its parent is neither object nor list`);
  }
  if (Array.isArray(value)) {
    if (typeof key !== "number" || key > value.length) {
      throw new Error(`cannot set item ${key} in a list of ${value.length}`);
    }
    return [...value.slice(0, key), replaced(value[key], below, to), ...value.slice(key + 1)];
  }
  const fields = (value ?? {}) as Record<Key, unknown>;
  return { ...fields, [key]: replaced(fields[key], below, to) };
}

/** A plain object or a list; not an output of another resource, whose value is not known yet. */
function isOpen(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
