import { isMap, PropertyMap, Value } from "../../plugin";
import { ApiError, isNotFound, Json, LostOperation, OperationError } from "./cloud";
import { ProviderConfig } from "./config";
import { Protocol } from "./operations";
import { Backend, Change, Context, PartialCreation } from "./resource";
import { Block, isBlock, isComputed, isLocal, Schema } from "./schema";

/** A type that is one collection of a REST API. Its id is the resource's relative name. */
export interface RestOptions {
  /** Such as `https://compute.googleapis.com/compute/beta`. */
  base: string;
  operations: Protocol;
  /** What the real provider calls it in messages: `Error creating Subnetwork: ...`. */
  title: string;
  properties: Schema;
  /** Relative name of the new resource: `projects/p/global/networks/n`. */
  name(inputs: PropertyMap, config: ProviderConfig): string;
  /** How the name of a new resource is told: in the body, or as this query parameter. */
  idParameter?: string;
  /** What creating sends. */
  toApi(properties: PropertyMap, name: string): Json;
  fromApi(json: Json, name: string): PropertyMap;
  /** The calls that follow a creation, before it is read. */
  created?(context: Context, url: string, inputs: PropertyMap): Promise<void>;
  /** The calls that make a change, in this order; each is sent where one of its properties has changed. */
  updates?: UpdateCall[];
}

export interface UpdateCall {
  properties: string[];
  /** @returns what is sent, where the verb is not PATCH or the path not the resource's own */
  send(after: PropertyMap, context: UpdateContext): Promise<Sent> | Sent;
}

export interface UpdateContext extends Context {
  before: PropertyMap;
  /** Names of the top-level properties that differ. */
  changed: string[];
  /** The resource's own. */
  url: string;
  /** The resource as the cloud has it now. */
  current(): Promise<Json>;
}

export interface Sent {
  verb?: "PATCH" | "POST" | "PUT";
  /** Behind the resource's own path: `/setLabels`, `?updateMask=labels`. */
  path?: string;
  body: Json;
}

/** @throws Error in the real provider's words, with the cause behind it */
export function rest(options: RestOptions): Backend {
  const { base, title, properties, operations } = options;
  const url = (name: string) => `${base}/${name}`;
  return {
    async create(context, inputs) {
      const { cloud, config, deadline } = context;
      const name = options.name(inputs, config);
      const [collection, id] = splitName(name);
      const query = options.idParameter ? `?${options.idParameter}=${encodeURIComponent(id)}` : "";
      const body = options.toApi(withoutLocal(properties, inputs), name);
      await cloud
        .operate(operations, "POST", url(collection) + query, body, deadline)
        .catch((error: unknown) => {
          if (error instanceof LostOperation) throw new PartialCreation(name, error);
          return failed("creating", "create", title)(error);
        });
      await options.created?.(context, url(name), inputs);
      return name;
    },
    async read({ cloud, deadline }, id) {
      const json = await gone(cloud.call("GET", url(id), undefined, deadline));
      return json && options.fromApi(json, id);
    },
    async update(context, id, { before, after, changed }) {
      const { cloud, deadline } = context;
      const current = () => cloud.call("GET", url(id), undefined, deadline);
      const sent = withoutLocal(properties, after);
      for (const call of options.updates ?? []) {
        if (!call.properties.some((property) => changed.includes(property))) continue;
        const {
          verb = "PATCH",
          path = "",
          body,
        } = await call.send(sent, {
          ...context,
          ...{ before, changed, url: url(id), current },
        });
        await cloud
          .operate(operations, verb, url(id) + path, body, deadline)
          .catch(failed("updating", "update", title));
      }
      return id;
    },
    async delete({ cloud, deadline }, id) {
      await gone(cloud.operate(operations, "DELETE", url(id), undefined, deadline)).catch(
        failed("deleting", "delete", title),
      );
    },
  };
}

/**
 * For a type of which there is one, or whose resources the provider takes for its own: creating one that is there
 * becomes an update of it.
 * @param properties that creating sets
 */
export function adopting(backend: Backend, name: RestOptions["name"], changed: string[]): Backend {
  return {
    ...backend,
    async create(context, inputs) {
      try {
        return await backend.create(context, inputs);
      } catch (error) {
        const { cause } = error as Error;
        if (!(cause instanceof ApiError) || cause.code !== 409) throw error;
        const id = name(inputs, context.config);
        await backend.update?.(context, id, { before: {}, after: inputs, changed });
        return id;
      }
    },
  };
}

export function splitName(name: string): [collection: string, id: string] {
  const slash = name.lastIndexOf("/");
  return [name.slice(0, slash), name.slice(slash + 1)];
}

/** What is not there needs no deletion, and reading it tells so. */
export async function gone<T>(call: Promise<T>): Promise<T | undefined> {
  return call.catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw error;
  });
}

/**
 * `Error creating X: ...` for a refusal, `Error waiting to create X: ...` for an operation that
 * failed.
 */
export function failed(doing: string, todo: string, title: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof ApiError) {
      throw new Error(`Error ${doing} ${title}: ${error.message}`, { cause: error });
    }
    if (!(error instanceof OperationError)) throw error;
    const Doing = doing.charAt(0).toUpperCase() + doing.slice(1);
    const why = `Error waiting for ${Doing} ${title}: ${error.message}`;
    throw new Error(`Error waiting to ${todo} ${title}: ${why}`, { cause: error });
  };
}

export function withoutLocal(schema: Schema, inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(inputs).filter(([key]) => {
      const property = schema[key];
      return property !== undefined && !isLocal(property);
    }),
  );
}

/** The changed properties, with `null` for what is to be taken away. */
export function patchOf(schema: Schema, { before, after, changed }: Change): PropertyMap {
  const known = changed.filter((key) => {
    const property = schema[key];
    return property !== undefined && !isLocal(property);
  });
  return Object.fromEntries(
    known.map((key) => {
      const property = schema[key];
      const value = after[key] ?? null;
      return [
        key,
        property && isBlock(property) ? patchInside(property, before[key], value) : value,
      ];
    }),
  );
}

function patchInside({ properties }: Block, before: Value | undefined, after: Value): Value {
  if (!isMap(before) || !isMap(after)) return after;
  const dropped = Object.entries(properties)
    .filter(([key, property]) => key in before && after[key] === undefined && !isComputed(property))
    .map(([key]) => [key, null] as const);
  const nested = Object.entries(after).map(([key, value]) => {
    const property = properties[key];
    return [
      key,
      property && isBlock(property) ? patchInside(property, before[key], value) : value,
    ] as const;
  });
  return Object.fromEntries([...dropped, ...nested]);
}
