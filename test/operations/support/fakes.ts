import type {
  Change,
  ConfigValue,
  Engine,
  Outcome,
  State,
  StateResource,
} from "../../../operations/support/engine";
import type { Terminal } from "../../../operations/support/terminal";
import { Refused } from "../../../operations/support/commandExit";

export const done: Outcome = { kind: "done" };
export const refused: Outcome = {
  kind: "failed",
  errors: [],
  failures: [
    {
      operation: "delete",
      type: "gcp:gkehub/feature:Feature",
      urn: urn("gcp:gkehub/feature:Feature", "gateway-multiclusteringress"),
      messages: [
        "1 error occurred:\n\t* Error when reading or editing Feature: googleapi: Error 400: Feature has associated resources that " +
          "should be cleaned up before deletion. Check the Feature state details for more information. This check " +
          "can be overridden by setting force=true.",
      ],
    },
  ],
};

export function urn(type: string, name: string): string {
  return `urn:pulumi:dev::inference-gateway::${type}::${name}`;
}

export function resource(type: string, name: string, rest: Partial<StateResource> = {}) {
  return { urn: urn(type, name), type, ...rest };
}

/** An engine whose commands end as they are told to, and which writes down what it was asked. */
export class FakeEngine implements Engine {
  readonly stack = "dev";
  readonly asked: string[] = [];

  /** @param outcomes of one command after the other; with the last `done` of a destroy, the state is empty */
  constructor(
    private readonly outcomes: Outcome[],
    private current: State = { resources: [resource("a:b:C", "c")], pending: [] },
    private readonly previewed: Change[] = [],
  ) {}

  state(): Promise<State> {
    return Promise.resolve(this.current);
  }

  outputs(): Promise<Record<string, unknown>> {
    return Promise.resolve({});
  }

  config(): Promise<Record<string, ConfigValue>> {
    return Promise.resolve({});
  }

  destroy(): Promise<Outcome> {
    const outcome = this.next("destroy");
    if (outcome.kind === "done") this.current = { resources: [], pending: [] };
    return Promise.resolve(outcome);
  }

  up(_: AbortSignal, configFile?: string): Promise<Outcome> {
    return Promise.resolve(this.next(`up ${configFile ?? "plain"}`));
  }

  preview(configFile?: string): Promise<Change[]> {
    this.asked.push(`preview ${configFile ?? "plain"}`);
    return Promise.resolve(this.previewed);
  }

  remove(): Promise<void> {
    this.asked.push("remove");
    return Promise.resolve();
  }

  private next(command: string): Outcome {
    this.asked.push(command);
    const outcome = this.outcomes.shift();
    if (!outcome) throw new Error(`nobody said how ${command} ends`);
    return outcome;
  }
}

/** A desk with a clock that waits in no time. */
export class FakeDesk implements Terminal {
  readonly printed: string[] = [];
  readonly confirmed: string[] = [];
  /** Milliseconds that were waited, one after the other. */
  readonly waits: number[] = [];
  private readonly stop = new AbortController();
  private time = Date.parse("2026-08-01T10:00:00");

  /** @param interruptAt the wait in which Ctrl-C is pressed, counted from 1 */
  constructor(
    private readonly interruptAt = 0,
    private readonly agrees = true,
  ) {}

  get interrupt(): AbortSignal {
    return this.stop.signal;
  }

  print(line: string): void {
    this.printed.push(line);
  }

  confirm(name: string): Promise<void> {
    if (!this.agrees) return Promise.reject(new Refused("no"));
    this.confirmed.push(name);
    return Promise.resolve();
  }

  wait(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.time += milliseconds;
    if (this.waits.length === this.interruptAt) this.stop.abort();
    return Promise.resolve();
  }

  now(): number {
    return this.time;
  }
}

/** How a command ended: `done`, or its error's class and message. */
export async function endOf(command: Promise<void>): Promise<string> {
  return command.then(
    () => "done",
    (error: Error) => `${error.constructor.name}: ${error.message}`,
  );
}
