import * as fs from "node:fs";

import { previewable } from "../alterations/previewable";
import { refusals } from "../alterations/refusals";
import { SMOKE_SELECTION } from "../alterations/smokeSelection";
import { judgeState } from "../alterations/state";
import { alterations } from "../alterations/table";
import { partsOf, type Toolchain } from "../../toolchain";

import { policyPackCommand } from "../../stage/commands";
import { compareCharts } from "../chart/compareCharts";
import { compareFields } from "../../stage/verify/keptFieldsOfStack";
import type { Interruption } from "../../stage/interruption";
import type { Directories } from "../../stage/directories";
import { helpersOfEngine, MemoryWatch, processesOf } from "../../stage/processes";
import { HUGGING_FACE_TOKEN } from "../../stage/program";
import { recover } from "../../stage/recover";
import { askForCompletions } from "./completions";
import { consume } from "./consumer";
import { closingTable, exportLines, recordOf } from "./report";
import { Environment } from "../../stage/environment";
import { runSteps, type Step, StepFailed } from "./steps";
import { verifyStack } from "../../stage/verify/verifyStack";

export interface RehearsalOptions {
  /** Which stack file is rehearsed. */
  stack: string;
  /** Leave everything running at the end. */
  keep: boolean;
  /** Real durations times this; 0 is at once. */
  timeScale: number;
  /** Print the engine's own progress too. */
  verbose: boolean;
  /** File that gets the steps, once all have passed, as JSON. */
  report?: string;
}

/** How often a long `up` prints the cloud's complaints. */
const COMPLAINT_MS = 30_000;

/** Creates a stack of the program on an emulated cloud, verifies it, and destroys it. */
export class Rehearsal {
  private toolchain?: Toolchain;
  private environment?: Environment;
  private readonly memory = new MemoryWatch(() => [
    process.pid,
    ...(this.environment ? [this.environment.cloud.pid] : []),
  ]);

  constructor(
    private readonly directories: Directories,
    private readonly options: RehearsalOptions,
    private readonly interruption: Interruption,
  ) {
    interruption.onEach((count) => this.interrupt(count));
  }

  /** Runs every step, or explains the first that fails. @returns whether all passed */
  async run(): Promise<boolean> {
    let passed = false;
    try {
      const done = await runSteps(this.steps(), console.log);
      const peakMemory = this.memory.stop();
      console.log(`\n${closingTable(done, this.ready(), peakMemory)}`);
      const { stack, report } = this.options;
      if (report) fs.writeFileSync(report, recordOf(done, stack, peakMemory));
      if (this.options.keep) console.log(`\n${exportLines(this.ready(), this.options.stack)}`);
      passed = true;
    } catch (error) {
      const failure = error instanceof StepFailed ? error : new StepFailed("start", [], error);
      console.error(await this.explain(failure));
    } finally {
      this.memory.stop();
      if (!(passed && this.options.keep)) await this.environment?.cloud.stop();
    }
    return passed;
  }

  /** Names of its steps, in order. */
  get stepNames(): string[] {
    return this.steps().map(({ name }) => name);
  }

  /** The message of a failed step, and the cloud's diagnosis. */
  private async explain(failure: StepFailed): Promise<string> {
    const complaints = (await this.environment?.cloud.diagnose().catch(() => undefined)) ?? [];
    return [
      `\nFAILED: ${failure.step}`,
      failure.message,
      ...(complaints.length > 0
        ? ["\nThe cloud says:", ...complaints.map((line) => `  ${line}`)]
        : []),
      "\nEverything is kept: `make rehearse` resumes from here, `make clean` removes it.",
    ].join("\n");
  }

  /** The first interrupt lets the engine finish what it has begun; the second does not wait. */
  private interrupt(count: number): void {
    console.error(
      count === 1 ? "\ninterrupted; waiting for what has begun" : "\ninterrupted again",
    );
    this.environment?.engine.signal(count === 1 ? "SIGINT" : "SIGKILL");
  }

  private steps(): Step[] {
    const standing: Step[] = [
      { name: "find or build the toolchain", run: () => this.findToolchain() },
      { name: "compare with the Helm chart", run: () => this.compareCharts() },
      { name: "start the emulated Google Cloud", run: () => this.startEnvironment() },
      { name: "make the stack", run: () => this.makeStack() },
      { name: "preview, judged by the policy pack", run: () => this.preview() },
      { name: "previews of forbidden changes: refused", run: () => this.previewAltered() },
      { name: "up, judged by the policy pack", run: () => this.up() },
      { name: "verify", run: () => this.verify() },
      { name: "ask the gateway for completions", run: () => this.ask() },
      { name: "every registered field is kept", run: () => compareFields(this.ready()) },
      { name: "another stack uses the outputs", run: () => this.consume() },
      { name: "up again: no change", run: () => this.upAgain() },
      { name: "refresh: no drift", run: () => this.refresh() },
      { name: "state, judged by the policy pack", run: () => this.judgeState() },
    ];
    const taking: Step[] = [
      { name: "destroy", run: () => this.destroy() },
      { name: "check that nothing is left", run: () => this.askWhatIsLeft() },
    ];
    const steps = this.options.keep ? standing : [...standing, ...taking];
    return steps.map((step) => ({ ...step, run: () => this.unlessInterrupted(step) }));
  }

  private unlessInterrupted(step: Step): Promise<string> {
    this.interruption.signal.throwIfAborted();
    return step.run();
  }

