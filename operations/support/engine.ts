/** An operation on a resource that failed. */
export interface Failure {
  /** The engine's word: `delete`, `update`, ... */
  operation: string;
  /** Type token, such as `gcp:gkehub/feature:Feature`. */
  type: string;
  urn: string;
  /** What provider and engine said of the resource. */
  messages: string[];
}

/** How a command of the engine ended. */
export type Outcome =
  | { kind: "done" }
  /** It was told to stop, and let what it had begun come to its end. */
  | { kind: "interrupted" }
  /** Another command holds the stack, or one that was killed left its lock. @param said names the holder */
  | { kind: "locked"; said: string }
  /** @param errors what the engine said beside the failures of resources */
  | { kind: "failed"; failures: Failure[]; errors: string[] };

/** A resource that a preview would change. */
export interface Change {
  /** The engine's word: `create`, `update`, `replace`, `delete`, ... */
  operation: string;
  type: string;
  urn: string;
}

export interface StateResource {
  urn: string;
  type: string;
  protect?: boolean;
  outputs?: Record<string, unknown>;
}

/** What the engine knows of a stack. */
export interface State {
  resources: StateResource[];
  /** What commands that were killed had under way. @param type `creating`, `updating`, `deleting`, ... */
  pending: { type: string; urn: string }[];
}

/** The Pulumi engine with one stack, as far as operations need it. */
export interface Engine {
  /** The stack's name. */
  readonly stack: string;
  state(): Promise<State>;
  /** Values of the stack's outputs. */
  outputs(): Promise<Record<string, unknown>>;
  /** The configuration that a program would get: text, or JSON of what has a structure. Secrets are left out. */
  config(): Promise<Record<string, string>>;
  /** @param signal aborted, the command lets what it has begun come to its end */
  destroy(signal: AbortSignal): Promise<Outcome>;
  /** @param configFile in place of the stack's own file */
  up(signal: AbortSignal, configFile?: string): Promise<Outcome>;
  /**
   * What `up` would change.
   * @throws where it fails
   */
  preview(configFile?: string): Promise<Change[]>;
  /** Removes the stack's record. Its configuration stays. */
  remove(): Promise<void>;
}

/** The name of a resource in the program. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** The engine's own words on a command that failed. */
export function wordsOf({ failures, errors }: Extract<Outcome, { kind: "failed" }>): string {
  const said = failures.map(
    ({ operation, type, urn, messages }) =>
      `${nameOf(urn)} (${type}), ${operation}: ${messages.join("\n") || "failed without a message"}`,
  );
  return [...said, ...errors].join("\n");
}
