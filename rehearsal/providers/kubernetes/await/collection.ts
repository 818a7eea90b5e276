import { KubeClient, Query, WatchEvent } from "../../../kube/client";
import { ClusterUnreachable, KubeError, reasonOf, Status } from "../../../kube/errors";
import { KubeObject } from "../../../kube/objects";
import { Clock } from "../clock";

const RETRY_MS = 1000;

export interface CollectionRef {
  apiVersion: string;
  kind: string;
  /** Of all namespaces, and of kinds in none, where it is left out. */
  namespace?: string;
  /** Only the object of this name. */
  name?: string;
}

/** The objects of one kind as they are now: listed once, then kept up to date by a watch. */
export class Collection {
  private readonly objects = new Map<string, KubeObject>();
  private changedAt: number;
  /** Why it may be out of date: what the last attempt to read it met. */
  trouble: string | undefined;

  constructor(
    private readonly client: KubeClient,
    private readonly ref: CollectionRef,
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {
    this.changedAt = clock.now();
  }

  get items(): KubeObject[] {
    return [...this.objects.values()];
  }

  get quietMs(): number {
    return this.clock.now() - this.changedAt;
  }

  /** Reads it once. */
  async list(): Promise<void> {
    await this.reload(await this.path());
  }

  /** Keeps it up to date until the signal aborts, through restarts of the server. */
  async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const path = await this.path();
        const version = await this.reload(path);
        await this.client.watch(path, version, (event) => this.apply(event), signal, this.selector);
      } catch (error) {
        if (!(error instanceof ClusterUnreachable || error instanceof KubeError)) throw error;
        this.trouble = reasonOf(error);
        await this.clock.sleep(RETRY_MS, signal);
      }
    }
  }

  private get selector(): Query {
    return this.ref.name === undefined ? {} : { fieldSelector: `metadata.name=${this.ref.name}` };
  }

  private path(): Promise<string> {
    return this.client.path(this.ref.apiVersion, this.ref.kind, this.ref.namespace);
  }

  private async reload(path: string): Promise<string> {
    const list = await this.client.request<{
      metadata: { resourceVersion: string };
      items: KubeObject[];
    }>("GET", path, { query: this.selector });
    this.trouble = undefined;
    this.objects.clear();
    const { apiVersion, kind } = this.ref;
    for (const item of list.items) this.objects.set(keyOf(item), { ...item, apiVersion, kind });
    this.changed();
    return list.metadata.resourceVersion;
  }

  private apply({ type, object }: WatchEvent): void {
    if (type === "BOOKMARK") return;
    // The server has forgotten the version that the watch started from.
    if (type === "ERROR") throw new KubeError(object as unknown as Status);
    if (type === "DELETED") this.objects.delete(keyOf(object));
    else this.objects.set(keyOf(object), object);
    this.changed();
  }

  private changed(): void {
    this.changedAt = this.clock.now();
    this.onChange();
  }
}

function keyOf({ metadata: { namespace = "", name } }: KubeObject): string {
  return `${namespace}/${name}`;
}
