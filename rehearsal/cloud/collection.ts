import { ServiceRoute } from "./access/admission";
import { Need } from "./access/permissions";
import { Cloud } from "./cloud";
import { ApiError } from "./errors";
import { JsonObject, merge } from "./json";
import { Kind } from "./kinds";
import { projectOf } from "./names";
import { Operation } from "./operations";
import { usageOf } from "./quotas";
import { Call, resourceName } from "./router";
import { Stored } from "./store";
import { duration } from "./tables/durations";
import { MethodId, METHODS } from "./tables/methods";

export type Methods = Record<"list" | "get" | "delete", MethodId> &
  Partial<Record<"insert" | "patch", MethodId>>;

/** A collection of a REST API, described: how its resources are named, checked and made. */
export interface Collection<T extends JsonObject> {
  kind: Kind<T>;
  /**
   * Such as `/compute/v1/projects/{project}/global/networks`; a resource's name is one segment
   * more.
   */
  route: string;
  /** Google's ids of the methods; without those of insert and patch, GKE alone makes and changes them here. */
  methods: Methods;
  wording: Wording;
  /** What the service calls a resource of this kind in its messages. */
  noun: string;
  /**
   * Where an insert says the name and the resource; by default `name` in the body, which is the
   * resource.
   */
  read?(call: Call): { id: string; input: JsonObject };
  /**
   * The resource as it is kept: server-made values and defaults filled in. @throws ApiError by the
   * API's rules
   */
  make(name: string, input: JsonObject): T;
  /** The resource after a change. Default: the input laid over it. @throws ApiError */
  change?(name: string, input: JsonObject, current: T): T;
  /** Rules of deleting beyond references. @throws ApiError */
  checkDelete?(name: string, body: T): void;
  /** Names of resources that must exist, and that cannot be deleted as long as this one does. */
  references?(name: string, body: T): Reference[];
  /** What permissions to change a resource are asked for on. Default: the resource. */
  about?(name: string, verb: Verb | "get"): string;
  /** Permissions on other resources that an insert or a change uses. */
  uses?(verb: Verb, name: string, input: JsonObject): Need[];
  /** Refuses a change while another one is under way elsewhere. @throws ApiError */
  checkBusy?(name: string, verb: Verb): void;
  /** Key in the table of durations. Default: type and verb. */
  pace?(verb: Verb, body: T): string;
  /** Work that takes time of its own. */
  work?: Work<T>;
  /** Called when a change is visible. */
  committed?(verb: Verb, name: string, body: T): void;
  /** Called when an operation failed. Default: what an insert made is gone, a change is kept. */
  failed?(verb: Verb, name: string, body: T, error: ApiError): void;
  /** What GET shows. Default: the resource as it is kept. */
  view?(name: string, body: T): JsonObject;
}

export type Verb = "insert" | "patch" | "delete";

/**
 * What the operations of a collection do besides keeping the resource; what they return is laid
 * over it. `resumed` where a killed daemon had begun the same work.
 */
export interface Work<T extends JsonObject> {
  insert?(name: string, body: T, resumed: boolean): Promise<JsonObject | void>;
  patch?(name: string, body: T, resumed: boolean): Promise<JsonObject | void>;
  delete?(name: string, body: T, resumed: boolean): Promise<JsonObject | void>;
}

/** A collection whatever it holds. */
export type AnyCollection = Collection<JsonObject>;

export interface Reference {
  kind: Kind<JsonObject>;
  name: string;
}

/** How a service phrases refusals that all its collections know. */
export interface Wording {
  exists(name: string): ApiError;
  notFound(name: string): ApiError;
  /** Another operation is changing the resource. */
  busy(name: string, operation: Stored<Operation>): ApiError;
  inUse(noun: string, name: string, user: string): ApiError;
}

/**
 * The routes of a collection: list, get, insert, patch and delete; the last three return
 * operations.
 */
