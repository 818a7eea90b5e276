import { inferencePools } from "../fleet/kinds";
import { Names, type Scopes } from "../fleet/scopes";
import type { Resource, Stack, Value } from "../frame";

import { type EndpointPicker, endpointPickerOf, endpointPickers } from "./endpointPicker";

/** The pool of each endpoint picker, by the name in the picker's flags. */
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

  /**
   * The pool that a picker's flags name, in the namespace that they name, otherwise in the picker's
   * own.
   */
  poolOf(picker: EndpointPicker): Resource | undefined {
    const namespace = picker.flag("pool-namespace")?.value.text;
    const scope =
      namespace === undefined
        ? this.scopes.of(picker.resource)
        : this.scopes.beside(picker.resource, namespace);
    return this.pools.get(scope)?.get(picker.pool);
  }

  /** The pool of that name in the namespace of an object. */
  poolBeside(object: Resource, name: Value): Resource | undefined {
    return this.pools.get(this.scopes.of(object))?.get(name);
  }

  pickerOf(pool: Resource): EndpointPicker | undefined {
    return this.pickerOfPool.get(pool);
  }

  /** Whether there is any pool in the namespace of an object. */
  hasPoolBeside(object: Resource): boolean {
    return this.pools.has(this.scopes.of(object));
  }
}
