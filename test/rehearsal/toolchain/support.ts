import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { BINARIES, BinaryName } from "../../../rehearsal/toolchain/binaries";
import { Reporter } from "../../../rehearsal/toolchain/reporter";

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
    const absolute = path.resolve(this.bin, file);
    fs.mkdirSync(path.dirname(absolute), { recursive: true });
    fs.writeFileSync(absolute, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    return absolute;
  }

  /** A program that answers as the real one does. */
  binary(name: BinaryName, version: string, directory = this.bin): string {
    return this.script(path.join(directory, name), `echo '${greetingOf(name, version)}'`);
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

export function greetingOf(name: BinaryName, version: string): string {
  if (name === "etcd") return `etcd Version: ${version}\nGit SHA: 0`;
  if (name === "pulumi") return `v${version}`;
  if (name === "pulumi-language-nodejs") return `Usage of /bin/${name}:\n  -root string`;
  return `Kubernetes v${version}`;
}

/**
 * A `go` that copies ready-made programs where it should build, and notes its calls in `go.log`.
 * @param overrides shell commands that run in place of a subcommand (`build`, `list`, `mod`)
 */
export function fakeGo(sandbox: Sandbox, overrides: Record<string, string> = {}): string {
  const built = path.join(sandbox.root, "built");
  for (const { name, version } of BINARIES) sandbox.binary(name, version, built);
  const crds = fakeCrdModules(sandbox);
  const commands: Record<string, string> = {
    version: 'echo "go version go1.26.8 linux/amd64"',
    list: "printf 'runtime\\nexample.com/one\\nexample.com/main\\n'",
    build:
      "printf 'runtime\\nexample.com/one\\nexample.com/main\\n' >&2\n" +
      `/bin/cp "${built}/\${out##*/}" "$out"`,
    mod: `/bin/cat "${crds}/\${last##*/}.json"`,
    ...overrides,
  };
  const cases = Object.entries(commands).map(([name, body]) => `${name})\n${body}\n;;`);
  return sandbox.script(
    "go",
    [
      `echo "$*" >> "${sandbox.root}/go.log"`,
      'subcommand=$1; previous=; for word; do [ "$previous" = -o ] && out=$word; previous=$word; done; last=$previous',
      `case "$subcommand" in\n${cases.join("\n")}\nesac`,
    ].join("\n"),
  );
}

/**
 * What `go mod download -json` says of the two CRD modules, with sums as the repository's go.sum
 * has them.
 */
function fakeCrdModules(sandbox: Sandbox): string {
  const directory = path.join(sandbox.root, "crds");
  const files: Record<string, string> = {
    "gateway-api": "config/crd/standard/gateway.networking.k8s.io_gateways.yaml",
    "gateway-api-inference-extension":
      "config/crd/bases/inference.networking.k8s.io_inferencepools.yaml",
  };
  const goSum = fs.readFileSync(path.join(MODULES, "crds", "go.sum"), "utf8");
  for (const [name, file] of Object.entries(files)) {
    const Dir = path.join(directory, name);
    fs.mkdirSync(path.dirname(path.join(Dir, file)), { recursive: true });
    fs.writeFileSync(path.join(Dir, file), `kind: CustomResourceDefinition # ${name}\n`);
    const Sum = new RegExp(`^sigs.k8s.io/${name} \\S+ (h1:\\S+)$`, "m").exec(goSum)?.[1];
    fs.writeFileSync(path.join(directory, `${name}.json`), JSON.stringify({ Dir, Sum }));
  }
  return directory;
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
