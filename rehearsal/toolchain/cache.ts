import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import * as fs from "node:fs/promises";
import * as path from "node:path";

/** How a cached thing came to be, and the files that must be there for it to be whole. */
export interface Manifest {
  name: string;
  source: "download" | "build";
  /** Hash of what it was made from, but for the compiler. */
  madeFrom: string;
  /** Compiler of a build, as `1.26.8`. */
  go?: string;
  files: { path: string; size: number; sha256: string; executable: boolean }[];
}

export interface Entry {
  /** Absolute path of its directory. */
  directory: string;
  manifest: Manifest;
}

export type Lookup =
  | { state: "whole"; entry: Entry }
  | { state: "missing" }
  /** `why` names the file and what is wrong with it. */
  | { state: "damaged"; why: string };

const MANIFEST = "manifest.json";
const PARTIAL = ".partial-";

/** The same for the same parts in any order of keys. */
export function cacheKey(parts: Record<string, string | undefined>): string {
  const sorted = Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}

/**
 * Directories named by the hash of what their contents were made from. An entry appears whole, by
 * a rename, and is compared with its manifest each time it is looked up, since a crash or a full
 * disk can spoil it afterwards: hashing all 380 MB takes a quarter of a second. Only the holder of
 * the cache's lock may `store` and `drop`.
 */
export class Cache {
  /** @param directory absolute */
  constructor(readonly directory: string) {}

  async find(key: string, wanted: (manifest: Manifest) => boolean = () => true): Promise<Lookup> {
    const directory = path.join(this.directory, key);
    let manifest: Manifest;
    try {
      await fs.access(directory);
    } catch {
      return { state: "missing" };
    }
    try {
      manifest = parseManifest(await fs.readFile(path.join(directory, MANIFEST), "utf8"));
    } catch {
      return { state: "damaged", why: `${MANIFEST}: unreadable` };
    }
    if (!wanted(manifest)) return { state: "missing" };
    for (const file of manifest.files) {
      const why = await findDamage(directory, file);
      if (why !== undefined) return { state: "damaged", why: `${file.path}: ${why}` };
    }
    return { state: "whole", entry: { directory, manifest } };
  }

  /** An entry that was made from the same, by whatever compiler. */
  async findMadeFrom(madeFrom: string): Promise<Entry | undefined> {
    for (const key of await this.names()) {
      const lookup = await this.find(key, (manifest) => manifest.madeFrom === madeFrom);
      if (lookup.state === "whole") return lookup.entry;
    }
    return undefined;
  }

  /** Makes an entry: `fill` puts its files into an empty directory of the same file system. */
  async store(
    key: string,
    origin: Omit<Manifest, "files">,
    fill: (directory: string) => Promise<void>,
  ): Promise<Entry> {
    const directory = path.join(this.directory, key);
    return this.scratch(async (partial) => {
      await fill(partial);
      const manifest: Manifest = { ...origin, files: await describeFiles(partial) };
      await fs.writeFile(path.join(partial, MANIFEST), JSON.stringify(manifest, undefined, 2));
      await this.drop(key);
      await fs.rename(partial, directory);
      return { directory, manifest };
    });
  }

  async drop(key: string): Promise<void> {
    await fs.rm(path.join(this.directory, key), { recursive: true, force: true });
  }

  /** Lends a directory that is deleted afterwards. */
  async scratch<T>(use: (directory: string) => Promise<T>): Promise<T> {
    await fs.mkdir(this.directory, { recursive: true });
    const directory = await fs.mkdtemp(path.join(this.directory, PARTIAL));
    try {
      return await use(directory);
    } finally {
      await fs.rm(directory, { recursive: true, force: true });
    }
  }

  /** Removes what a killed process left half written. */
  async sweep(): Promise<void> {
    for (const name of await this.names()) {
      if (name.startsWith(PARTIAL)) await this.drop(name);
    }
  }

  private async names(): Promise<string[]> {
    await fs.mkdir(this.directory, { recursive: true });
    return fs.readdir(this.directory);
  }
}

async function describeFiles(directory: string): Promise<Manifest["files"]> {
  const found = await fs.readdir(directory, { recursive: true, withFileTypes: true });
  const files = found.filter((file) => file.isFile() && file.name !== MANIFEST);
  return Promise.all(
    files.map(async (file) => {
      const absolute = path.join(file.parentPath, file.name);
      const { size, mode } = await fs.stat(absolute);
      return {
        path: path.relative(directory, absolute),
        size,
        sha256: await sha256(absolute),
        executable: isExecutable(mode),
      };
    }),
  );
}

async function findDamage(
  directory: string,
  file: Manifest["files"][number],
): Promise<string | undefined> {
  const absolute = path.join(directory, file.path);
  try {
    const { size, mode } = await fs.stat(absolute);
    if (size !== file.size) return `${size} bytes instead of ${file.size}`;
    if (file.executable && !isExecutable(mode)) return "not executable";
    return (await sha256(absolute)) === file.sha256 ? undefined : "its contents have changed";
  } catch {
    return "missing";
  }
}

function isExecutable(mode: number): boolean {
  return (mode & 0o100) !== 0;
}

/** The SHA-256 of a file's contents, in hex. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash("sha256");
  const { size } = await fs.stat(file);
  // A stream takes this much memory for a file of a few bytes, too.
  const highWaterMark = Math.min(size + 1, 1 << 20);
  for await (const chunk of createReadStream(file, { highWaterMark })) hash.update(chunk);
  return hash.digest("hex");
}

function parseManifest(text: string): Manifest {
  const manifest = JSON.parse(text) as Partial<Manifest> | null;
  if (!manifest?.files?.length) throw new Error("no files are listed");
  return manifest as Manifest;
}
