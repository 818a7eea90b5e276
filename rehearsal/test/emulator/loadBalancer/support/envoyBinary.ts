import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** An Envoy that is on PATH, or that the toolchain has built or downloaded; undefined where there is none. */
export function envoyBinary(): string | undefined {
  const onPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((each) => path.join(each, "envoy"));
  return [...onPath, ...inCache()].find(isProgram);
}

/** `describe`, or where there is no Envoy one that is skipped and says why. */
export function describeWithEnvoy(title: string, tests: (binary: string) => void): void {
  const binary = envoyBinary();
  if (binary === undefined) {
    describe.skip(`${title} (no envoy on PATH, none in the toolchain's cache)`, () => tests(""));
  } else {
    describe(title, () => tests(binary));
  }
}

function inCache(): string[] {
  const home = process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache");
  const cache = path.join(home, "inference-gateway", "toolchain");
  return entries(cache).flatMap((item) => [
    path.join(cache, item, "envoy"),
    ...entries(path.join(cache, item)).map((inner) => path.join(cache, item, inner, "envoy")),
    path.join(cache, item, "envoy", "_bin", "envoy"),
  ]);
}

function entries(directory: string): string[] {
  try {
    return fs.readdirSync(directory);
  } catch {
    return [];
  }
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
