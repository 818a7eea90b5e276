import { KubeObject } from "../../../kube/objects";
import { ReachableCluster } from "../cluster";
import { Clock } from "../clock";
import { Collection } from "./collection";
import { RelatedKind, View } from "./readiness";

/** An object and its neighbours as the server has them now. */
export class Observation {
  private readonly own: Collection;
  private readonly neighbours: Map<string, Collection>;
  private last: KubeObject;
  private wake: (() => void) | undefined;

  constructor(
    { client }: ReachableCluster,
    object: KubeObject,
    related: readonly RelatedKind[],
    private readonly clock: Clock,
  ) {
    const { apiVersion, kind, metadata } = object;
    const { namespace, name } = metadata;
    const collection = (ref: RelatedKind & { name?: string }) =>
      new Collection(client, { ...ref, namespace }, clock, () => this.wake?.());
    this.last = object;
    this.own = collection({ apiVersion, kind, name });
    this.neighbours = new Map(related.map((ref) => [ref.kind, collection(ref)]));
  }

  /** Reads everything once. */
  async once(): Promise<void> {
    await Promise.all(this.collections.map((collection) => collection.list()));
  }

  /** Keeps everything up to date until the signal aborts. */
  async follow(signal: AbortSignal): Promise<void> {
    await Promise.all(this.collections.map((collection) => collection.follow(signal)));
  }

  /** Ends at the next change, after `ms`, or when the signal aborts. */
  async change(ms: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const stop = AbortSignal.any([signal, over.signal]);
    const changed = new Promise<void>((resolve) => (this.wake = resolve));
    await Promise.race([changed, this.clock.sleep(ms, stop)]);
    over.abort();
  }

  /** The object as it was last seen. */
  get object(): KubeObject {
    const { uid } = this.last.metadata;
    const now = this.own.items.find(({ metadata }) => metadata.uid === uid);
    return (this.last = now ?? this.last);
  }

  /** Whether the server still has the object, and not another one of its name. */
  get exists(): boolean {
    const { uid } = this.last.metadata;
    return this.own.items.some(({ metadata }) => metadata.uid === uid);
  }

  /** Why it may be out of date. */
  get trouble(): string | undefined {
    return this.collections.map(({ trouble }) => trouble).find((trouble) => trouble !== undefined);
  }

  view(): View {
    return {
      object: this.object,
      related: (kind) => this.neighbours.get(kind)?.items ?? [],
      quietSeconds: (kind) => (this.neighbours.get(kind)?.quietMs ?? 0) / 1000,
    };
  }

  private get collections(): Collection[] {
    return [this.own, ...this.neighbours.values()];
  }
}
