import * as fs from "node:fs/promises";
import * as path from "node:path";

import { SERVED_APIS } from "./discoveryDocuments";
import { cacheKey } from "./cache";
import { ToolchainError } from "./errors";
import { Go, runGo } from "./goCommand";
import { GoModule, requiredVersion, writeModule } from "./goModule";

export type FilesName =
  | `gateway-api-crds-${string}`
  | `inference-extension-config-${string}`
  | "google-discovery-documents";

/** Files that lie in the directory of a Go module: custom resource definitions, charts. */
export interface ModuleFiles {
  name: FilesName;
  /** Folder of its go.mod below `modules/`. */
  module: string;
  modulePath: string;
  /** A folder or a file below the module's directory; "." is that itself. */
  location: string;
  /** Files below the folder, where not all of it is taken. */
  only?: readonly string[];
}

const GATEWAY_API = "sigs.k8s.io/gateway-api";
const INFERENCE_EXTENSION = "sigs.k8s.io/gateway-api-inference-extension";

export const MODULE_FILES: readonly ModuleFiles[] = [
  // What GKE installs, each from a version of GKE on.
  {
    name: "gateway-api-crds-v1.4.0",
    module: "gateway-api-1.4",
    modulePath: GATEWAY_API,
    location: "config/crd/standard",
  },
  {
    name: "gateway-api-crds-v1.5.0",
    module: "crds",
    modulePath: GATEWAY_API,
    location: "config/crd/standard",
  },
  // The InferencePool of an older GKE; no stack can choose this chart.
  {
    name: "inference-extension-config-v1.1.0",
    module: "inference-extension-1.1",
    modulePath: INFERENCE_EXTENSION,
    location: "config",
  },
  // Charts and CRDs of every version that the program can take.
  {
    name: "inference-extension-config-v1.4.0",
    module: "inference-extension-1.4",
    modulePath: INFERENCE_EXTENSION,
    location: "config",
  },
  {
    name: "inference-extension-config-v1.5.0",
    module: "crds",
    modulePath: INFERENCE_EXTENSION,
    location: "config",
  },
  // What Google's own clients are generated from.
  {
    name: "google-discovery-documents",
    module: "google-apis",
    modulePath: "google.golang.org/api",
    location: ".",
    only: SERVED_APIS.map(({ file }) => file),
  },
];

export function filesMadeFrom(
  { modulePath, location, only = [] }: ModuleFiles,
  module: GoModule,
): string {
  return cacheKey({
    ...module,
    modulePath,
    location,
    ...(only.length > 0 && { only: only.join() }),
  });
}

/** Where in its cache entry a source's files lie. */
export function filesPath({ location }: ModuleFiles, directory: string): string {
  return path.join(directory, path.basename(location));
}

/**
 * Copies a source's files into `directory`.
 * @param scratch a directory to work in
 * @throws ToolchainError where the module is not available, or is not the one that go.sum pins
 */
export async function fetchFiles(
  source: ModuleFiles,
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
      `${source.modulePath} ${version} is not available: ${answer.Error ?? result.stderr.trim()}`,
    );
  }
  // Go compares with the line of go.sum; but where that is missing, `go mod download` takes
  // anything.
  if (!module.goSum.includes(`${source.modulePath} ${version} ${answer.Sum}\n`)) {
    throw new ToolchainError(
      `${source.modulePath} ${version} has the sum ${answer.Sum}, which go.sum does not hold`,
    );
  }
  const target = filesPath(source, directory);
  for (const file of source.only ?? [""]) {
    const from = path.join(answer.Dir, source.location, file);
    await fs.cp(from, path.join(target, file), { recursive: true });
  }
  await makeWritable(target);
}

/** Go's module cache is read-only, and a folder that stays so cannot be removed again. */
async function makeWritable(target: string): Promise<void> {
  if (!(await fs.stat(target)).isDirectory()) return fs.chmod(target, 0o644);
  await fs.chmod(target, 0o755);
  for (const name of await fs.readdir(target)) await makeWritable(path.join(target, name));
}

function parseDownload(stdout: string): { Dir?: string; Sum?: string; Error?: string } {
  return stdout.trim() === "" ? {} : JSON.parse(stdout);
}
