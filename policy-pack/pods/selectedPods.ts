import type { HiddenObjects } from "../fleet/hiddenObjects";
import type { Scopes } from "../fleet/scopes";
import {
  append,
  type Finding,
  listed,
  pending,
  type Resource,
  type Value,
  violation,
} from "../frame";

import type { PodOwner } from "./podOwners";
import { PodSelectors } from "./podSelectors";

/** Which pods of a stack objects select by `spec.selector`, such as budgets and monitoring. */
export class SelectedPods {
  private readonly scopes: Scopes;
  private readonly hidden: HiddenObjects;
  private readonly ownersOf = new Map<Resource, PodOwner[]>();
  private readonly selected = new Set<PodOwner>();
  private readonly inPlace = new Map<string, PodOwner[]>();
  /** Scopes with pods whose labels are not known yet. */
  private readonly unclear = new Set<string>();
  /** Scopes with a selector that uses more than labels. */
  private readonly free = new Set<string>();

  constructor(
    objects: readonly Resource[],
    owners: readonly PodOwner[],
    scopes: Scopes,
    hidden: HiddenObjects,
  ) {
    this.scopes = scopes;
    this.hidden = hidden;
    const selectors = new PodSelectors<Resource>();
    for (const object of objects) {
      const scope = scopes.of(object);
      const selector = selectorOf(object);
      selectors.add(scope, selector.at("matchLabels"), object);
      const byLabels = (selector.at("matchLabels").fields ?? []).length > 0;
      if (!selector.absent && (!byLabels || hasExpressions(selector))) {
        this.free.add(scope);
      }
    }
    for (const owner of owners) {
      this.register(owner, selectors);
    }
  }

  /** The objects whose pods an object selects, or may select. */
  of(object: Resource): readonly PodOwner[] {
    return this.ownersOf.get(object) ?? [];
  }

  /** Whether these pods are certainly not selected. */
  areUnselected(owner: PodOwner): boolean {
    const scope = this.scopes.of(owner.resource);
    const isHidden = this.hidden.at(this.scopes.placeOf(owner.resource));
    const isOpen = this.unclear.has(scope) || this.free.has(scope) || isHidden;
    return !this.selected.has(owner) && !isOpen;
  }

  /** What is wrong with a selector: it selects no pods, or all of its namespace. */
  *findings(object: Resource, effect: string): Generator<Finding> {
    const selector = selectorOf(object);
    const labels = selector.at("matchLabels");
    const scope = this.scopes.of(object);
    const there = this.inPlace.get(scope) ?? [];
    const [example] = there;
    const isHidden = this.hidden.at(this.scopes.placeOf(object));
    const isOpen = this.unclear.has(scope) || isHidden || hasExpressions(selector);
    if (labels.unknown) {
      yield pending(labels);
    } else if (example === undefined || isOpen) {
      // Another stack may run the pods.
    } else if ((labels.fields ?? []).length === 0) {
      const names = there.map(({ resource }) => resource.name);
      if (names.length > 1 || selector.absent) {
        const given = selector.absent ? "is not set, so it selects none" : "selects all";
        const problem = `${given} of the pods there, which are of ${listed(names)}`;
        yield violation(labels, problem, "write the labels of those that it is for");
      }
    } else if (this.of(object).length === 0) {
      const own = `${example.labels[0]}`;
      const fix = `write labels that pods there have, such as ${own} of ${example.resource.name}`;
      yield violation(labels, `${labels} selects no pods, ${effect}`, fix);
    }
  }

  private register(owner: PodOwner, selectors: PodSelectors<Resource>): void {
    const scope = this.scopes.of(owner.resource);
    append(this.inPlace, scope, owner);
    if (owner.labels.some(({ unknown }) => unknown)) {
      this.unclear.add(scope);
    }
    for (const object of owner.labels.flatMap((labels) => selectors.selecting(scope, labels))) {
      append(this.ownersOf, object, owner);
      this.selected.add(owner);
    }
  }
}

function selectorOf({ props }: Resource): Value {
  return props.at("spec", "selector");
}

function hasExpressions(selector: Value): boolean {
  const expressions = selector.at("matchExpressions");
  return expressions.unknown || (expressions.items ?? []).length > 0;
}
