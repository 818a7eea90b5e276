import * as fs from "node:fs/promises";
import * as path from "node:path";

import { cacheKey } from "./cache";
import { ToolchainError } from "./errors";
import { Go, runGo } from "./goCommand";
import { GoModule, requiredVersion, writeModule } from "./goModule";

export type CrdName = "gateway-api-crds" | "inference-pool-crd";

/** Custom resource definitions that lie in the directory of a Go module. */
export interface CrdSource {
  name: CrdName;
  modulePath: string;
  /** A folder of YAML files, or one YAML file, below the module's directory. */
  location: string;
}

/** Module folder of the CRDs below `modules/`. */
export const CRD_MODULE = "crds";

export const CRD_SOURCES: readonly CrdSource[] = [
  {
    name: "gateway-api-crds",
    modulePath: "sigs.k8s.io/gateway-api",
    location: "config/crd/standard",
  },
  {
    name: "inference-pool-crd",
    modulePath: "sigs.k8s.io/gateway-api-inference-extension",
    location: "config/crd/bases/inference.networking.k8s.io_inferencepools.yaml",
  },
];

export function crdsMadeFrom(source: CrdSource, module: GoModule): string {
  return cacheKey({ ...module, modulePath: source.modulePath, location: source.location });
}

/** Where in its cache entry a source's files lie. */
export function crdPath(source: CrdSource, directory: string): string {
  return path.join(directory, path.basename(source.location));
}

/**
 * Copies a source's files into `directory`.
 * @param scratch a directory to work in
 * @throws ToolchainError where the module cannot be had, or is not the one that go.sum pins
 */
export async function fetchCrds(
  source: CrdSource,
  directory: string,
  scratch: string,
  context: { go: Go; module: GoModule; env: NodeJS.ProcessEnv; signal?: AbortSignal },
): Promise<void> {
  const { go, module, env, signal } = context;
  const version = requiredVersion(module, source.modulePath);
  await writeModule(module, scratch);
  const result = await runGo(go, ["mod", "download", "-json", source.modulePath], {
    cwd: scratch,
    env,
    signal,
  });
  const answer = parseDownload(result.stdout);
  if (result.code !== 0 || answer.Dir === undefined) {
    throw new ToolchainError(
      `${source.modulePath} ${version} cannot be had: ${answer.Error ?? result.stderr.trim()}`,
    );
  }
  // Go compares with the line of go.sum; but where that is missing, `go mod download` takes
  // anything.
  if (!module.goSum.includes(`${source.modulePath} ${version} ${answer.Sum}\n`)) {
    throw new ToolchainError(
      `${source.modulePath} ${version} has the sum ${answer.Sum}, which go.sum does not hold`,
    );
  }
  const target = crdPath(source, directory);
  await fs.cp(path.join(answer.Dir, source.location), target, { recursive: true });
  await makeWritable(target);
}

/** Go's module cache is read-only, and a folder that stays so cannot be removed again. */
async function makeWritable(target: string): Promise<void> {
  if (!(await fs.stat(target)).isDirectory()) return fs.chmod(target, 0o644);
  await fs.chmod(target, 0o755);
  for (const name of await fs.readdir(target)) await fs.chmod(path.join(target, name), 0o644);
}

function parseDownload(stdout: string): { Dir?: string; Sum?: string; Error?: string } {
  return stdout.trim() === "" ? {} : JSON.parse(stdout);
}
