import * as fs from "node:fs";
import * as path from "node:path";

import { type Break, BREAKS } from "./breaks/break";
import { policyPackCommand } from "../../stage/commands";
import { Engine, EngineError } from "../../stage/engine";
import { layProgram, runFirst } from "../../stage/program";
import type { Stage } from "../../stage/stage";

import { type Judged, judgedIn } from "./judged";

/** The rehearsed program with things wrong, in a directory of its own beside it. */
export class BrokenProgram {
  private constructor(
    private readonly stage: Stage,
    private readonly stack: string,
    private readonly program: string,
  ) {}

  /** @param stack whose settings it takes, secrets and all */
  static lay(stage: Stage, stack: string): BrokenProgram {
    const program = path.join(stage.places.state, "broken");
    fs.rmSync(program, { recursive: true, force: true });
    layProgram({ ...stage.places, program });
    runFirst(program, "rehearsal/scenarios/alterations/apply");
    const settings = `Pulumi.${stack}.yaml`;
    fs.copyFileSync(path.join(stage.places.program, settings), path.join(program, settings));
    return new BrokenProgram(stage, stack, program);
  }

  /** How its preview ends, and what the policy pack says of it. @throws Error where it fails of something else */
  async judged(broken: Break[]): Promise<Previewed> {
    const ended = await this.preview(broken).then(
      (output) => ({ failed: false, output }),
      (error: unknown) => {
        if (error instanceof EngineError) return { failed: true, output: error.output };
        throw error;
      },
    );
    const said = judgedIn(ended.output);
    if (said.length === 0) throw new Error(ended.failed ? ended.output : "no policy said anything");
    return { failed: ended.failed, said };
  }

  /** @returns what the engine says @throws EngineError where the preview fails */
  preview(broken: Break[], ...flags: string[]): Promise<string> {
    const { places, toolchain, env } = this.stage;
    const engine = new Engine({
      places: { ...places, program: this.program },
      stack: this.stack,
      binary: toolchain.pulumi.path,
      env: { ...env, [BREAKS]: JSON.stringify(broken) },
    });
    return engine.preview("--policy-pack", policyPackCommand(places), ...flags);
  }
}

/** A preview that the policy pack had something to say of. */
export interface Previewed {
  failed: boolean;
  said: Judged[];
}
