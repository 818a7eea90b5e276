import { inferencePools } from "../fleet/kinds";
import { Names, type Scopes } from "../fleet/scopes";
import type { Resource, Stack, Value } from "../frame";

import { type EndpointPicker, endpointPickerOf, endpointPickers } from "./endpointPicker";

/** Which endpoint picker routes the requests of which pool: it is told the pool's name. */
export class PickedPools {
  /** All of the stack's endpoint pickers. */
  readonly pickers: readonly EndpointPicker[];
  private readonly scopes: Scopes;
  private readonly pools = new Map<string, Names>();
  private readonly pickerOfPool = new Map<Resource, EndpointPicker>();

  constructor(stack: Stack, scopes: Scopes) {
    this.scopes = scopes;
    for (const [scope, pools] of scopes.group(inferencePools)) {
      this.pools.set(scope, new Names(pools));
    }
    this.pickers = stack
      .select(endpointPickers)
      .flatMap((resource) => endpointPickerOf(resource) ?? []);
    for (const picker of this.pickers) {
      const pool = this.poolOf(picker);
      if (pool !== undefined) {
        this.pickerOfPool.set(pool, picker);
      }
    }
  }

  /** The pool that a picker is told, in the namespace that it is told or else its own. */
  poolOf(picker: EndpointPicker): Resource | undefined {
    const namespace = picker.flag("pool-namespace")?.value.text;
    const scope =
      namespace === undefined
        ? this.scopes.of(picker.resource)
        : this.scopes.beside(picker.resource, namespace);
    return this.pools.get(scope)?.get(picker.pool);
  }

  /** The pool of that name where an object is. */
  poolBeside(object: Resource, name: Value): Resource | undefined {
    return this.pools.get(this.scopes.of(object))?.get(name);
  }

  pickerOf(pool: Resource): EndpointPicker | undefined {
    return this.pickerOfPool.get(pool);
  }

  /** Whether there is any pool where an object is. */
  hasPoolBeside(object: Resource): boolean {
    return this.pools.has(this.scopes.of(object));
  }
}
