import * as fs from "node:fs/promises";
import * as path from "node:path";

import { KubeClient } from "../../kube/client";
import { apiServerArgs, isReady } from "./apiServer";
import { Component, ComponentFiles, CONTROLLER_MANAGER, SCHEDULER } from "./components";
import { writePrivate } from "./files";
import { ManagedProcess, StartupFailure } from "./managedProcess";
import { generateSigningKeys } from "./pki";
import { keptPort } from "./ports";
import type { ControlPlaneConfig } from "./config";

/** A port can be taken between its choice and its use. */
const ATTEMPTS = 4;

/** API server, controller manager and scheduler of one cluster: three processes on this machine. */
export class ControlPlane {
  private constructor(
    private readonly config: ControlPlaneConfig,
    /** The version of Kubernetes that the three behave as. */
    private kubernetes: string,
    private readonly apiServer: ManagedProcess,
    private readonly controllerManager: ManagedProcess,
    private readonly scheduler: ManagedProcess,
    private readonly port: number,
    readonly client: KubeClient,
  ) {}

  /**
   * Starts the three, at the port of an earlier start if that is still free. Resolves when the API
   * server is ready and the controller manager has done its first work.
   * @param kubernetes the version that they behave as: `1.34`
   * @throws StartupFailure
   */
  static async start(config: ControlPlaneConfig, kubernetes: string): Promise<ControlPlane> {
    await fs.mkdir(config.directory, { recursive: true });
    await writeCredentials(config);
    const { apiServer, port } = await startApiServer(config, kubernetes);
    const kubeconfig = makeKubeconfig(config, addressAt(port));
    await writePrivate(filesOf(config).kubeconfig, kubeconfig);
    const client = KubeClient.fromKubeconfig(kubeconfig);
    const run = (component: Component) =>
      new ManagedProcess({
        title: `${component.name} of ${config.cluster}`,
        binary: config.binaries[component.binary],
        args: component.args(filesOf(config), kubernetes),
        ...logAndPid(config.directory, component.name),
      });
    const plane = new ControlPlane(
      config,
      kubernetes,
      apiServer,
      run(CONTROLLER_MANAGER),
      run(SCHEDULER),
      port,
      client,
    );
    await plane.startControllers().catch(async (error: unknown) => {
      await plane.stop();
      throw error;
    });
    return plane;
  }

  /** `127.0.0.1:<port>` */
  get address(): string {
    return addressAt(this.port);
  }

  /**
   * Upgrades the three, the API server first. For some seconds no API server answers, unlike in a
   * regional cluster of GKE.
   * @throws StartupFailure
   */
  async behaveAs(kubernetes: string): Promise<void> {
    if (kubernetes === this.kubernetes) return;
    this.kubernetes = kubernetes;
    const { config, port } = this;
    const files = filesOf(config);
    await this.apiServer.change(apiServerArgs(config, port, kubernetes), () =>
      isReady(port, config.ca.pem, config.token),
    );
    await Promise.all([
      this.scheduler.change(SCHEDULER.args(files, kubernetes), assumeReady),
      this.controllerManager.change(CONTROLLER_MANAGER.args(files, kubernetes), assumeReady),
    ]);
  }

  get pids() {
    return {
      kubeApiserver: this.apiServer.pid,
      kubeControllerManager: this.controllerManager.pid,
      kubeScheduler: this.scheduler.pid,
    };
  }

  /** One line for each process that keeps ending. */
  get problems(): string[] {
    return [this.apiServer, this.controllerManager, this.scheduler].flatMap((p) => p.problem ?? []);
  }

  async stop(): Promise<void> {
    this.client.close();
    await Promise.all([this.controllerManager.stop(), this.scheduler.stop()]);
    await this.apiServer.stop();
  }

  private async startControllers(): Promise<void> {
    const account = { apiVersion: "v1", kind: "ServiceAccount", namespace: "default" };
    const hasDefaultAccount = async () => {
      const found = this.client.getOptional({ ...account, name: "default" });
      return (await found.catch(() => undefined)) !== undefined;
    };
    await Promise.all([
      this.scheduler.start(assumeReady),
      this.controllerManager.start(hasDefaultAccount),
    ]);
  }
}

/** The scheduler does not report that it is ready; if it ends, `problems` says so. */
async function assumeReady(): Promise<boolean> {
  return true;
}

function addressAt(port: number): string {
  return `127.0.0.1:${port}`;
}

function filesOf({ directory, ca }: ControlPlaneConfig): ComponentFiles {
  return {
    kubeconfig: path.join(directory, "admin.kubeconfig"),
    serviceAccountKey: path.join(directory, "service-account.key"),
    ca: ca.file,
  };
}

async function startApiServer(
  config: ControlPlaneConfig,
  kubernetes: string,
): Promise<{ apiServer: ManagedProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await keptPort(path.join(config.directory, "port"));
    const apiServer = new ManagedProcess({
      title: `kube-apiserver of ${config.cluster}`,
      binary: config.binaries.kubeApiserver,
      args: apiServerArgs(config, port, kubernetes),
      ...logAndPid(config.directory, "kube-apiserver"),
    });
    try {
      await apiServer.start(() => isReady(port, config.ca.pem, config.token));
      return { apiServer, port };
    } catch (error) {
      const taken = error instanceof StartupFailure && error.words.some(saysPortIsTaken);
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}

function saysPortIsTaken(line: string): boolean {
  return line.includes("address already in use");
}

/**
 * Keys and certificate stay the same when a cluster is resumed, so that its clients stay logged in.
 */
async function writeCredentials(config: ControlPlaneConfig): Promise<void> {
  const at = (name: string) => path.join(config.directory, name);
  const administrator = `${config.token},rehearsal:administrator,administrator,"system:masters"\n`;
  await writePrivate(at("tokens.csv"), administrator);
  for (const webhook of ["authentication", "authorization"]) {
    const server = `${config.accessUrl}/${webhook}`;
    await writePrivate(at(`${webhook}.kubeconfig`), webhookKubeconfig(server));
  }
  if (await exists(at("server.crt"))) return;
  const [signing, server] = await Promise.all([
    generateSigningKeys(),
    config.ca.issueServerCertificate(config.cluster),
  ]);
  await writePrivate(at("service-account.key"), signing.privateKey);
  await fs.writeFile(at("service-account.pub"), signing.public);
  await writePrivate(at("server.key"), server.privateKey);
  await fs.writeFile(at("server.crt"), server.public);
}

function makeKubeconfig(config: ControlPlaneConfig, address: string): string {
  const ca = Buffer.from(config.ca.pem).toString("base64");
  const cluster = { server: `https://${address}`, "certificate-authority-data": ca };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: config.cluster, cluster }],
    users: [{ name: "administrator", user: { token: config.token } }],
    contexts: [
      { name: config.cluster, context: { cluster: config.cluster, user: "administrator" } },
    ],
    "current-context": config.cluster,
  });
}

/** An API server's configuration names a webhook as a cluster that it is a client of. */
function webhookKubeconfig(server: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "webhook", cluster: { server } }],
    users: [{ name: "api-server", user: {} }],
    contexts: [{ name: "webhook", context: { cluster: "webhook", user: "api-server" } }],
    "current-context": "webhook",
  });
}

function logAndPid(directory: string, name: string): { log: string; pidFile: string } {
  return { log: path.join(directory, `${name}.log`), pidFile: path.join(directory, `${name}.pid`) };
}

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}
