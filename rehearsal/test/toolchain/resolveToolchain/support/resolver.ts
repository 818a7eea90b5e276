import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { BINARIES } from "../../../../toolchain/binaries";
import { partsOf, resolveToolchain, Toolchain } from "../../../../toolchain/index";
import { MODULE_FILES } from "../../../../toolchain/moduleFiles";
import { Release } from "../../../../toolchain/releases";
import { fakePip, MODULES, Sandbox, servePlugin, Transcript } from "../../support";

/** How many entries of the cache are files of modules. */
export const DOWNLOADS = MODULE_FILES.length;
/** The part of the data plane that Go builds: it has no official release. */
export const DATA_PLANE_BUILDS = ["epp", "llm-d-inference-sim"];
/** How often `go build` runs where nothing is there yet. */
export const BUILDS = BINARIES.length + DATA_PLANE_BUILDS.length;

interface Options {
  TOOLCHAIN?: string;
  PROVIDERS?: string;
  modulesDir?: string;
  releases?: Release[];
  signal?: AbortSignal;
}

/** For each test of a file an empty sandbox with pip, which the toolchain is resolved in. */
export class Resolver {
  private current: Sandbox | undefined;
  private made: string | undefined;

  static forEach(): Resolver {
    const resolver = new Resolver();
    let plugin: { close(): void };
    beforeAll(async () => (plugin = await servePlugin()));
    afterAll(() => {
      plugin.close();
      if (resolver.made) fs.rmSync(resolver.made, { recursive: true });
    });
    beforeEach(() => fakePip((resolver.current = new Sandbox())));
    afterEach(() => resolver.sandbox.remove());
    return resolver;
  }

  get sandbox(): Sandbox {
    if (!this.current) throw new Error("the sandbox is there while a test runs");
    return this.current;
  }

  async resolve(options: Options = {}): Promise<{ toolchain: Toolchain; said: string[] }> {
    const { TOOLCHAIN, PROVIDERS, modulesDir = MODULES, releases = [], signal } = options;
    const transcript = new Transcript();
    const toolchain = await resolveToolchain({
      cacheDir: this.sandbox.cacheDir,
      modulesDir,
      reporter: transcript,
      env: this.sandbox.env({ TOOLCHAIN, PROVIDERS }),
      releases,
      signal,
    });
    return { toolchain, said: transcript.lines };
  }

  /** With a cache that holds everything already: it is made once, and each test gets a copy. */
  async resolveMade(): Promise<Toolchain> {
    const { cacheDir } = this.sandbox;
    if (this.made) fs.cpSync(this.made, cacheDir, { recursive: true });
    const { toolchain } = await this.resolve();
    this.made ??= keep(cacheDir);
    this.forgetBuilds();
    return toolchain;
  }

  /** What `go build` was asked for, by file name. */
  builds(): string[] {
    const calls = this.sandbox.exists("go.log") ? this.sandbox.read("go.log").split("\n") : [];
    return calls
      .filter((call) => call.startsWith("build "))
      .map((call) => path.basename(/-o (\S+)/.exec(call)?.[1] ?? ""));
  }

  forgetBuilds(): void {
    fs.rmSync(path.join(this.sandbox.root, "go.log"), { force: true });
  }
}

function keep(cacheDir: string): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "toolchain-made-"));
  fs.cpSync(cacheDir, directory, { recursive: true });
  return directory;
}

/** Source and version of each part, by its name. */
export function sourcesOf(toolchain: Toolchain): Record<string, string> {
  return Object.fromEntries(
    partsOf(toolchain).map(({ name, part }) => [name, `${part.source} ${part.version}`]),
  );
}