export function collectionRoutes<T extends JsonObject>(
  cloud: Cloud,
  collection: Collection<T>,
  all: AnyCollection[],
): ServiceRoute[] {
  const { kind, route, wording, methods } = collection;
  const { store } = cloud;
  registerOperations(cloud, collection);
  const nameOf = (call: Call) => resourceName(`${route}/{name}`, call.params);
  const find = (name: string) => {
    const found = store.get(kind, name);
    if (!found) throw wording.notFound(name);
    return found;
  };
  const view = ({ name, body }: Stored<T>) => collection.view?.(name, body) ?? body;
  const begin = (verb: Verb, name: string, body: T) => {
    const pace = collection.pace?.(verb, body) ?? `${kind.type} ${verb}`;
    return cloud.operations.answer(cloud.operations.begin(kind.type, verb, name, duration(pace)));
  };
  const inserted = (call: Call) => {
    const { id, input } = collection.read?.(call) ?? readBody(call);
    return { name: `${resourceName(route, call.params)}/${id}`, input };
  };
  const about = (name: string, verb: Verb | "get") => collection.about?.(name, verb) ?? name;
  const routes: (Omit<ServiceRoute, "id"> & { id: MethodId | undefined })[] = [
    {
      method: "GET",
      path: route,
      id: methods.list,
      about: ({ params: { project = "" } }) => `projects/${project}`,
      handle: ({ params }) => {
        cloud.managed.look();
        return { items: store.list(kind, `${resourceName(route, params)}/`).map(view) };
      },
    },
    {
      method: "GET",
      path: `${route}/{name}`,
      id: methods.get,
      about: (call) => about(nameOf(call), "get"),
      handle: (call) => view(find(nameOf(call))),
    },
    {
      method: "POST",
      path: route,
      id: methods.insert,
      about: (call) => about(inserted(call).name, "insert"),
      also: (call) => {
        const { name, input } = inserted(call);
        return collection.uses?.("insert", name, input) ?? [];
      },
      handle: (call) => {
        const { name, input } = inserted(call);
        if (store.get(kind, name)) throw wording.exists(name);
        const body = collection.make(name, input);
        checkReferences(cloud, all, collection, name, body);
        collection.checkBusy?.(name, "insert");
        cloud.quotas.check(projectOf(name), usageOf(kind.type, name, body));
        store.put(kind, name, body);
        return begin("insert", name, body);
      },
    },
    {
      method: "PATCH",
      path: `${route}/{name}`,
      id: methods.patch,
      about: (call) => about(nameOf(call), "patch"),
      also: (call) => collection.uses?.("patch", nameOf(call), call.body) ?? [],
      handle: (call) => {
        const found = find(nameOf(call));
        checkFree(cloud, collection, found, "patch");
        const { name, body: current } = found;
        const body =
          collection.change?.(name, call.body, current) ?? (merge(current, call.body) as T);
        checkReferences(cloud, all, collection, name, body);
        const [after, before] = [body, current].map((b) => usageOf(kind.type, name, b));
        cloud.quotas.check(projectOf(name), after ?? [], before);
        store.put(kind, name, body);
        return begin("patch", name, body);
      },
    },
    {
      method: "DELETE",
      path: `${route}/{name}`,
      id: methods.delete,
      about: (call) => about(nameOf(call), "delete"),
      also: (call) => collection.uses?.("delete", nameOf(call), {}) ?? [],
      handle: (call) => {
        cloud.managed.look();
        const found = find(nameOf(call));
        checkFree(cloud, collection, found, "delete");
        checkUnused(cloud, all, collection, found);
        collection.checkDelete?.(found.name, found.body);
        return begin("delete", found.name, found.body);
      },
    },
  ];
  return routes.flatMap(({ id, ...route }) => (id === undefined ? [] : [{ ...route, id }]));
}

/**
 * Ids of methods that Google names in one way.
 * @param verbs what Google calls insert and patch; left out where GKE alone makes and changes such a resource here
 * @throws Error for one that the table lacks
 */
export function methodsOf(
  resource: string,
  verbs: { insert?: "insert" | "create"; patch?: "patch" | "update" } = {},
): Methods {
  const id = (verb: string) => {
    const name = `${resource}.${verb}`;
    if (name in METHODS) return name as MethodId;
    throw new Error(`${name} is not in the table of methods`);
  };
  return {
    list: id("list"),
    get: id("get"),
    delete: id("delete"),
    ...(verbs.insert && { insert: id(verbs.insert) }),
    ...(verbs.patch && { patch: id(verbs.patch) }),
  };
}

function readBody({ body }: Call): { id: string; input: JsonObject } {
  return { id: typeof body.name === "string" ? body.name : "", input: body };
}

function registerOperations<T extends JsonObject>(cloud: Cloud, collection: Collection<T>): void {
  const { store, operations } = cloud;
  const { kind } = collection;
  const bodyOf = (name: string) => {
    const found = store.get(kind, name);
    if (!found) throw new ApiError("INTERNAL", `${name} is not in the store`);
    return found.body;
  };
  for (const verb of ["insert", "patch", "delete"] as const) {
    operations.register(kind.type, verb, {
      work: async (name, resumed) =>
        (await collection.work?.[verb]?.(name, bodyOf(name), resumed)) ?? undefined,
      commit: (name, result) => {
        const body = merge(bodyOf(name), result ?? {}) as T;
        if (verb === "delete") store.delete(kind.type, name);
        else store.put(kind, name, body);
        collection.committed?.(verb, name, body);
        return verb === "delete" ? {} : (collection.view?.(name, body) ?? body);
      },
      fail: (name, error) => {
        if (collection.failed) collection.failed(verb, name, bodyOf(name), error);
        else if (verb === "insert") store.delete(kind.type, name);
      },
    });
  }
}

function checkFree<T extends JsonObject>(
  cloud: Cloud,
  collection: Collection<T>,
  resource: Stored<T>,
  verb: Verb,
): void {
  const running = cloud.operations.runningOn(resource);
  if (running) throw collection.wording.busy(resource.name, running);
  collection.checkBusy?.(resource.name, verb);
}

/** A reference must lead to a resource that is there, and whose own insert is done. */
function checkReferences<T extends JsonObject>(
  cloud: Cloud,
  all: AnyCollection[],
  { references }: Collection<T>,
  name: string,
  body: T,
): void {
  for (const reference of references?.(name, body) ?? []) {
    const { wording } = collectionOf(all, reference.kind.type);
    const found = cloud.store.get(reference.kind, reference.name);
    if (!found) throw wording.notFound(reference.name);
    const running = cloud.operations.runningOn(found);
    if (running && running.body.verb !== "patch") throw wording.busy(reference.name, running);
  }
}

function checkUnused<T extends JsonObject>(
  cloud: Cloud,
  all: AnyCollection[],
  { kind, wording, noun }: Collection<T>,
  { name }: Stored<T>,
): void {
  for (const other of cloud.store.all()) {
    const collection = all.find((c) => c.kind.type === other.type);
    const references = collection?.references?.(other.name, other.body) ?? [];
    if (references.some((r) => r.kind.type === kind.type && r.name === name)) {
      throw wording.inUse(noun, name, other.name);
    }
  }
}

function collectionOf(all: AnyCollection[], type: string): AnyCollection {
  const found = all.find((collection) => collection.kind.type === type);
  if (!found) throw new Error(`no collection holds resources of type ${type}`);
  return found;
}
