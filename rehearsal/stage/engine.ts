import * as fs from "node:fs";
import * as path from "node:path";

import { execa, type ResultPromise } from "execa";

import type { Deployer } from "./deployer";
import type { Directories } from "./directories";
import { endHelpersOfEngine } from "./processes";
import { PROJECT } from "./program";

/** A `pulumi` command that ended with an error: what it said, without the progress before it. */
export class EngineError extends Error {
  constructor(
    readonly command: string,
    /** All that it printed. */
    readonly output: string,
    /** The part of it on standard output. */
    readonly stdout: string,
  ) {
    super(diagnosticsOf(output) || output.trim() || `pulumi ${command} ended without a message`);
    this.name = "EngineError";
  }
}

export interface EngineOptions {
  directories: Directories;
  stack: string;
  /** The real `pulumi`: the one on a kept rehearsal's PATH is a wrapper. */
  binary: string;
  /** What every command gets on top of this process's environment. */
  env: Record<string, string>;
  /** Every line of a command's output, as it comes. */
  onLine?: (line: string) => void;
  /** Gets the roles that the stack file asks for before each command that works on the cloud. */
  deployer?: Deployer;
}

/** A resource of a stack's state, as `pulumi stack export` tells it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  /** URN and id of the provider that serves it, joined by `::`. */
  provider?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
}

/** A stack's state as `pulumi stack export` writes it and `import` reads it. */
export interface Deployment {
  version: number;
  deployment: {
    resources?: StateResource[];
    pending_operations?: { resource: StateResource; type: string }[];
  };
}

/** Commands that take the stack as an argument, or none at all. */
const NAMES_NO_STACK = /^stack (init|rm|ls)\b|^cancel\b|^policy\b/;

const WORKS_ON_CLOUD = ["preview", "up", "refresh", "destroy"];

/** Runs the `pulumi` command on one stack of the rehearsed program. */
export class Engine {
  private running?: ResultPromise;
  private more: Record<string, string> = {};

  constructor(private readonly options: EngineOptions) {}

  /** Creates the stack if it does not exist, and adds its one secret to the stack file. */
  async init(huggingFaceToken: string): Promise<void> {
    const file = path.join(this.options.directories.program, `Pulumi.${this.options.stack}.yaml`);
    if (!(await this.exists())) {
      await this.run(["stack", "init", this.options.stack, "--secrets-provider", "passphrase"]);
    }
    if (!fs.readFileSync(file, "utf8").includes(`${PROJECT}:huggingFaceToken`)) {
      await this.run([
        "config",
        "set",
        "--secret",
        `${PROJECT}:huggingFaceToken`,
        huggingFaceToken,
      ]);
    }
  }

  async preview(...flags: string[]): Promise<string> {
    return this.run(["preview", "--non-interactive", ...flags]);
  }

  async up(...flags: string[]): Promise<string> {
    return this.run(["up", "--yes", "--non-interactive", "--skip-preview", ...flags]);
  }

  async refresh(...flags: string[]): Promise<string> {
    return this.run(["refresh", "--yes", "--non-interactive", "--skip-preview", ...flags]);
  }

  /** What a refresh would find; it takes no lock and writes no state. */
  async previewRefresh(...flags: string[]): Promise<string> {
    return this.run(["refresh", "--preview-only", "--non-interactive", ...flags]);
  }

  async destroy(...flags: string[]): Promise<string> {
    return this.run(["destroy", "--yes", "--non-interactive", "--skip-preview", ...flags]);
  }

  /** Releases the lock of a command that was killed. */
  async cancel(): Promise<void> {
    await this.run(["cancel", "--yes", this.options.stack]);
  }

  async removeStack(): Promise<void> {
    await this.run(["stack", "rm", this.options.stack, "--yes", "--preserve-config"]);
  }

  async outputs(): Promise<Record<string, unknown>> {
    const text = await this.run(["stack", "output", "--json", "--show-secrets"]);
    return JSON.parse(text) as Record<string, unknown>;
  }

  async export(...flags: string[]): Promise<Deployment> {
    return JSON.parse(await this.run(["stack", "export", ...flags])) as Deployment;
  }

  async import(deployment: Deployment): Promise<void> {
    const file = path.join(this.options.directories.engine, "import.json");
    fs.writeFileSync(file, JSON.stringify(deployment), { mode: 0o600 });
    await this.run(["stack", "import", "--file", file]);
    fs.rmSync(file);
  }

  /**
   * Judges an exported state, without the program and without the cloud.
   * @returns the engine's events, one JSON object a line; those of a state that policies forbid are in the error
   */
  async analyze(stateFile: string, policyPack: string): Promise<string> {
    return this.run([
      "policy",
      "analyze",
      "--json",
      "--file",
      stateFile,
      "--policy-pack",
      policyPack,
    ]);
  }

  /** Whether the backend knows the stack. */
  async exists(): Promise<boolean> {
    const stacks = JSON.parse(await this.run(["stack", "ls", "--json"])) as {
      name: string;
    }[];
    return stacks.some(({ name }) => name === this.options.stack);
  }

  /** Runs commands with more in their environment. */
  async withEnv<T>(env: Record<string, string>, commands: () => Promise<T>): Promise<T> {
    const before = this.more;
    this.more = env;
    return commands().finally(() => {
      this.more = before;
    });
  }

  /** Passes a signal to the command that runs: SIGINT lets what has begun come to its end. */
  signal(signal: NodeJS.Signals): void {
    const pid = this.running?.pid;
    if (pid) process.kill(pid, signal);
  }

  get pid(): number | undefined {
    return this.running?.pid;
  }

  private async run(args: string[]): Promise<string> {
    const { directories, stack, binary, env, onLine, deployer } = this.options;
    if (WORKS_ON_CLOUD.includes(args[0] ?? "")) await deployer?.admit();
    const naming = NAMES_NO_STACK.test(args.join(" ")) ? [] : ["--stack", stack];
    const running = execa(binary, [...args, ...naming, "--color", "never"], {
      cwd: directories.program,
      // Without it the flag --event-log does not exist.
      env: { ...env, ...this.more, PULUMI_DEBUG_COMMANDS: "true" },
      stdin: "ignore",
      all: true,
      reject: false,
      // In a group of its own, so that a terminal's Ctrl-C reaches it once, through us.
      detached: true,
      cleanup: true,
    });
    this.running = running;
    if (onLine) for await (const line of running.iterable({ from: "all" })) onLine(line);
    const result = await running;
    this.running = undefined;
    if (result.isTerminated) endHelpersOfEngine(directories.engine);
    if (result.failed) throw new EngineError(args.join(" "), result.all ?? "", result.stdout);
    return result.stdout;
  }
}

/** Said of every plugin that is found on PATH, where ours are, and of one that is built from a commit between releases. */
const AMBIENT_PLUGIN =
  /warning: (using pulumi-resource-\S+ from \$PATH|resource plugin \S+ is expected to have version)/;

/** The part of the engine's output that tells what went wrong. */
function diagnosticsOf(output: string): string {
  const sections = output.split(/^(?=Diagnostics:|Policies:|Outputs:|Resources:|Duration:)/m);
  const telling = sections.filter(
    (text) => /^(Diagnostics|Policies):/.test(text) && !isOnlyPassed(text),
  );
  const lines = telling.flatMap((text) => text.trimEnd().split("\n"));
  return lines.filter((line) => !AMBIENT_PLUGIN.test(line)).join("\n");
}

function isOnlyPassed(text: string): boolean {
  return text.startsWith("Policies:") && !/\[(mandatory|advisory|remediate)\]/.test(text);
}
