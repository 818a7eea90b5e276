import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";

import { ToolchainError } from "./errors";
import { executablesOnPath, isExecutableFile } from "./pathSearch";
import { compareVersions, describeRange, findVersion, fits, VersionRange } from "./versions";

/**
 * Providers whose official plugin takes the stand-in's place. gcp is not one: its stand-in is the
 * emulated cloud's door.
 */
export type ReplaceableProvider = "kubernetes" | "random";

export interface ProviderPlugin {
  /** Absolute path of `pulumi-resource-<name>`. */
  path: string;
  source: "PATH" | "plugin cache";
  /** Known of plugins in the plugin cache only. */
  version?: string;
}

/** What the program's SDKs speak: the major versions in package.json. */
const ACCEPTED: Record<ReplaceableProvider, VersionRange> = {
  kubernetes: { atLeast: "4.0.0", below: "5.0.0" },
  random: { atLeast: "4.0.0", below: "5.0.0" },
};

/**
 * The official plugin of a provider, from PATH or else the newest fitting one of the plugin cache;
 * undefined where the stand-in is to run. PROVIDERS=standin never looks, PROVIDERS=official
 * insists.
 * @param standIns directory of the stand-ins, which have the same file names; a shell that works on
 *   a kept rehearsal has it on its PATH
 * @throws ToolchainError where PROVIDERS is neither, or insists and there is none
 */
export async function findProviderPlugin(
  name: ReplaceableProvider,
  env: NodeJS.ProcessEnv,
  standIns?: string,
): Promise<ProviderPlugin | undefined> {
  const wish = env.PROVIDERS ?? "";
  if (!["", "standin", "official"].includes(wish)) {
    throw new ToolchainError(
      `PROVIDERS: got "${wish}", allowed are standin and official; ` +
        "unset, an official plugin is used where there is one",
    );
  }
  if (wish === "standin") return undefined;
  const file = `pulumi-resource-${name}`;
  const cache = path.join(pulumiHome(env), "plugins");
  const candidates = await executablesOnPath(file, env);
  const onPath = candidates.find((candidate) => path.dirname(candidate) !== standIns);
  const plugin: ProviderPlugin | undefined =
    onPath === undefined ? await newestCached(name, file, cache) : { path: onPath, source: "PATH" };
  if (plugin === undefined && wish === "official") {
    throw new ToolchainError(
      `PROVIDERS=official: ${file} is not on PATH, and not in ${cache} ` +
        `(needed is ${describeRange(ACCEPTED[name])}); get it with ` +
        `"pulumi plugin install resource ${name}", or leave PROVIDERS out to run the stand-in`,
    );
  }
  return plugin;
}

function pulumiHome(env: NodeJS.ProcessEnv): string {
  return env.PULUMI_HOME || path.join(env.HOME || os.homedir(), ".pulumi");
}

async function newestCached(
  name: ReplaceableProvider,
  file: string,
  cache: string,
): Promise<ProviderPlugin | undefined> {
  const prefix = `resource-${name}-v`;
  const names = await fs.readdir(cache).catch((): string[] => []);
  const versions = names
    // Pulumi puts `<directory>.partial` beside a plugin while it unpacks it.
    .filter((entry) => entry.startsWith(prefix) && !names.includes(`${entry}.partial`))
    .map((directory) => ({ directory, version: findVersion(directory.slice(prefix.length)) ?? "" }))
    .filter(({ version }) => fits(version, ACCEPTED[name]))
    .sort((a, b) => compareVersions(b.version, a.version));
  for (const { directory, version } of versions) {
    const plugin = path.join(cache, directory, file);
    if (await isExecutableFile(plugin)) return { path: plugin, source: "plugin cache", version };
  }
  return undefined;
}
