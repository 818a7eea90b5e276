import * as fs from "node:fs";
import { connect } from "node:net";
import * as path from "node:path";

import * as yaml from "js-yaml";

import type { KubeClient } from "../emulator/kube/client";
import type { KubeObject } from "../emulator/kube/objects";
import { Cloud } from "./cloud";
import { clusterClients } from "./clusterClients";
import type { Grant } from "./deployer";
import { type Engine, EngineError } from "./engine";
import { type Directories, directoriesBelow } from "./directories";
import { endHelpersOfEngine, helpersOfEngine, processesOf, signalIfThere } from "./processes";
import { HUGGING_FACE_TOKEN, readStackFile } from "./program";
import { Environment, type EnvironmentOptions } from "./environment";
import { compareFields, lostFieldsOf } from "./verify/keptFieldsOfStack";
import { verifyStack } from "./verify/verifyStack";
import type { Toolchain } from "../toolchain";
import { until as untilWithin } from "../toolchain/until";

import { Operation } from "./operation";

const STAGE: EnvironmentOptions = {
  stack: "dev",
  timeScale: 0,
  followParent: true,
  onEngineLine: process.env.VERBOSE ? (line) => console.log(`    ${line}`) : undefined,
};
const WAIT_SECONDS = 90;

/** A cloud and a stack of its own for one drill, below the rehearsal's state. */
export class Sandbox {
  private readonly operations: Operation[] = [];

  private constructor(
    readonly directories: Directories,
    private readonly toolchain: Toolchain,
    private running: Environment,
    private readonly options: EnvironmentOptions,
  ) {}

  static async open(
    home: Directories,
    toolchain: Toolchain,
    name: string,
    special: Pick<EnvironmentOptions, "prelude" | "serves"> = {},
  ): Promise<Sandbox> {
    const directories = directoriesBelow(
      path.join(home.state, "drills", name),
      home.checkout,
      home.library,
    );
    fs.rmSync(directories.state, { recursive: true, force: true });
    const options = { ...STAGE, ...special };
    const environment = await Environment.set(directories, toolchain, options);
    await environment.engine.init(HUGGING_FACE_TOKEN);
    return new Sandbox(directories, toolchain, environment, options);
  }

  get environment(): Environment {
    return this.running;
  }

  get cloud(): Cloud {
    return this.environment.cloud;
  }

  get engine(): Engine {
    return this.environment.engine;
  }

  async up(...flags: string[]): Promise<void> {
    await this.engine.up(...flags);
  }

  /** Previews the next `up`. @throws with all that it would change, where it would change anything */
  async again(): Promise<void> {
    await this.engine.preview("--diff", "--expect-no-changes").catch((error: unknown) => {
      throw error instanceof EngineError ? new Error(error.output) : error;
    });
  }

  async verify(): Promise<void> {
    await verifyStack(this.environment);
  }

  /** @param change what is done to each registered object before it is asked about @returns one line for each lost field */
  async lostFields(change: (object: KubeObject) => KubeObject): Promise<string[]> {
    return lostFieldsOf(this.environment, change);
  }

  /** @throws with every field that an API server did not keep */
  async fields(): Promise<void> {
    await compareFields(this.environment);
  }

  async destroy(): Promise<void> {
    await this.engine.destroy();
  }

  /** Asks a cluster as its administrator. */
  async asked<T>(cluster: string, question: (client: KubeClient) => Promise<T>): Promise<T> {
    const clients = clusterClients(this.directories, await this.cloud.clusters());
    const client = clients.get(cluster);
    if (!client) throw new Error(`there is no cluster ${cluster}`);
    try {
      return await question(client);
    } finally {
      clients.forEach((each) => each.close());
    }
  }

  /** What the account that deploys has of the roles that it should have. */
  letDeployerHave(choose: (grants: Grant[]) => Grant[]): void {
    this.environment.deployer.choose = choose;
  }

  /** Starts a command of `operations/`, as `make` would. @param settings its parameters */
  operate(command: string, settings: Record<string, string>): Operation {
    const starter = path.join(this.directories.checkout, "operations", "start.mjs");
    return this.start([process.execPath, starter, command], settings);
  }

  /** Runs a line in a shell, as a user would. @param settings more variables of its environment */
  type(line: string, settings: Record<string, string> = {}): Operation {
    return this.start(["/bin/sh", "-c", line], settings);
  }

  /** Changes the configuration of the stack, as an editor would. @param change gets what stands below `config` */
  configure(change: (config: Record<string, unknown>) => void): void {
    const file = path.join(this.directories.program, "Pulumi.dev.yaml");
    const settings = readStackFile(file);
    const config = { ...settings.config };
    change(config);
    fs.writeFileSync(file, yaml.dump({ ...settings, config }));
  }

  /** Resources of the stack that the cloud still has, and processes that still work on it. */
  async left(): Promise<string[]> {
    const clusters = await this.cloud.clusters();
    return [
      ...(await this.cloud.resources()).map(({ type, name }) => `${type} ${name}`),
      ...(await this.cloud.abandoned()),
      ...clusters.map(({ id }) => `processes of ${id}`),
      ...helpersOfEngine(this.directories.engine).map(({ pid, command }) => `${pid} ${command}`),
    ];
  }

  /** Waits until so many API servers run. */
  async untilClusters(count: number): Promise<void> {
    await until(`${count} clusters`, async () => (await this.cloud.clusters()).length >= count);
  }

  /** Waits until a cluster has a node pool: then it is up, and its objects are on their way. */
  async untilNodePool(cluster: string): Promise<void> {
    await until(`a node pool of ${cluster}`, async () => {
      const resources = await this.cloud.resources();
      return resources.some(({ name }) => name.includes(`/${cluster}/nodePools/${cluster}-`));
    });
  }

  async killApiServer(cluster: string): Promise<void> {
    const found = (await this.cloud.clusters()).find(({ id }) => id.endsWith(`/${cluster}`));
    const pid = found?.pids.kubeApiserver;
    if (pid) signalIfThere(pid, "SIGKILL");
  }

  async untilReachable(cluster: string): Promise<void> {
    await until(`the API server of ${cluster}`, async () => {
      const found = (await this.cloud.clusters()).find(({ id }) => id.endsWith(`/${cluster}`));
      const [host, port] = found?.address.split(":") ?? [];
      return host !== undefined && port !== undefined && (await accepts(host, Number(port)));
    });
  }

  /** Kills the daemon and waits until none of its processes is left. */
  async killCloud(): Promise<void> {
    signalIfThere(this.cloud.pid, "SIGKILL");
    await until("the end of the cloud's processes", () =>
      Promise.resolve(processesOf(this.directories.cloud).length === 0),
    );
  }

  async restartCloud(): Promise<void> {
    this.running = await Environment.set(this.directories, this.toolchain, this.options);
  }

  private start(command: [string, ...string[]], settings: Record<string, string>): Operation {
    const onText = process.env.VERBOSE ? (text: string) => process.stdout.write(text) : undefined;
    const operation = this.environment.start(command, { settings, onText });
    this.operations.push(operation);
    return operation;
  }

  /** Ends what works on the stack. */
  interrupt(): void {
    this.engine.signal("SIGKILL");
    for (const operation of this.operations) operation.kill();
  }

  /** Ends the cloud and drops everything. */
  async clear(): Promise<void> {
    this.interrupt();
    endHelpersOfEngine(this.directories.engine);
    await this.cloud.stop();
    fs.rmSync(this.directories.state, { recursive: true, force: true });
  }
}

/** @throws with what was waited for, after a minute and a half */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  await untilWithin(what, WAIT_SECONDS, () => holds().catch(() => false));
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
