import * as fs from "node:fs";
import * as path from "node:path";

import { policyPackCommand } from "../../stage/commands";
import { Engine, EngineError } from "../../stage/engine";
import { writeProgram, runFirst } from "../../stage/program";
import type { Environment } from "../../stage/environment";

import type { Alteration, PolicyMessage } from "./alteration";
import { engineEditsOf } from "./edit";
import { policyMessagesIn } from "./policyMessages";
import { preludeOf } from "./prelude";

/** The rehearsed program with alterations, in a directory of its own beside it. */
export class AlteredProgram {
  private constructor(
    private readonly environment: Environment,
    private readonly stack: string,
    private readonly program: string,
  ) {}

  /** @param stack whose settings it takes, secrets and all */
  static write(environment: Environment, stack: string): AlteredProgram {
    const program = path.join(environment.directories.state, "altered");
    fs.rmSync(program, { recursive: true, force: true });
    writeProgram({ ...environment.directories, program });
    runFirst(program, preludeOf([]));
    const settings = `Pulumi.${stack}.yaml`;
    fs.copyFileSync(
      path.join(environment.directories.program, settings),
      path.join(program, settings),
    );
    return new AlteredProgram(environment, stack, program);
  }

  /** How its preview ends, and what the policy pack says of it. @throws Error if it fails for another reason */
  async judged(alterations: readonly Alteration[]): Promise<JudgedPreview> {
    const ended = await this.preview(alterations).then(
      (output) => ({ failed: false, output }),
      (error: unknown) => {
        if (error instanceof EngineError) return { failed: true, output: error.output };
        throw error;
      },
    );
    const messages = policyMessagesIn(ended.output);
    if (messages.length === 0) {
      throw new Error(ended.failed ? ended.output : "no policy said anything");
    }
    return { failed: ended.failed, messages };
  }

  /** @returns what the engine says @throws EngineError if the preview fails */
  preview(alterations: readonly Alteration[], ...flags: string[]): Promise<string> {
    const { directories, toolchain, env } = this.environment;
    const prelude = preludeOf(alterations.flatMap((each) => engineEditsOf(each.edits)));
    const engine = new Engine({
      directories: { ...directories, program: this.program },
      stack: this.stack,
      binary: toolchain.pulumi.path,
      env: { ...env, ...prelude.env },
    });
    return engine.preview("--policy-pack", policyPackCommand(directories), ...flags);
  }
}

/** A preview about which the policy pack reported something. */
export interface JudgedPreview {
  failed: boolean;
  messages: PolicyMessage[];
}
