import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";

import { ToolchainError } from "./errors";
import { filesOnPath, isExecutableFile } from "./pathSearch";
import { pluginVersion } from "./pluginVersion";
import { compareVersions, describeRange, findVersion, fits, VersionRange } from "./versions";

/** The providers of the program. */
export const PROVIDERS = ["gcp", "kubernetes", "random"] as const;
export type Provider = (typeof PROVIDERS)[number];

export interface ProviderPlugin {
  /** Absolute path of `pulumi-resource-<name>`. */
  path: string;
  source: "PATH" | "plugin cache";
  version: string;
}

export interface PluginSearch {
  /** Left out if no plugin fits. */
  plugin?: ProviderPlugin;
  /** One sentence for each file of the wanted name that cannot be used, with the reason. */
  passedOver: string[];
}

/** What the program's SDKs speak: the major versions in package.json. */
const ACCEPTED: Record<Provider, VersionRange> = {
  gcp: { atLeast: "9.0.0", below: "10.0.0" },
  kubernetes: { atLeast: "4.0.0", below: "5.0.0" },
  random: { atLeast: "4.0.0", below: "5.0.0" },
};

/** What runs where no official plugin is installed. */
const OTHERWISE: Record<Provider, string> = {
  gcp: "leave PROVIDERS out to run the stand-in",
  kubernetes: "leave PROVIDERS out to build it from its Go module",
  random: "leave PROVIDERS out to run the stand-in",
};

export interface PluginContext {
  env: NodeJS.ProcessEnv;
  /** Directory of the stand-ins, which have the same file names; a shell that works on a kept rehearsal has it on its PATH. */
  standIns?: string;
  signal?: AbortSignal;
  /** Asks a plugin for its version. */
  versionOf?: typeof pluginVersion;
}

/**
 * The installed official plugin of a provider, from PATH or else the newest fitting one of the plugin cache.
 * PROVIDERS=standin looks for that of kubernetes alone, which has no stand-in; PROVIDERS=official insists.
 * @throws ToolchainError if PROVIDERS is invalid, or requires a plugin that does not exist
 */
export async function findProviderPlugin(
  name: Provider,
  context: PluginContext,
): Promise<PluginSearch> {
  const { env } = context;
  const wish = env.PROVIDERS ?? "";
  if (!["", "standin", "official"].includes(wish)) {
    throw new ToolchainError(
      `PROVIDERS: got "${wish}", allowed are standin and official; ` +
        "unset, an official plugin is used where there is one",
    );
  }
  if (wish === "standin" && name !== "kubernetes") return { passedOver: [] };
  const onPath = await searchPath(name, context);
  if (onPath.plugin) return onPath;
  const cache = path.join(pulumiHome(env), "plugins");
  const cached = await searchPluginCache(name, cache);
  const passedOver = [...onPath.passedOver, ...cached.passedOver];
  if (cached.plugin) return { plugin: cached.plugin, passedOver };
  if (wish !== "official") return { passedOver };
  throw new ToolchainError(
    [
      `PROVIDERS=official: pulumi-resource-${name} is not on PATH, and not in ${cache} ` +
        `(needed is ${describeRange(ACCEPTED[name])}); get it with ` +
        `"pulumi plugin install resource ${name}", or ${OTHERWISE[name]}`,
      ...passedOver,
    ].join("\n  "),
  );
}

function pulumiHome(env: NodeJS.ProcessEnv): string {
  return env.PULUMI_HOME || path.join(env.HOME || os.homedir(), ".pulumi");
}

async function searchPath(
  name: Provider,
  { env, standIns, signal, versionOf = pluginVersion }: PluginContext,
): Promise<PluginSearch> {
  const passedOver: string[] = [];
  for (const file of await filesOnPath(`pulumi-resource-${name}`, env)) {
    if (path.dirname(file) === standIns) continue;
    const fault = await faultOf(file, name, () => versionOf(file, { env, signal }));
    if (typeof fault !== "string") {
      return { plugin: { path: file, source: "PATH", version: fault.version }, passedOver };
    }
    passedOver.push(`${file} is passed over: ${fault}`);
  }
  return { passedOver };
}

async function searchPluginCache(name: Provider, cache: string): Promise<PluginSearch> {
  const prefix = `resource-${name}-v`;
  const names = await fs.readdir(cache).catch((): string[] => []);
  const versions = names
    // Pulumi puts `<directory>.partial` beside a plugin while it unpacks it.
    .filter((entry) => entry.startsWith(prefix) && !entry.endsWith(".partial"))
    .filter((entry) => !names.includes(`${entry}.partial`))
    .map((directory) => ({ directory, version: findVersion(directory.slice(prefix.length)) }))
    .filter(({ version }) => version !== undefined)
    .sort((a, b) => compareVersions(b.version ?? "", a.version ?? ""));
  const passedOver: string[] = [];
  for (const { directory, version } of versions) {
    const file = path.join(cache, directory, `pulumi-resource-${name}`);
    const fault = await faultOf(file, name, async () => version);
    if (typeof fault !== "string") {
      return { plugin: { path: file, source: "plugin cache", version: fault.version }, passedOver };
    }
    passedOver.push(`${file} is passed over: ${fault}`);
  }
  return { passedOver };
}

/** Why a plugin cannot be used, or its version. */
async function faultOf(
  file: string,
  name: Provider,
  ask: () => Promise<string | undefined>,
): Promise<string | { version: string }> {
  if (!(await isExecutableFile(file))) return "it is not an executable file";
  const version = findVersion((await ask()) ?? "");
  if (version === undefined) return "it does not say its version when asked as a plugin";
  if (fits(version, ACCEPTED[name])) return { version };
  return `it is ${version}, needed is ${describeRange(ACCEPTED[name])}`;
}
