import { ServiceMethod } from "./access/admission";
import { Need } from "./access/permissions";
import { Cloud } from "./cloud";
import { ApiError } from "./errors";
import { JsonObject, merge, withoutNulls } from "./json";
import { Kind } from "./kinds";
import { projectOf } from "./names";
import { usageOf } from "./quotas";
import { once, requestIdOf } from "./requestId";
import { Stored } from "./store";
import { duration } from "./tables/durations";
import { MethodId, METHODS } from "./tables/methods";
import { Call } from "./wire/call";
import type { Service } from "./service";

/** Google's ids of the methods of a collection; without that of insert, GKE alone makes its resources here. */
export type Methods = Record<"list" | "get" | "delete", MethodId> & { insert?: MethodId };

/** A collection of a REST API, described: how its resources are named, checked and made. */
export interface Collection<T extends JsonObject> {
  kind: Kind<T>;
  service: Service;
  methods: Methods;
  /** The methods that change a resource, called on its own path, which may end with a verb. */
  changes?: Partial<Record<MethodId, Change<T>["read"]>>;
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
  checkDelete?(name: string, body: T, call: Call): void;
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
  /** Called when an operation failed. Default: an inserted resource is deleted, a change is kept. */
  failed?(verb: Verb, name: string, body: T, error: ApiError): void;
  /** What the service calls the operation that a call begins, where the call's method does not say so. */
  title?(call: Call): string | undefined;
  /** What GET shows. Default: the resource as it is kept. @param version of the API that is asked */
  view?(name: string, body: T, version: string): JsonObject;
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

export interface Change<T extends JsonObject> {
  /** What a call lays over the resource. @throws ApiError */
  read(call: Call, current: T): JsonObject;
}

/** The methods of a collection: list, get, insert, delete, and what changes a resource; all but the first two begin operations. */
export function collectionMethods<T extends JsonObject>(
  cloud: Cloud,
  collection: Collection<T>,
  all: AnyCollection[],
): ServiceMethod[] {
  const { kind, service, methods, changes = {} } = collection;
  const { store } = cloud;
  registerOperations(cloud, collection);
  const find = (name: string) => {
    const found = store.get(kind, name);
    if (!found) throw service.wording.notFound(name);
    return found;
  };
  const view = ({ method }: Call, { name, body }: Stored<T>) =>
    collection.view?.(name, body, method.version) ?? body;
  const begin = (call: Call, verb: Verb, name: string, body: T) => {
    const { id: method, version } = call.method;
    const pace = collection.pace?.(verb, body) ?? `${kind.type} ${verb}`;
    const operation = {
      method,
      version,
      title: collection.title?.(call),
      verb,
      type: kind.type,
      target: name,
      seconds: duration(pace),
      caller: call.caller,
      requestId: requestIdOf(call),
      ...(typeof body.id === "string" && { targetId: body.id }),
    };
    return service.answer(cloud.operations.begin(service.operationName(name), operation));
  };
  const inserted = (call: Call) => {
    const { id, input } = collection.read?.(call) ?? readBody(call);
    return { name: `${call.name}/${id}`, input };
  };
  const about = (name: string, verb: Verb | "get") => collection.about?.(name, verb) ?? name;

  const list: ServiceMethod = {
    id: methods.list,
    handle: (call) => {
      cloud.managed.look();
      const found = store.listIn(kind, call.name);
      return service.listed(
        call,
        found.map((resource) => view(call, resource)),
      );
    },
  };
  const get: ServiceMethod = {
    id: methods.get,
    about: ({ name }) => about(name, "get"),
    handle: (call) => view(call, find(call.name)),
  };
  const insert = (id: MethodId): ServiceMethod => ({
    id,
    about: (call) => about(inserted(call).name, "insert"),
    also: (call) => {
      const { name, input } = inserted(call);
      return collection.uses?.("insert", name, input) ?? [];
    },
    handle: (call) => {
      const { name, input } = inserted(call);
      if (store.get(kind, name)) throw service.wording.exists(name);
      const body = collection.make(name, withoutNulls(input));
      checkReferences(cloud, all, collection, name, body);
      collection.checkBusy?.(name, "insert");
      cloud.quotas.check(projectOf(name), usageOf(kind.type, name, body));
      store.put(kind, name, body);
      return begin(call, "insert", name, body);
    },
  });
  const change = (id: MethodId, read: Change<T>["read"]): ServiceMethod => ({
    id,
    about: (call) => about(changedName(call), "patch"),
    also: (call) => {
      const found = store.get(kind, changedName(call));
      if (!found) return [];
      return collection.uses?.("patch", found.name, read(call, found.body)) ?? [];
    },
    handle: (call) => {
      const found = find(changedName(call));
      checkFree(cloud, collection, found, "patch");
      const { name, body: current } = found;
      const input = read(call, current);
      const body = collection.change?.(name, input, current) ?? (merge(current, input) as T);
      checkReferences(cloud, all, collection, name, body);
      const [after, before] = [body, current].map((b) => usageOf(kind.type, name, b));
      cloud.quotas.check(projectOf(name), after ?? [], before);
      store.put(kind, name, body);
      return begin(call, "patch", name, body);
    },
  });
  const remove: ServiceMethod = {
    id: methods.delete,
    about: ({ name }) => about(name, "delete"),
    also: ({ name }) => collection.uses?.("delete", name, {}) ?? [],
    handle: (call) => {
      cloud.managed.look();
      const found = find(call.name);
      checkFree(cloud, collection, found, "delete");
      checkUnused(cloud, all, collection, found);
      collection.checkDelete?.(found.name, found.body, call);
      return begin(call, "delete", found.name, found.body);
    },
  };
  const changing = Object.entries(changes).map(([id, read]) => change(id as MethodId, read));
  const inserting = methods.insert ? [insert(methods.insert)] : [];
  const beginning = [...inserting, ...changing, remove];
  return [list, get, ...beginning.map((method) => once(cloud, service, method))];
}

/** A method that changes a resource has the resource's own path, or that and a word: `.../setLabels`. */
function changedName({ name, isNamed }: Call): string {
  return isNamed ? name : name.slice(0, name.lastIndexOf("/"));
}

/**
 * Ids of methods that Google names in one way.
 * @param insert what Google calls the one that makes a resource; left out where GKE alone makes it here
 * @throws Error for one that the table lacks
 */
export function methodsOf(resource: string, insert?: "insert" | "create"): Methods {
  const id = (verb: string) => {
    const name = `${resource}.${verb}`;
    if (name in METHODS) return name as MethodId;
    throw new Error(`${name} is not in the table of methods`);
  };
  return {
    list: id("list"),
    get: id("get"),
    delete: id("delete"),
    ...(insert && { insert: id(insert) }),
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
      commit: (name, result, { version }) => {
        const body = merge(bodyOf(name), result ?? {}) as T;
        if (verb === "delete") store.delete(kind.type, name);
        else store.put(kind, name, body);
        collection.committed?.(verb, name, body);
        return verb === "delete" ? {} : (collection.view?.(name, body, version) ?? body);
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
  if (running) throw collection.service.wording.busy(resource.name, running);
  collection.checkBusy?.(resource.name, verb);
}

/** A reference must lead to an existing resource whose insert is done. */
function checkReferences<T extends JsonObject>(
  cloud: Cloud,
  all: AnyCollection[],
  { references }: Collection<T>,
  name: string,
  body: T,
): void {
  for (const reference of references?.(name, body) ?? []) {
    const { wording } = collectionOf(all, reference.kind.type).service;
    const found = cloud.store.get(reference.kind, reference.name);
    if (!found) throw wording.notFound(reference.name);
    const running = cloud.operations.runningOn(found);
    if (running && running.body.verb !== "patch") throw wording.busy(reference.name, running);
  }
}

function checkUnused<T extends JsonObject>(
  cloud: Cloud,
  all: AnyCollection[],
  { kind, service, noun }: Collection<T>,
  { name }: Stored<T>,
): void {
  for (const other of cloud.store.all()) {
    const collection = all.find((c) => c.kind.type === other.type);
    const references = collection?.references?.(other.name, other.body) ?? [];
    if (references.some((r) => r.kind.type === kind.type && r.name === name)) {
      throw service.wording.inUse(noun, name, other.name);
    }
  }
}

function collectionOf(all: AnyCollection[], type: string): AnyCollection {
  const found = all.find((collection) => collection.kind.type === type);
  if (!found) throw new Error(`no collection holds resources of type ${type}`);
  return found;
}
