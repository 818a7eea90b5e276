import {
  advice,
  type Finding,
  listed,
  objectKindOf,
  type Resource,
  resourcesOfType,
  type Selector,
  type Stack,
} from "../frame";

import { fleetOf } from "./fleet";
import { Namespaces } from "./namespaces";

const releases = resourcesOfType("kubernetes:helm.sh/v3:Release");

/** Components that register the objects of a chart or of files once all inputs are known. */
const renderers = resourcesOfType(
  "kubernetes:helm.sh/v4:Chart",
  "kubernetes:helm.sh/v3:Chart",
  "kubernetes:helm.sh/v2:Chart",
  "kubernetes:kustomize/v2:Directory",
  "kubernetes:kustomize:Directory",
  "kubernetes:yaml/v2:ConfigFile",
  "kubernetes:yaml/v2:ConfigGroup",
  "kubernetes:yaml:ConfigFile",
  "kubernetes:yaml:ConfigGroup",
);

/** Objects from which a controller in the cluster makes others: of a chart, or of a repository. */
const DELIVERERS: ReadonlyMap<string, readonly string[]> = new Map([
  ["HelmRelease", ["helm.toolkit.fluxcd.io"]],
  ["Kustomization", ["kustomize.toolkit.fluxcd.io"]],
  ["Application", ["argoproj.io"]],
  ["ApplicationSet", ["argoproj.io"]],
  ["RootSync", ["configsync.gke.io"]],
  ["RepoSync", ["configsync.gke.io"]],
]);

const deliverers: Selector = {
  label: "objects that others are made from",
  matches: (resource) => {
    const { group, kind } = objectKindOf(resource);
    return DELIVERERS.get(kind)?.includes(group) ?? false;
  },
};

/** Where something is looked for. */
export interface Place {
  /** An object of the cluster; undefined for any cluster. */
  readonly beside?: Resource | undefined;
  /** The namespace; undefined for any, and for what is in none. */
  readonly namespace?: string | undefined;
}

/** A resource with objects that are not among the stack's resources. */
interface Carrier {
  readonly resource: Resource;
  /** Key of its cluster; undefined if it may be any. */
  readonly cluster: string | undefined;
  /** The namespace of its objects; undefined if they may be in any. */
  readonly namespace: string | undefined;
}

/** Cached, because many policies ask. */
const known = new WeakMap<Stack, HiddenObjects>();

/** The objects that charts, releases and files of a stack hide. */
export function hiddenObjectsOf(stack: Stack): HiddenObjects {
  const found = known.get(stack) ?? new HiddenObjects(stack);
  known.set(stack, found);
  return found;
}

/**
 * A finding that the stack lacks a Kubernetes object. Where a chart, a release or a file may bring
 * the object, it is only advice.
 */
export function missing(stack: Stack, place: Place, finding: Finding): Finding {
  const carriers = hiddenObjectsOf(stack).carriersAt(place);
  if (carriers.length === 0 || finding.advisory) {
    return finding;
  }
  const names = carriers.map(({ resource }) => `${kindText(resource)} ${resource.name}`);
  const problem = `cannot be judged, as ${listed(names)} may bring what is not seen here: ${finding.problem}`;
  const fix = "register the objects themselves to have them judged";
  const judged = advice(finding.at, problem, fix);
  return finding.urn === undefined ? judged : { ...judged, urn: finding.urn };
}

/** `Release`, or `Chart`. */
function kindText({ type }: Resource): string {
  return type.split(":").at(-1) ?? "";
}

/** Where a stack creates Kubernetes objects that are not among its resources. */
export class HiddenObjects {
  private readonly stack: Stack;
  private readonly carriers: readonly Carrier[];

  constructor(stack: Stack) {
    this.stack = stack;
    const namespaces = new Namespaces(stack);
    const clusterOf = (resource: Resource) => fleetOf(stack).memberOf(resource).key;
    this.carriers = [
      ...stack.select(releases).map((resource) => {
        const given = resource.prop("namespace");
        const namespace = given.unknown ? undefined : given.text || "default";
        return { resource, cluster: clusterOf(resource), namespace };
      }),
      ...stack.select(deliverers).map((resource) => {
        const own = objectKindOf(resource).kind === "RepoSync";
        const namespace = own ? namespaces.of(resource) : undefined;
        return { resource, cluster: clusterOf(resource), namespace };
      }),
      ...unrendered(stack).map((resource) => {
        const cluster = resource.provider && clusterOf(resource);
        return { resource, cluster, namespace: undefined };
      }),
    ];
  }

  /** What may have hidden objects there. */
  carriersAt({ beside, namespace }: Place): readonly Carrier[] {
    const cluster = beside && fleetOf(this.stack).memberOf(beside).key;
    return this.carriers.filter((carrier) => {
      return mayBe(carrier.cluster, cluster) && mayBe(carrier.namespace, namespace);
    });
  }

  /** Whether there may be hidden objects in the place. */
  at(place: Place): boolean {
    return this.carriersAt(place).length > 0;
  }
}

function mayBe(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/**
 * Components without any object. A URN has the types of its parents, but not their names: with several
 * components of a type, an object is that of the one with which its name begins, if there is one.
 */
function unrendered(stack: Stack): readonly Resource[] {
  const components = stack.select(renderers);
  if (components.length === 0) {
    return [];
  }
  const children = stack.resources.map(({ urn, name }) => {
    return { name, parents: (urn.split("::")[2] ?? "").split("$").slice(0, -1) };
  });
  return components.filter(({ type, name }) => {
    const all = children.filter(({ parents }) => parents.includes(type));
    const named = components.filter((each) => {
      return each.type === type && all.some((child) => child.name.startsWith(each.name));
    });
    return named.length === 0
      ? all.length === 0
      : !all.some((child) => child.name.startsWith(name));
  });
}
