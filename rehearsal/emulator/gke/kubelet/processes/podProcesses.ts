import * as fs from "node:fs/promises";
import * as path from "node:path";

import type { KubeClient } from "../../../kube/client";
import type { Container, Pod } from "../../world/kinds";
import { type ContainerState, RunningContainer } from "./runningContainer";
import type { PodBinaries } from "./program";
import { programOf } from "./programs";

export interface ProcessSettings {
  client: KubeClient;
  binaries: PodBinaries;
  /** What tells clouds of one machine apart. */
  cloud: string;
  /** Each pod has a directory below it. */
  directory: string;
  /** Settings of the simulator: its flags without dashes. */
  modelServer: () => Readonly<Record<string, string>>;
  /** Told when a container has started, is ready or not any more, or has ended. */
  changed: () => void;
}

/** The processes behind the pods of one cluster. */
export class PodProcesses {
  private readonly containers = new Map<string, RunningContainer>();

  constructor(private readonly settings: ProcessSettings) {}

  get cloud(): string {
    return this.settings.cloud;
  }

  /** Whether a process runs in place of this container's image. */
  runs(container: Container): boolean {
    return programOf(container) !== undefined;
  }

  /** Undefined where it was never started by this daemon. */
  stateOf(pod: Pod, container: Container): ContainerState | undefined {
    return this.containers.get(keyOf(pod, container))?.state;
  }

  /** Starts a container, in the place of one that has ended. */
  start(pod: Pod, container: Container, address: string): void {
    const program = programOf(container);
    if (!program) throw new Error(`nothing runs in place of ${container.image}`);
    const { client, binaries, changed, modelServer } = this.settings;
    const directory = this.directoryOf(pod);
    const running = new RunningContainer(pod, container, program, address, {
      ...{ client, binaries, changed, directory },
      modelServer: modelServer(),
    });
    const before = this.containers.get(keyOf(pod, container));
    before?.kill();
    this.containers.set(keyOf(pod, container), running);
    running.start(before);
  }

  /** Asks all processes of a pod to end. */
  terminate(pod: Pod): void {
    for (const container of this.of(pod)) container.terminate();
  }

  /** Whether a process of the pod is still there. */
  remain(pod: Pod): boolean {
    return this.of(pod).some((container) => container.runs);
  }

  /** Ends what is left of a pod. */
  async forget(uid: string): Promise<void> {
    for (const [key, container] of this.containers) {
      if (!key.startsWith(`${uid}/`)) continue;
      container.kill();
      this.containers.delete(key);
    }
    await fs.rm(path.join(this.settings.directory, uid), { recursive: true, force: true });
  }

  /** Pods that have processes, by uid. */
  get pods(): Set<string> {
    return new Set([...this.containers.keys()].map((key) => key.split("/")[0] ?? ""));
  }

  stop(): void {
    for (const container of this.containers.values()) container.kill();
    this.containers.clear();
  }

  private of(pod: Pod): RunningContainer[] {
    return pod.spec.containers.flatMap((c) => this.containers.get(keyOf(pod, c)) ?? []);
  }

  private directoryOf(pod: Pod): string {
    return path.join(this.settings.directory, pod.metadata.uid ?? "");
  }
}

function keyOf(pod: Pod, container: Container): string {
  return `${pod.metadata.uid}/${container.name}`;
}
