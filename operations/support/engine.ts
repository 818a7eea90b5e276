/** An operation on a resource that failed. */
export interface Failure {
  /** The engine's word: `delete`, `update`, ... */
  operation: string;
  /** Type token, such as `gcp:gkehub/feature:Feature`. */
  type: string;
  urn: string;
  /** Messages of provider and engine about the resource. */
  messages: string[];
}

/** How a command of the engine ended. */
export type Outcome =
  | { kind: "done" }
  /** It got a signal to stop and finished the operations in progress. */
  | { kind: "interrupted" }
  /** Another command holds the stack, or one that was killed left its lock. @param said names the holder */
  | { kind: "locked"; said: string }
  /** @param errors the engine's messages besides the failures of resources */
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

/** The engine's record of a stack. */
export interface State {
  resources: StateResource[];
  /** Operations that a killed command had in progress. @param type `creating`, `updating`, `deleting`, ... */
  pending: { type: string; urn: string }[];
}

/** A value of a stack's configuration. */
export interface ConfigValue {
  /** Text, or JSON for a structured value. */
  value: string;
  /** Whether the stack file holds it encrypted. */
  secret?: boolean;
}

/** The part of the Pulumi engine that operations need, for one stack. */
export interface Engine {
  /** The stack's name. */
  readonly stack: string;
  state(): Promise<State>;
  /** Values of the stack's outputs. */
  outputs(): Promise<Record<string, unknown>>;
  /** The configuration that a program would get. */
  config(): Promise<Record<string, ConfigValue>>;
  /** @param signal aborted, the command finishes the operations in progress and stops */
  destroy(signal: AbortSignal): Promise<Outcome>;
  /** @param configFile in place of the stack's own file */
  up(signal: AbortSignal, configFile?: string): Promise<Outcome>;
  /**
   * Resources that `up` would change.
   * @throws if it fails
   */
  preview(configFile?: string): Promise<Change[]>;
  /** Removes the stack's record. Its configuration stays. */
  remove(): Promise<void>;
}

/** The name of a resource in the program. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** The engine's messages about a failed command. */
export function wordsOf({ failures, errors }: Extract<Outcome, { kind: "failed" }>): string {
  const said = failures.map(
    ({ operation, type, urn, messages }) =>
      `${nameOf(urn)} (${type}), ${operation}: ${messages.join("\n") || "failed without a message"}`,
  );
  return [...said, ...errors].join("\n");
}
