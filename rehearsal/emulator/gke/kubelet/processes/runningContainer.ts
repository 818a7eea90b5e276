import * as fs from "node:fs/promises";
import * as path from "node:path";

import { freePort } from "../../controlPlane/ports";
import type { KubeClient } from "../../../kube/client";
import type { Container, Pod, ProbeSpec } from "../../world/kinds";
import { writeKubeconfig } from "./account";
import { askOf } from "./asking";
import { environmentOf, expand } from "./environment";
import { Forwarder } from "./forwarder";
import { onThisMachine, writeVolumes } from "./podFiles";
import { PodProcess } from "./podProcess";
import { Prober } from "./probes";
import type { PodBinaries, Program } from "./program";

export interface ContainerSettings {
  client: KubeClient;
  binaries: PodBinaries;
  /** Settings of the simulator: its flags without dashes. */
  modelServer: Readonly<Record<string, string>>;
  /** The pod's own: volumes, kubeconfig and logs are below it. */
  directory: string;
  /** Told when what `ContainerState` says has changed. */
  changed: () => void;
}

/** What a kubelet reports of a container. */
export interface ContainerState {
  /** Whether it has passed its startup probe. */
  started: boolean;
  /** Whether it passes its readiness probe. */
  ready: boolean;
  /** Present once it has ended. */
  exit?: { code: number; reason: string };
}

/** A container that a process of this machine runs, with its ports and probes. */
export class RunningContainer {
  readonly state: ContainerState = { started: false, ready: false };
  private process: PodProcess | undefined;
  private forwarders: Forwarder[] = [];
  private probers: Prober[] = [];
  private stopped = false;
  private launched: Promise<void> = Promise.resolve();

  constructor(
    private readonly pod: Pod,
    private readonly container: Container,
    private readonly program: Program,
    private readonly address: string,
    private readonly settings: ContainerSettings,
  ) {}

  /**
   * Starts the process; what keeps it from starting ends the container.
   * @param before the container whose place it takes: that one's start is over first, and its ports are closed
   */
  start(before?: RunningContainer): void {
    this.launched = (before?.launched ?? Promise.resolve())
      .then(() => this.launch())
      .catch(async (error: unknown) => {
        await this.log(error instanceof Error ? error.message : String(error));
        this.ended(128, "StartError");
      });
  }

  /** Whether its process is still there. */
  get runs(): boolean {
    return this.state.exit === undefined;
  }

  /** Asks the process to end what it has begun. */
  terminate(): void {
    this.stopProbing();
    this.process?.terminate();
  }

  /** Ends the process at once. */
  kill(): void {
    this.stopped = true;
    this.stopProbing();
    this.process?.kill();
    this.closePorts();
  }

  private async launch(): Promise<void> {
    const { client, binaries, directory } = this.settings;
    await fs.mkdir(directory, { recursive: true });
    await writeVolumes(client, this.pod, directory);
    const env = await this.environment();
    const ports = await this.openPorts();
    const args = this.program
      .args(this.container, { ports, modelServer: this.settings.modelServer })
      .map((arg) => onThisMachine(expand(arg, env), this.container, directory));
    // If it was killed meanwhile, its ports were not open yet.
    if (this.stopped) return this.closePorts();
    const at = path.join(directory, this.container.name);
    const binary = binaries[this.program.binary];
    this.process = new PodProcess({
      binary,
      args,
      env,
      directory,
      log: `${at}.log`,
      pidFile: `${at}.pid`,
    });
    void this.process.ended.then((code) => this.ended(code, code === 0 ? "Completed" : "Error"));
    this.startProbing();
  }

  private async environment(): Promise<Record<string, string>> {
    const { client, directory } = this.settings;
    const env = await environmentOf(client, this.pod, this.container, this.address);
    const hasAccount = this.pod.spec.automountServiceAccountToken !== false;
    return {
      HOME: directory,
      ...this.program.env?.(this.pod, this.address),
      ...(hasAccount && { KUBECONFIG: await writeKubeconfig(client, this.pod, directory) }),
      ...env,
    };
  }

  /** A port of this machine for each port of the container. */
  private async openPorts(): Promise<Map<number, number>> {
    const ports = new Map<number, number>();
    for (const port of this.program.listens(this.container)) {
      const real = await freePort();
      ports.set(port, real);
      this.forwarders.push(await Forwarder.listen(this.address, port, real));
    }
    return ports;
  }

  /** Readiness and liveness are asked from the end of the startup on. */
  private startProbing(): void {
    const { startupProbe, readinessProbe, livenessProbe } = this.container;
    this.probe(startupProbe, (passes) => {
      if (!passes) return this.restart("startup");
      this.report({ started: true });
      this.probe(readinessProbe, (ready) => this.report({ ready }));
      this.probe(livenessProbe, (alive) => {
        if (!alive) this.restart("liveness");
      });
    });
  }

  /** Without a probe the answer is yes. */
  private probe(spec: ProbeSpec | undefined, judged: (passes: boolean) => void): void {
    const ask = spec && askOf(spec, this.container, this.address);
    if (spec && ask) this.probers.push(new Prober(spec, ask, judged).start());
    else judged(true);
  }

  /** A kubelet ends a container that fails these probes; its end has it started again. */
  private restart(probe: string): void {
    void this.log(`the ${probe} probe has failed; the container ends`);
    this.stopProbing();
    this.process?.kill();
  }

  private report(changed: Partial<ContainerState>): void {
    Object.assign(this.state, changed);
    this.settings.changed();
  }

  private ended(code: number, reason: string): void {
    this.stopProbing();
    this.closePorts();
    this.report({ ready: false, started: false, exit: { code, reason } });
  }

  private stopProbing(): void {
    for (const prober of this.probers.splice(0)) prober.stop();
  }

  private closePorts(): void {
    for (const forwarder of this.forwarders.splice(0)) forwarder.close();
  }

  private async log(line: string): Promise<void> {
    const file = path.join(this.settings.directory, `${this.container.name}.log`);
    await fs.appendFile(file, `kubelet: ${line}\n`).catch(() => undefined);
  }
}
