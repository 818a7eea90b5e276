import * as fs from "node:fs";
import * as path from "node:path";

import { policyPackCommand } from "../../stage/commands";
import { Engine, EngineError } from "../../stage/engine";
import { layProgram, runFirst } from "../../stage/program";
import type { Stage } from "../../stage/stage";

import type { Alteration, PolicyMessage } from "./alteration";
import { engineEditsOf } from "./edit";
import { policyMessagesIn } from "./policyMessages";
import { preludeOf } from "./prelude";

/** The rehearsed program with alterations, in a directory of its own beside it. */
export class AlteredProgram {
  private constructor(
    private readonly stage: Stage,
    private readonly stack: string,
    private readonly program: string,
  ) {}

  /** @param stack whose settings it takes, secrets and all */
  static lay(stage: Stage, stack: string): AlteredProgram {
    const program = path.join(stage.places.state, "altered");
    fs.rmSync(program, { recursive: true, force: true });
    layProgram({ ...stage.places, program });
    runFirst(program, preludeOf([]));
    const settings = `Pulumi.${stack}.yaml`;
    fs.copyFileSync(path.join(stage.places.program, settings), path.join(program, settings));
    return new AlteredProgram(stage, stack, program);
  }

  /** How its preview ends, and what the policy pack says of it. @throws Error where it fails of something else */
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

  /** @returns what the engine says @throws EngineError where the preview fails */
  preview(alterations: readonly Alteration[], ...flags: string[]): Promise<string> {
    const { places, toolchain, env } = this.stage;
    const prelude = preludeOf(alterations.flatMap((each) => engineEditsOf(each.edits)));
    const engine = new Engine({
      places: { ...places, program: this.program },
      stack: this.stack,
      binary: toolchain.pulumi.path,
      env: { ...env, ...prelude.env },
    });
    return engine.preview("--policy-pack", policyPackCommand(places), ...flags);
  }
}

/** A preview that the policy pack had something to say of. */
export interface JudgedPreview {
  failed: boolean;
  messages: PolicyMessage[];
}
