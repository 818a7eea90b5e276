import { append } from "./groupBy";
import { merged, placeIn } from "./merge";
import { objectKindOf } from "./objectKind";
import { isPatch, type PropsReader, type RawResource, Resource, type Setter } from "./resource";
import { type RawProps, Value } from "./value";

/** An object, and what it is with its patches. */
export interface Patched {
  readonly object: Resource;
  readonly result: Resource;
}

/** A resource with its properties as the program asked for them. */
interface Asked {
  readonly raw: RawResource;
  readonly props: RawProps;
}

/**
 * Joins the objects of a stack and the patches of them. An object is the same by its kind, cluster,
 * namespace and name; a name that is not known yet is that of the resource that it comes from.
 */
export class Patches {
  private readonly objects = new Map<string, Asked>();
  private readonly patchesOf = new Map<string, Asked[]>();

  /** @returns the object of the patch, or the patched object, if both are there already */
  add(raw: RawResource, props: RawProps): Patched | undefined {
    const key = keyOf(raw, new Resource(raw));
    if (key === undefined) {
      return undefined;
    }
    const patches = this.patchesOf.get(key) ?? [];
    if (isPatch(raw)) {
      patches.push({ raw, props });
      this.patchesOf.set(key, patches);
    } else {
      this.objects.set(key, { raw, props });
    }
    const object = this.objects.get(key);
    if (object === undefined || patches.length === 0) {
      return undefined;
    }
    const { raw: of, props: given } = object;
    return { object: new Resource({ ...of, props: given }), result: patchedBy(object, patches) };
  }
}

/** The resources of a stack, where an object with its patches stands in place of both. */
export function withPatches(all: readonly RawResource[], reader: PropsReader): readonly Resource[] {
  const resources = all.map((raw) => new Resource(raw, reader));
  const patches = all.flatMap((raw, i) => (isPatch(raw) ? [{ raw, as: resources[i] }] : []));
  if (patches.length === 0) {
    return resources;
  }
  const kindOfUrn = new Map(resources.map((each) => [each.urn, objectKindOf(each).kind]));
  const kinds = new Set(patches.map(({ raw }) => kindOfUrn.get(raw.urn)));
  const objectAt = new Map<string, number>();
  for (const [i, resource] of resources.entries()) {
    const raw = all[i];
    if (raw !== undefined && !resource.isPatch && kinds.has(kindOfUrn.get(raw.urn))) {
      objectAt.set(keyOf(raw, resource, kindOfUrn) ?? "", i);
    }
  }
  const patchesOf = new Map<number, Asked[]>();
  const taken = new Set<Resource | undefined>();
  for (const { raw, as } of patches) {
    const object = as && objectAt.get(keyOf(raw, as, kindOfUrn) ?? "(none)");
    if (object !== undefined) {
      taken.add(as);
      append(patchesOf, object, { raw, props: reader.all(raw) });
    }
  }
  return all.flatMap((raw, i) => {
    const [own, resource] = [patchesOf.get(i), resources[i]];
    if (resource === undefined || taken.has(resource)) {
      return [];
    }
    return own === undefined ? resource : patchedBy({ raw, props: reader.all(raw) }, own);
  });
}

/** A field that neither sets is that of whoever sets the object that lacks it. */
function setterAt(
  { keys, raw }: Value,
  props: unknown,
  own: RawProps,
  patches: readonly Asked[],
): Setter | undefined {
  for (let length = keys.length; length > 0; length -= 1) {
    const [above, below] = [keys.slice(0, length), keys.slice(length)];
    for (const patch of patches.toReversed()) {
      const place = placeIn(patch.props, props, above);
      if (place !== undefined) {
        return { urn: patch.raw.urn, at: new Value([...place, ...below], raw) };
      }
    }
    if (placeIn(own, props, above) !== undefined) {
      return undefined;
    }
  }
  return undefined;
}

function patchedBy({ raw, props: own }: Asked, patches: readonly Asked[]): Resource {
  const props = patches.reduce<unknown>((whole, patch) => merged(whole, patch.props), own);
  const all = [raw, ...patches.map((patch) => patch.raw)];
  const names = new Set(all.flatMap((each) => Object.keys(each.propertyDependencies ?? {})));
  const propertyDependencies = Object.fromEntries(
    [...names].map((name) => {
      return [name, all.flatMap((each) => each.propertyDependencies?.[name] ?? [])] as const;
    }),
  );
  const setterOf = (value: Value) => setterAt(value, props, own, patches);
  return new Resource({ ...raw, props: props as object, propertyDependencies, setterOf });
}

/**
 * What an object and its patches have in common; undefined if it is not a Kubernetes object, or its
 * name is not known.
 *
 * @param kindOfUrn kinds of the resources that a name may come from
 */
function keyOf(
  raw: RawResource,
  resource: Resource,
  kindOfUrn: ReadonlyMap<string, string> = new Map(),
): string | undefined {
  const { group, kind } = objectKindOf(resource);
  if (kind === "" || resource.type.startsWith("pulumi:")) {
    return undefined;
  }
  const metadata = resource.prop("metadata");
  const [name, namespace] = [metadata.at("name"), metadata.at("namespace")];
  const urns = resource.dependenciesOf("metadata");
  const source = urns.find((urn) => kindOfUrn.get(urn) === kind);
  const own = name.text ?? source ?? (resource.isPatch ? undefined : raw.urn);
  const standard = resource.provider?.prop("namespace").text ?? "default";
  const where = namespace.unknown
    ? urns.filter((urn) => urn !== source).join(" ")
    : namespace.text || standard;
  return own && JSON.stringify([group, kind, raw.provider?.urn, where, own]);
}
