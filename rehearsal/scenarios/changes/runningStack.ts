import * as fs from "node:fs";
import * as path from "node:path";

import type { Sandbox } from "../../stage/sandbox";
import { writeStackFile, overlayStackFile, PROJECT, readStackFile } from "../../stage/program";

import { type EngineEvent, readEvents } from "./eventLog";
import { messageOf } from "../../toolchain/errors";

const STACK = "dev";

/** The effect of a command, as its engine reported it. */
export interface Run {
  events: EngineEvent[];
  /** Its error; undefined if it succeeded. */
  failure?: string;
}

/** The stack that is changed: its file, and commands whose events are read. */
export class RunningStack {
  constructor(readonly sandbox: Sandbox) {}

  /** Writes the stack file: the program's own, with JSON merge patches applied in turn. */
  configure(patches: Record<string, unknown>[]): void {
    const { directories } = this.sandbox;
    writeStackFile(directories, STACK);
    for (const patch of patches) overlayStackFile(directories, STACK, patch);
  }

  /** Names of the clusters in the stack file. */
  clusters(): string[] {
    const { program } = this.sandbox.directories;
    const { config = {} } = readStackFile(path.join(program, `Pulumi.${STACK}.yaml`));
    return Object.keys(config[`${PROJECT}:clusters`] as object);
  }

  /** `type::name` of everything in the stack. */
  async resources(): Promise<string[]> {
    const { deployment } = await this.sandbox.engine.export();
    return (deployment.resources ?? []).map(
      ({ type, urn }) => `${type}::${urn.slice(urn.lastIndexOf("::") + 2)}`,
    );
  }

  /** @throws if the command ends before the engine begins */
  async run(
    command: "preview" | "previewRefresh" | "up" | "destroy",
    ...flags: string[]
  ): Promise<Run> {
    const { engine, directories } = this.sandbox;
    const log = path.join(directories.state, "events.jsonl");
    fs.rmSync(log, { force: true });
    const failure = await engine[command]("--event-log", log, ...flags).then(
      () => undefined,
      (error: unknown) => {
        if (!fs.existsSync(log)) throw error;
        return messageOf(error);
      },
    );
    return { events: readEvents(log), failure };
  }

  /** Problems that the verifier finds. */
  async problems(): Promise<string[]> {
    return this.sandbox.verify().then(
      () => [],
      (error: unknown) => [messageOf(error)],
    );
  }
}
