import { type Resource, resourcesOfType, type Stack } from "../frame";

import type { Scopes } from "./scopes";

const releases = resourcesOfType("kubernetes:helm.sh/v3:Release");

/** Components that register the objects of a chart or of files once all inputs are known. */
const renderers = resourcesOfType(
  "kubernetes:helm.sh/v4:Chart",
  "kubernetes:helm.sh/v3:Chart",
  "kubernetes:kustomize/v2:Directory",
  "kubernetes:yaml/v2:ConfigFile",
  "kubernetes:yaml/v2:ConfigGroup",
);

/** Where a stack creates Kubernetes objects that are not among its resources. */
export class HiddenObjects {
  private readonly scopes: Scopes;
  /** Scopes of Helm releases, whose objects are never resources. */
  private readonly released: ReadonlySet<string>;
  /** A chart or a file is not rendered yet, so its objects may be anywhere. */
  private readonly everywhere: boolean;

  constructor(stack: Stack, scopes: Scopes) {
    this.scopes = scopes;
    const made = stack.select(releases);
    const rendering = stack.select(renderers);
    const parents = rendering.length === 0 ? new Set() : parentTypesOf(stack);
    const isUnclear = (release: Resource) => release.prop("namespace").unknown;
    this.everywhere = made.some(isUnclear) || rendering.some(({ type }) => !parents.has(type));
    this.released = new Set(made.map((release) => this.keyOf(release)));
  }

  /** Whether there may be hidden objects in this scope. */
  at(scope: string): boolean {
    return this.everywhere || this.released.has(scope);
  }

  /** Whether hidden objects may be cluster-scoped, Namespaces among them. */
  get any(): boolean {
    return this.everywhere || this.released.size > 0;
  }

  private keyOf(release: Resource): string {
    return this.scopes.beside(release, release.prop("namespace").text || "default");
  }
}

/** Types of components that have children; a URN begins with those of all parents. */
function parentTypesOf({ resources }: Stack): ReadonlySet<string> {
  const chains = resources.map(({ urn }) => (urn.split("::")[2] ?? "").split("$").slice(0, -1));
  return new Set(chains.flat());
}
