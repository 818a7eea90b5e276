import * as path from "node:path";

import { Program } from "./binaries";
import { Cache, Entry, Lookup } from "./cache";
import { Item, keyOf, PartName, Workshop } from "./items";
import { searchPath } from "./pathSearch";
import { minutes, ProgressLine, Reporter } from "./reporter";

/** One thing of the toolchain, and where it came from. */
export interface Part {
  /** Absolute. */
  path: string;
  version: string;
  source: "PATH" | "plugin cache" | "cache" | "download" | "build";
  /** How long it took to download or build; 0 for what was there. */
  seconds: number;
}

/** Why there is no such part, in one sentence. */
export interface Absence {
  why: string;
}

export interface AssemblyOptions {
  cache: Cache;
  env: NodeJS.ProcessEnv;
  reporter: Reporter;
  signal?: AbortSignal;
}

/** The toolchain while it is put together: each method adds what it can of what is missing. */
export class Assembly {
  readonly parts = new Map<PartName, Part>();
  /** Why something that was tried did not help. */
  readonly refusals: string[] = [];
  /** Those that a rehearsal does without, and why each is not to be had. */
  readonly absences = new Map<PartName, Absence>();
  private readonly progress: ProgressLine;

  constructor(private readonly options: AssemblyOptions) {
    this.progress = new ProgressLine(options.reporter);
  }

  refuse(why: string): void {
    this.refusals.push(why);
    this.options.reporter.say(why);
  }

  /** Notes that the rehearsal does without a part. @param why a sentence without its full stop */
  forgo(name: PartName, why: string): void {
    this.absences.set(name, { why });
    this.options.reporter.say(`${name} is left out: ${why}`);
  }

  /** Takes a part that was found elsewhere. */
  take(name: PartName, part: Omit<Part, "seconds">): void {
    this.parts.set(name, { ...part, seconds: 0 });
  }

  lacks({ parts }: Item): boolean {
    return parts.some(({ name }) => !this.parts.has(name));
  }

  async searchPath(programs: readonly Program[]): Promise<void> {
    const { found, passedOver } = await searchPath(programs, this.options);
    passedOver.forEach((sentence) => this.refuse(sentence));
    for (const [name, part] of found) this.parts.set(name, { ...part, source: "PATH", seconds: 0 });
  }

  /** @param sayDamage once it is certain that what is damaged will be made anew */
  async searchCache(items: readonly Item[], sayDamage: boolean): Promise<void> {
    for (const item of items.filter((candidate) => this.lacks(candidate))) {
      const lookup = await this.lookUp(item);
      if (lookup.state === "whole") this.add(item, lookup.entry, "cache", new Map());
      if (lookup.state === "damaged" && sayDamage) {
        const { reporter } = this.options;
        reporter.say(`${item.title} in the cache is damaged (${lookup.why}): making it anew`);
      }
    }
  }

  /**
   * Makes an item and keeps it in the cache. Only for the holder of the cache's lock.
   * @param onLinking called when a build has compiled all its packages
   */
  async make(item: Item, onLinking: () => void = () => {}): Promise<void> {
    const { cache } = this.options;
    const seconds = new Map<PartName, number>();
    const { title: name, source, madeFrom, go } = item;
    try {
      const workshop = this.workshop(item, seconds, onLinking);
      const entry = await cache.store(keyOf(item), { name, source, madeFrom, go }, (directory) =>
        cache.scratch((scratch) => item.fill(directory, scratch, workshop)),
      );
      this.add(item, entry, source, seconds);
    } finally {
      for (const work of [name, ...item.parts.map((part) => part.name)]) this.progress.end(work);
    }
  }

  private workshop(item: Item, seconds: Map<PartName, number>, onLinking: () => void): Workshop {
    const { env, signal, reporter } = this.options;
    const how = item.source === "build" ? "built" : "downloaded";
    return {
      env,
      signal,
      progress: (work, state) => this.progress.set(work, state),
      linking: onLinking,
      done: (work, parts, took) => {
        this.progress.end(work);
        for (const { name } of parts) seconds.set(name, took / 1000);
        reporter.say(`${work} ${parts.at(-1)?.version} ${how} in ${minutes(took)}`);
      },
    };
  }

  private async lookUp(item: Item): Promise<Lookup> {
    if (item.source === "download" || item.go !== undefined) {
      return this.options.cache.find(keyOf(item));
    }
    const entry = await this.options.cache.findMadeFrom(item.madeFrom);
    return entry ? { state: "whole", entry } : { state: "missing" };
  }

  private add(
    item: Item,
    entry: Entry,
    source: Part["source"],
    seconds: ReadonlyMap<PartName, number>,
  ): void {
    for (const { name, version, location } of item.parts) {
      if (this.parts.has(name)) continue;
      const file = path.join(entry.directory, location);
      this.parts.set(name, { path: file, version, source, seconds: seconds.get(name) ?? 0 });
    }
  }
}
