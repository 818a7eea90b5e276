import { byName, type Resource, type Selector } from "./resource";

/** All resources of a stack. */
export class Stack {
  readonly resources: readonly Resource[];
  private readonly selected = new Map<Selector, readonly Resource[]>();

  constructor(resources: readonly Resource[]) {
    this.resources = resources;
  }

  /** Its name; empty if the stack has no resources. */
  get name(): string {
    return this.resources[0]?.stack ?? "";
  }

  /**
   * Resources that a selector picks, sorted by name. The engine passes them in the order of
   * registration, which differs from run to run; messages must not.
   */
  select(selector: Selector): readonly Resource[] {
    const known = this.selected.get(selector);
    if (known !== undefined) {
      return known;
    }
    const picked = this.resources.filter((resource) => selector.matches(resource)).sort(byName);
    this.selected.set(selector, picked);
    return picked;
  }
}
