import { PropertyMap } from "../../plugin";
import { isNotFound, LostOperation } from "./cloud";
import { Json } from "./json";
import { ProviderConfig } from "./config";
import { Protocol } from "./protocol";
import { whileCreating, whileDeleting, whileReading, whileUpdating } from "./refusals";
import { Backend, Context, PartialCreation } from "./resource";
import { isLocal, Schema } from "./schema";

/** A type that is one collection of a REST API. Its id is the resource's relative name. */
export interface RestOptions {
  /** Such as `https://compute.googleapis.com/compute/beta`. */
  base: string;
  operations: Protocol;
  /** What the official provider calls the type in messages, some with the product before it: `Compute`, `Subnetwork`. */
  product: string;
  title: string;
  properties: Schema;
  /** Relative name of the new resource: `projects/p/global/networks/n`. */
  name(inputs: PropertyMap, config: ProviderConfig): string;
  /** Where the name of a new resource is sent: in the body, or as this query parameter. */
  idParameter?: string;
  /** What reading asks for beside the resource: `?view=FULL`. */
  readQuery?: string;
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
  /** @returns what is sent, if anything is */
  send(after: PropertyMap, context: UpdateContext): Promise<Sent | undefined> | Sent | undefined;
}

export interface UpdateContext extends Context {
  id: string;
  before: PropertyMap;
  /** What is to be, with what is only the provider's own. */
  inputs: PropertyMap;
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
  const { base, product, title, properties, operations } = options;
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
          return whileCreating(title)(error);
        });
      await options.created?.(context, url(name), inputs).catch((error: unknown) => {
        // It is there, whatever was to follow.
        throw error instanceof Error ? new PartialCreation(name, error) : error;
      });
      return name;
    },
    async read({ cloud, deadline }, id) {
      const json = await gone(
        cloud.call("GET", url(id) + (options.readQuery ?? ""), undefined, deadline),
      ).catch(whileReading(`${product}${title} "${id}"`));
      return json && options.fromApi(json, id);
    },
    async update(context, id, { before, after, changed }) {
      const { cloud, deadline } = context;
      const current = () => cloud.call("GET", url(id), undefined, deadline);
      const sent = withoutLocal(properties, after);
      for (const call of options.updates ?? []) {
        if (!call.properties.some((property) => changed.includes(property))) continue;
        const request = await call.send(sent, {
          ...context,
          ...{ id, before, inputs: after, changed, url: url(id), current },
        });
        if (!request) continue;
        const { verb = "PATCH", path = "", body } = request;
        await cloud
          .operate(operations, verb, url(id) + path, body, deadline)
          .catch(whileUpdating(title, id));
      }
      return id;
    },
    async delete({ cloud, deadline }, id) {
      await gone(cloud.operate(operations, "DELETE", url(id), undefined, deadline)).catch(
        whileDeleting(title),
      );
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

export function withoutLocal(schema: Schema, inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(inputs).filter(([key]) => {
      const property = schema[key];
      return property !== undefined && !isLocal(property);
    }),
  );
}
