import * as plugin from "../plugin";
import { RANDOM_KINDS } from "./kinds";
import { failuresOf, inputsOf, RandomKind, withDefaults } from "./schema";

/**
 * The random provider: values that are drawn once and then live in the state alone. Left out are the types that
 * `RANDOM_KINDS` does not name, and imports.
 */
export class RandomProvider implements plugin.Provider {
  readonly name = "random";
  readonly version = "4.21.2+rehearsal";

  async configure(): Promise<void> {
    // There is nothing to configure.
  }

  async check({ type, newInputs }: plugin.CheckRequest): Promise<plugin.CheckResponse> {
    const kind = kindOf(type);
    const inputs = withDefaults(kind, newInputs);
    return { inputs, failures: failuresOf(kind, plugin.revealed(inputs)) };
  }

  async diff(request: plugin.DiffRequest): Promise<plugin.DiffResponse> {
    const names = Object.keys(inputsOf(kindOf(request.type)));
    const ignored = request.ignoreChanges.map(plugin.parsePath);
    const changes = plugin
      .changesBetween(only(names, request.oldOutputs), only(names, request.newInputs))
      .filter(({ path }) => !ignored.some((pattern) => plugin.isWithin(path, pattern)));
    return { changes: changes.map((change) => ({ ...change, replace: true })) };
  }

  async create({ type, inputs, preview }: plugin.CreateRequest): Promise<plugin.CreateResponse> {
    const kind = kindOf(type);
    if (preview) return { id: "", outputs: { ...inputs, ...notDrawnYet(kind) } };
    const { id, outputs } = kind.draw(plugin.revealed(inputs));
    return { id, outputs: { ...inputs, ...outputs } };
  }

  async read(request: plugin.ReadRequest): Promise<plugin.ReadResponse> {
    const { id, oldInputs, oldOutputs } = request;
    if (Object.keys(oldOutputs).length > 0) return { id, inputs: oldInputs, outputs: oldOutputs };
    throw new Error(`${request.type}: imports are not rehearsed`);
  }

  async update({ type }: plugin.UpdateRequest): Promise<plugin.PropertyMap> {
    throw new Error(`${type}: a change of any input draws a new value, there is no update`);
  }

  async delete(): Promise<void> {
    // The value is in the state and nowhere else.
  }
}

function kindOf(type: string): RandomKind {
  const kind = RANDOM_KINDS[type];
  if (kind) return kind;
  throw new Error(`${type}: not rehearsed; there are ${Object.keys(RANDOM_KINDS).join(", ")}`);
}

function only(names: string[], map: plugin.PropertyMap): plugin.PropertyMap {
  return Object.fromEntries(Object.entries(map).filter(([name]) => names.includes(name)));
}

function notDrawnYet({ drawn }: RandomKind): plugin.PropertyMap {
  return Object.fromEntries(drawn.map((name) => [name, plugin.UNKNOWN]));
}
