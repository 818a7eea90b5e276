import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import {
  isAbsent,
  kubectl,
  type Part,
  type Provider,
  PROVIDERS,
  reporterFor,
  resolveToolchain,
  type Toolchain,
  type ToolchainOptions,
  vegeta,
} from "../toolchain";

import type { DataPlane } from "../emulator/cloud/config";
import type { CrdFiles } from "../emulator/gke/crds/install";

import { Cloud } from "./cloud";
import { writeCommands } from "./commands";
import { Deployer } from "./deployer";
import { Engine } from "./engine";
import { Operation } from "./operation";
import { rehearsalEnv } from "./variables";
import type { Directories } from "./directories";
import { writePolicyPack } from "./policyPack";
import { endHelpersOfEngine } from "./processes";
import { writeProgram, writeStackFile, type Prelude, runFirst } from "./program";

export interface EnvironmentOptions {
  /** Which stack file is rehearsed. */
  stack: string;
  /** Real durations times this; 0 is at once. */
  timeScale: number;
  /** The cloud ends with this process, however it ends. */
  followParent: boolean;
  /** Model servers, pickers and load balancers answer requests. @default false: they are only said to run */
  serves?: boolean;
  /** What the engine runs before the program. */
  prelude?: Prelude;
  /** Every line of the engine's output. */
  onEngineLine?: (line: string) => void;
}

export interface CommandOptions {
  directory?: string;
  /** Variables of its environment, as parameters of a `make` target are. */
  settings?: Record<string, string>;
  /** Gets what it says, as it comes. */
  onText?: (text: string) => void;
}

/** What every rehearsal and drill stands on: binaries, an emulated cloud, and an engine with a program. */
export class Environment {
  private constructor(
    readonly directories: Directories,
    readonly toolchain: Toolchain,
    readonly cloud: Cloud,
    readonly engine: Engine,
    readonly env: Record<string, string>,
    readonly deployer: Deployer,
  ) {}

  /** Sets it up on what an earlier one has left, where there is something. */
  static async set(
    directories: Directories,
    toolchain: Toolchain,
    options: EnvironmentOptions,
  ): Promise<Environment> {
    writeCommands(directories, {
      standIns: standInsBeside(toolchain),
      pulumi: toolchain.pulumi.path,
    });
    writePolicyPack(directories);
    writeProgram(directories);
    writeStackFile(directories, options.stack);
    const { stack, prelude, onEngineLine: onLine } = options;
    if (prelude) runFirst(directories.program, prelude);

    const cloud =
      (await Cloud.running(directories)) ?? (await startCloud(directories, toolchain, options));
    await cloud.turn({ timeScale: options.timeScale });
    const deployer = new Deployer(directories, stack, cloud);
    const token = await deployer.admit();
    const env = {
      ...rehearsalEnv(directories, cloud.url, token, toolDirs(toolchain)),
      ...prelude?.env,
    };
    endHelpersOfEngine(directories.engine);
    const binary = toolchain.pulumi.path;
    const engine = new Engine({ directories, stack, binary, env, onLine, deployer });
    return new Environment(directories, toolchain, cloud, engine, env, deployer);
  }

  /**
   * Starts a command as a user would: with the real `pulumi` first on PATH, not the wrapper that recovers a stack.
   * @param directory the program's if it is left out
   */
  start(command: [string, ...string[]], options: CommandOptions = {}): Operation {
    const { directory = this.directories.program, settings, onText } = options;
    const PATH = [path.dirname(this.toolchain.pulumi.path), this.env.PATH].join(path.delimiter);
    return Operation.start(
      command,
      directory,
      { ...process.env, ...this.env, PATH, ...settings },
      onText,
    );
  }

  /** @throws ToolchainError that says what is missing and how to get it */
  static findToolchain(directories: Directories, signal?: AbortSignal): Promise<Toolchain> {
    return resolveToolchain(toolchainOptions(directories, signal));
  }

  /** The tool that makes load. @returns its file @throws ToolchainError */
  static findVegeta(directories: Directories, signal?: AbortSignal): Promise<string> {
    return vegeta(toolchainOptions(directories, signal));
  }

  /** Puts `kubectl` on the PATH of the commands that a user types. @throws ToolchainError */
  static async bringKubectl(directories: Directories): Promise<void> {
    const link = path.join(directories.bin, "kubectl");
    fs.rmSync(link, { force: true });
    fs.symlinkSync(await kubectl(toolchainOptions(directories)), link);
  }
}

function toolchainOptions(directories: Directories, signal?: AbortSignal): ToolchainOptions {
  const cacheHome = process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache");
  return {
    cacheDir: path.join(cacheHome, "inference-gateway", "toolchain"),
    modulesDir: path.join(directories.checkout, "rehearsal", "toolchain", "modules"),
    reporter: reporterFor(process.stdout),
    env: process.env,
    standIns: directories.bin,
    signal,
  };
}

/** The providers of which no official plugin is there. */
export function standInsBeside({ plugins }: Toolchain): Provider[] {
  return PROVIDERS.filter((provider) => !plugins[provider]);
}

/** A cloud without an engine. */
export function startCloud(
  directories: Directories,
  toolchain: Toolchain,
  options: Pick<EnvironmentOptions, "timeScale" | "followParent" | "serves">,
): Promise<Cloud> {
  const { etcd, kubeApiserver, kubeControllerManager, kubeScheduler } = toolchain;
  return Cloud.start(directories, {
    binaries: {
      etcd: etcd.path,
      kubeApiserver: kubeApiserver.path,
      kubeControllerManager: kubeControllerManager.path,
      kubeScheduler: kubeScheduler.path,
    },
    crds: crdFiles(toolchain),
    ...(options.serves && { dataPlane: carriers(toolchain) }),
    discovery: toolchain.discoveryDocuments.path,
    timeScale: options.timeScale,
    followParent: options.followParent,
  });
}

/** What carries requests; nothing if a program for pods is not to be had. */
function carriers({ dataPlane: { proxy, picker, modelServer } }: Toolchain): DataPlane | undefined {
  if (isAbsent(picker) || isAbsent(modelServer)) return undefined;
  const pods = { endpointPicker: picker.path, modelServer: modelServer.path };
  return { pods, ...(!isAbsent(proxy) && { envoy: proxy.path }) };
}

function crdFiles({ gatewayApis, inferenceExtensions }: Toolchain): CrdFiles {
  const paths = (parts: Record<string, Part>, ...below: string[]) =>
    Object.fromEntries(
      Object.entries(parts).map(([version, part]) => [version, path.join(part.path, ...below)]),
    );
  return {
    gatewayApi: paths(gatewayApis),
    inferencePool: paths(
      inferenceExtensions,
      "crd",
      "bases",
      "inference.networking.k8s.io_inferencepools.yaml",
    ),
  };
}

function toolDirs({ pulumi, pulumiLanguageNodejs, plugins }: Toolchain): string[] {
  const programs = [pulumi, pulumiLanguageNodejs, ...Object.values(plugins)];
  return programs.map((program) => path.dirname(program.path));
}
