import { byName, type Resource, type Selector } from "./resource";

/** All resources of a stack. */
export class Stack {
  readonly resources: readonly Resource[];
  private readonly selected = new Map<Selector, readonly Resource[]>();

  constructor(resources: readonly Resource[]) {
    this.resources = resources;
  }

  /** Its name; empty if nothing is in it. */
  get name(): string {
    return this.resources[0]?.stack ?? "";
  }

  /**
   * Those that a selector picks, by name: the engine tells them in the order in which they happened
   * to be registered, and what is said of two alike is to be the same in each run.
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
