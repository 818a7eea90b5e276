import { KubeClient, WatchEvent } from "../../kube/client";
import { KubeError } from "../../kube/errors";
import { KubeObject } from "../../kube/objects";
import { API_VERSIONS, KindName } from "./kinds";
import { keyOf } from "./world";

/** How long until the next try: a killed API server is back after about five seconds. */
const RETRY_MS = 500;
/** A kind that is not served now may come with a feature, or be installed by a user. */
const ABSENT_RETRY_MS = 5000;
/** After `expect`, and for how long. */
const EXPECTED_RETRY_MS = 200;
const EXPECTED_FOR_MS = 10_000;
/** A server that is going down ends watches at once; the pause keeps this from spinning. */
const WATCH_ENDED_MS = 100;

/**
 * Keeps a copy of all objects of one kind: list, then watch, and again from the start whenever the
 * stream ends. A kind that the API server does not know has no objects.
 */
export class Informer {
  private objects = new Map<string, KubeObject>();
  private readonly stopper = new AbortController();
  private wake: () => void = () => undefined;
  private expectedUntil = 0;
  /** Whether the API server knows the kind; undefined until it has answered. */
  served: boolean | undefined;
  /** Whether the last request was answered. */
  reachable = true;

  constructor(
    private readonly client: KubeClient,
    private readonly kind: KindName,
    private readonly changed: () => void,
  ) {}

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopper.abort();
    this.wake();
  }

  list(): KubeObject[] {
    return [...this.objects.values()];
  }

  get(key: string): KubeObject | undefined {
    return this.objects.get(key);
  }

  /** To be called when the kind has just been installed: an API server serves it a little later. */
  expect(): void {
    this.expectedUntil = Date.now() + EXPECTED_FOR_MS;
    if (this.served === false) this.wake();
  }

  private async run(): Promise<void> {
    while (!this.stopper.signal.aborted) {
      const pause = await this.listAndWatch().catch((error: unknown) => this.explain(error));
      if (pause > 0 && !this.stopper.signal.aborted) await this.sleep(pause);
    }
  }

  /** Resolves when the server ends the watch, with the pause until the next list. */
  private async listAndWatch(): Promise<number> {
    const { signal } = this.stopper;
    const path = await this.client.path(API_VERSIONS[this.kind], this.kind);
    const list = await this.client.request<{
      metadata: { resourceVersion: string };
      items: KubeObject[];
    }>("GET", path, { signal });
    this.replaceAll(list.items);
    await this.client.watch(path, list.metadata.resourceVersion, (e) => this.handle(e), signal);
    return WATCH_ENDED_MS;
  }

  private replaceAll(items: KubeObject[]): void {
    this.served = true;
    this.reachable = true;
    this.objects = new Map(items.map((item) => [keyOf(item), this.keep(item)]));
    this.changed();
  }

  private handle({ type, object }: WatchEvent): void {
    if (type === "BOOKMARK") return;
    // The history that the watch would resume is gone: ending the watch leads to a new list.
    if (type === "ERROR") throw new Error("the watch has expired");
    if (type === "DELETED") this.objects.delete(keyOf(object));
    else this.objects.set(keyOf(object), this.keep(object));
    this.changed();
  }

  /** Lists leave kind and apiVersion out of their items; values of Secrets are not ours to hold. */
  private keep(object: KubeObject): KubeObject {
    const metadata = { ...object.metadata };
    delete metadata.managedFields;
    const kept = { ...object, apiVersion: API_VERSIONS[this.kind], kind: this.kind, metadata };
    if (this.kind !== "Secret" && this.kind !== "ConfigMap") return kept;
    const { data, binaryData } = object as { data?: object; binaryData?: object };
    const keys = Object.keys({ ...data, ...binaryData });
    return { ...kept, data: Object.fromEntries(keys.map((key) => [key, ""])), binaryData: {} };
  }

  private explain(error: unknown): number {
    if (this.stopper.signal.aborted) return 0;
    const absent = error instanceof KubeError && error.code === 404;
    const before = [this.served, this.reachable];
    this.reachable = error instanceof KubeError;
    if (absent) {
      this.served = false;
      this.objects.clear();
    }
    if (this.served !== before[0] || this.reachable !== before[1]) this.changed();
    if (!absent) return RETRY_MS;
    return Date.now() < this.expectedUntil ? EXPECTED_RETRY_MS : ABSENT_RETRY_MS;
  }

  private sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
