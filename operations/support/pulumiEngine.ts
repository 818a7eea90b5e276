import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { ConcurrentUpdateError, StackNotFoundError } from "@pulumi/pulumi/automation/errors";

import {
  type Change,
  type ConfigValue,
  type Engine,
  type Outcome,
  type State,
  wordsOf,
} from "./engine";
import { EngineReport } from "./engineReport";
import { passOn } from "./passOn";
import { Failed, Refused } from "./commandExit";

export interface EngineSettings {
  /** Gets the engine's progress as it comes. */
  print: (text: string) => void;
  /** Directory of a policy pack that judges every `up`. */
  policyPack?: string;
}

/** What every command of the engine takes. */
interface Options {
  onOutput: (text: string) => void;
  onError: (text: string) => void;
  onEvent: (event: EngineEvent) => void;
  signal: AbortSignal;
  color: "always" | "never";
  showSecrets: false;
}

/** The engine by its Automation API, with the program and the stack files of a directory. */
export class PulumiEngine implements Engine {
  private constructor(
    private readonly handle: Stack,
    private readonly settings: EngineSettings,
  ) {}

  /** @throws Refused if the stack or `pulumi` does not exist */
  static async open(
    directory: string,
    stack: string,
    settings: EngineSettings,
  ): Promise<PulumiEngine> {
    // Not at the start: a command that is refused, or needs no engine, ends before.
    const { LocalWorkspace, Stack } = await import("@pulumi/pulumi/automation/index.js");
    try {
      const workspace = await LocalWorkspace.create({ workDir: directory });
      // `pulumi stack select`, which it would run, changes what the user's next `pulumi` works on.
      workspace.selectStack = async (name) => {
        await workspace.exportStack(name);
      };
      return new PulumiEngine(await Stack.select(stack, workspace), settings);
    } catch (error) {
      if (error instanceof StackNotFoundError) {
        throw new Refused(`Unknown stack "${stack}"; \`pulumi stack ls\` lists the stacks.`);
      }
      if (error instanceof Error && error.message.includes("ENOENT")) {
        throw new Refused(
          "`pulumi` is not on PATH; how to get it: https://www.pulumi.com/docs/install/",
        );
      }
      throw error;
    }
  }

  get stack(): string {
    return this.handle.name;
  }

  /** The project's name, which its configuration keys begin with. */
  async projectName(): Promise<string> {
    return (await this.handle.workspace.projectSettings()).name;
  }

  async state(): Promise<State> {
    const { deployment } = (await this.handle.exportStack()) as { deployment: Deployment };
    const { resources = [], pending_operations: pending = [] } = deployment;
    return {
      resources,
      pending: pending.map(({ type, resource }) => ({ type, urn: resource.urn })),
    };
  }

  async outputs(): Promise<Record<string, unknown>> {
    const outputs = Object.entries(await this.handle.outputs());
    return Object.fromEntries(outputs.map(([key, { value }]) => [key, value as unknown]));
  }

  config(): Promise<Record<string, ConfigValue>> {
    return this.handle.getAllConfig();
  }

  destroy(signal: AbortSignal): Promise<Outcome> {
    // Deletes everything that does not depend on a failure: unused GPUs cost money by the minute.
    return this.run(signal, (options) =>
      this.handle.destroy({ ...options, continueOnError: true }),
    );
  }

  up(signal: AbortSignal, configFile?: string): Promise<Outcome> {
    const { policyPack } = this.settings;
    const policyPacks = policyPack === undefined ? [] : [policyPack];
    return this.run(signal, (options) =>
      this.handle.up({ ...options, configFile, policyPacks, suppressOutputs: true }),
    );
  }

  async preview(configFile?: string): Promise<Change[]> {
    const report = new EngineReport();
    try {
      await this.handle.preview({ configFile, onEvent: (event) => report.hear(event) });
    } catch (error) {
      const { failures, errors } = report;
      throw new Failed(wordsOf({ kind: "failed", failures, errors }) || String(error));
    }
    return report.changes;
  }

  async remove(): Promise<void> {
    await this.handle.workspace.removeStack(this.stack, { preserveConfig: true });
  }

  private async run(
    signal: AbortSignal,
    command: (options: Options) => Promise<unknown>,
  ): Promise<Outcome> {
    const report = new EngineReport();
    const complaints: string[] = [];
    const passed = passOn(signal, () => report.stopping);
    const stopped = () => signal.aborted || report.stopping;
    try {
      await command({
        onOutput: this.settings.print,
        onError: (text) => complaints.push(text),
        onEvent: (event) => report.hear(event),
        signal: passed.signal,
        color: process.stdout.isTTY ? "always" : "never",
        showSecrets: false,
      });
      // A `destroy` that was stopped on the way may end as if it had succeeded.
      return stopped() ? { kind: "interrupted" } : { kind: "done" };
    } catch (error) {
      const said = complaints.join("").trim();
      if (error instanceof ConcurrentUpdateError) return { kind: "locked", said };
      if (stopped()) return { kind: "interrupted" };
      const { failures, errors } = report;
      const heard = failures.length + errors.length > 0;
      return { kind: "failed", failures, errors: heard ? errors : [said || String(error)] };
    } finally {
      passed.end();
    }
  }
}

/** A stack's state as `pulumi stack export` writes it. */
interface Deployment {
  resources?: State["resources"];
  pending_operations?: { resource: { urn: string }; type: string }[];
}