  private async findToolchain(): Promise<string> {
    this.toolchain = await Environment.findToolchain(this.directories, this.interruption.signal);
    const sources = partsOf(this.toolchain).map(({ part }) => part.source);
    const counts = [...new Set(sources)].map(
      (source) => `${sources.filter((s) => s === source).length} from ${source}`,
    );
    return counts.join(", ");
  }

  private compareCharts(): Promise<string> {
    if (!this.toolchain) throw new Error("there is no toolchain yet");
    return compareCharts(this.directories, this.toolchain, this.interruption.signal);
  }

  private async startEnvironment(): Promise<string> {
    if (!this.toolchain) throw new Error("there is no toolchain yet");
    this.environment = await Environment.set(this.directories, this.toolchain, {
      stack: this.options.stack,
      timeScale: this.options.timeScale,
      followParent: !this.options.keep,
      serves: true,
      onEngineLine: this.options.verbose ? (line) => console.log(`    ${line}`) : undefined,
    });
    return this.environment.cloud.url;
  }

  private async makeStack(): Promise<string> {
    const { engine } = this.ready();
    const existed = await engine.exists();
    const recovered = existed ? await recover(engine) : undefined;
    await engine.init(HUGGING_FACE_TOKEN);
    return existed ? `resumed an earlier rehearsal (${recovered})` : this.options.stack;
  }

  private async preview(): Promise<string> {
    const { engine } = this.ready();
    return changes(await engine.preview("--policy-pack", policyPackCommand(this.directories)));
  }

  /** Runs while nothing exists yet, as for a pull request. */
  private async previewAltered(): Promise<string> {
    const { stack } = this.options;
    const all = previewable(alterations, stack);
    const chosen = SMOKE_SELECTION.flatMap(
      (name) => all.find(({ policy }) => policy.name === name) ?? [],
    );
    const done = await refusals(
      this.ready(),
      stack,
      chosen,
      this.interruption.signal,
      (refusal) => {
        const mark = refusal.problem === undefined ? "✓" : "✗";
        for (const { policy } of refusal.alterations) console.log(`      ${mark} ${policy.name}`);
      },
    );
    const wrong = done.flatMap(({ problem }) => problem ?? []);
    if (wrong.length > 0) throw new Error(wrong.join("\n"));
    return `${chosen.length} changes, each refused by its policy alone`;
  }

  private async up(): Promise<string> {
    const { engine } = this.ready();
    const watch = setInterval(() => void this.tellWhatIsAwaited(), COMPLAINT_MS);
    try {
      return changes(await engine.up("--policy-pack", policyPackCommand(this.directories)));
    } finally {
      clearInterval(watch);
    }
  }

  /** A resource that does not get ready is waited for as long as on Google Cloud: the output says why. */
  private async tellWhatIsAwaited(): Promise<void> {
    const complaints = await this.ready()
      .cloud.diagnose()
      .catch(() => []);
    for (const line of complaints) console.log(`      waiting: ${line}`);
  }

  private async verify(): Promise<string> {
    return verifyStack(this.ready(), ({ name, problems }) => {
      console.log(`      ${problems.length > 0 ? "✗" : "✓"} ${name}`);
    });
  }

  private ask(): Promise<string> {
    return askForCompletions(this.ready(), this.options.stack);
  }

  private consume(): Promise<string> {
    return consume(this.ready(), this.options.stack);
  }

  private async upAgain(): Promise<string> {
    return changes(await this.ready().engine.up("--expect-no-changes"));
  }

  private async refresh(): Promise<string> {
    return changes(await this.ready().engine.refresh("--expect-no-changes"));
  }

  private judgeState(): Promise<string> {
    return judgeState(this.ready());
  }

  private async destroy(): Promise<string> {
    const { engine } = this.ready();
    const said = changes(await engine.destroy());
    await engine.removeStack();
    return said;
  }

  private async askWhatIsLeft(): Promise<string> {
    const { cloud, deployer } = this.ready();
    const undocumented = await deployer.undocumented();
    const resources = await cloud.resources();
    const clusters = await cloud.clusters();
    const abandoned = await cloud.abandoned();
    await cloud.stop();
    const left = [
      ...resources.map(({ type, name }) => `${type} ${name}`),
      ...abandoned,
      ...clusters.map(({ id }) => `processes of ${id}`),
      ...[...processesOf(this.directories.state), ...helpersOfEngine(this.directories.engine)].map(
        ({ pid, command }) => `process ${pid}: ${command.slice(0, 120)}`,
      ),
    ];
    if (left.length > 0) {
      throw new Error(`destroy left behind:\n${left.map((line) => `  ${line}`).join("\n")}`);
    }
    if (undocumented.length > 0) {
      const lines = undocumented.map((permission) => `  ${permission}`).join("\n");
      throw new Error(`the account that deploys used what docs/roles.md does not say:\n${lines}`);
    }
    return "no resource, no object, no process";
  }

  private ready(): Environment {
    if (!this.environment) throw new Error("the emulated cloud does not run yet");
    return this.environment;
  }
}

/** The engine's own count of what it did: `124 created`, or `124 unchanged`. */
function changes(output: string): string {
  const [, counted = ""] = /^Resources:\n((?: {4}.*\n?)+)/m.exec(output) ?? [];
  return (
    counted
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean)
      .join(", ") || "done"
  );
}
