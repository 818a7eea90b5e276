import * as fs from "node:fs";

import { JsonObject } from "./json";
import { Kind } from "./kinds";

/** One resource of the cloud. */
export interface Stored<T extends JsonObject = JsonObject> {
  readonly type: string;
  /** Relative resource name: `projects/p/global/networks/n`. Unique within its type. */
  readonly name: string;
  body: T;
  /** The operation that is changing it now. */
  operation?: string;
}

/**
 * All resources, by type and name, in memory; `flush` makes them last. Every answer is preceded by a
 * flush, so that a killed daemon loses nothing that a client knows.
 */
export class Store {
  private readonly resources = new Map<string, Stored>();
  private dirty = false;

  private constructor(private readonly file: string) {}

  /** Opens the state of an earlier daemon, or starts an empty one. */
  static open(file: string): Store {
    const store = new Store(file);
    if (!fs.existsSync(file)) return store;
    for (const resource of read(file)) {
      store.resources.set(key(resource.type, resource.name), resource);
    }
    return store;
  }

  get<T extends JsonObject>(kind: Kind<T>, name: string): Stored<T> | undefined {
    return this.resources.get(key(kind.type, name)) as Stored<T> | undefined;
  }

  /**
   * Resources of a kind in the order in which they were made. @param under such as `projects/p/`
   */
  list<T extends JsonObject>(kind: Kind<T>, under = ""): Stored<T>[] {
    return this.all().filter(
      (r): r is Stored<T> => r.type === kind.type && r.name.startsWith(under),
    );
  }

  /**
   * Resources in a collection, `-` being any location. @param collection `projects/p/locations/-/clusters`
   */
  listIn<T extends JsonObject>(kind: Kind<T>, collection: string): Stored<T>[] {
    const [before = "", after] = collection.split("/locations/-/");
    if (after === undefined) return this.list(kind, `${collection}/`);
    return this.list(kind, `${before}/locations/`).filter(({ name }) =>
      name
        .slice(`${before}/locations/`.length)
        .replace(/^[^/]*\//, "")
        .startsWith(`${after}/`),
    );
  }

  all(): Stored[] {
    return [...this.resources.values()];
  }

  /** Writes a resource's body; the operation that is under way on it stays. */
  put<T extends JsonObject>(kind: Kind<T>, name: string, body: T): Stored<T> {
    const existing = this.get(kind, name);
    const resource = existing ?? { type: kind.type, name, body };
    resource.body = body;
    this.resources.set(key(kind.type, name), resource);
    this.dirty = true;
    return resource;
  }

  /** Marks a resource as being changed by an operation; `undefined` ends that. */
  setOperation(type: string, name: string, operation: string | undefined): void {
    const resource = this.resources.get(key(type, name));
    if (!resource) return;
    if (operation === undefined) delete resource.operation;
    else resource.operation = operation;
    this.dirty = true;
  }

  delete(type: string, name: string): void {
    this.dirty = this.resources.delete(key(type, name)) || this.dirty;
  }

  /**
   * Replaces the file as a whole, so that a reader finds the old state or the new one. Not synced
   * to the disk: what must survive is the daemon's death, not the machine's.
   */
  flush(): void {
    if (!this.dirty) return;
    const draft = `${this.file}.new`;
    fs.writeFileSync(draft, JSON.stringify({ resources: this.all() }, undefined, 1), {
      mode: 0o600,
    });
    fs.renameSync(draft, this.file);
    this.dirty = false;
  }
}

function read(file: string): Stored[] {
  try {
    return (JSON.parse(fs.readFileSync(file, "utf8")) as { resources: Stored[] }).resources;
  } catch (cause) {
    throw new Error(
      `${file}: not the state of an emulated cloud; remove it to start an empty one`,
      {
        cause,
      },
    );
  }
}

function key(type: string, name: string): string {
  return `//${type}/${name}`;
}
