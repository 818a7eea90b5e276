import type { Edit, EngineEdit } from "./edit";

/** A named edit of the program's stack, and who must notice it. */
export interface Alteration {
  name: string;
  /** @default "dev" */
  stack?: "dev" | "prod";
  /** In their order. */
  edits: readonly Edit[];
  /** What the pack says in the preview. @default none of its policies catches it, or several do */
  policy?: ExpectedPolicy;
  /** What happens without the pack. @default no drill shows it */
  cloud?: ExpectedFailure;
}

/** The policy that catches an alteration, and no other does. */
export interface ExpectedPolicy {
  name: string;
  /**
   * It needs a preview of its own: together with other alterations, this policy may be silent or others may report
   * more.
   * @default false
   */
  alone?: boolean;
  /** Every message there is then, in the order of the resources. */
  says: readonly ExpectedMessage[];
}

export interface ExpectedMessage {
  /** Name of the resource that it is about. */
  resource: string;
  /** @default "mandatory" */
  level?: "mandatory" | "advisory";
  message: string;
}

/** The step of a drill that an alteration makes fail. */
export interface ExpectedFailure {
  /** An edit that only an engine can make, or that makes the failure come sooner. */
  edits?: readonly EngineEdit[];
  /** Merged over the stack file's configuration. */
  settings?: Readonly<Record<string, unknown>>;
  /**
   * `again` is the next `up`, which should find nothing to change; `fields` compares the registered with the stored
   * fields.
   */
  fails: "up" | "again" | "verify" | "fields";
  /** The step's error, or the cloud's own diagnosis. */
  says: RegExp;
}

/** An alteration that a policy catches. */
export type PolicedAlteration = Alteration & { policy: ExpectedPolicy };

export function isPoliced(alteration: Alteration): alteration is PolicedAlteration {
  return alteration.policy !== undefined;
}

/** One message of a policy, as the engine reports it. */
export interface PolicyMessage {
  policy: string;
  level: string;
  /** The resource's name; the stack's if it is about the stack. */
  resource: string;
  /** Without the policy's description. */
  message: string;
}

/** Every message that the pack has of the altered stack. */
export function messagesOf({ policy }: PolicedAlteration): PolicyMessage[] {
  return policy.says.map(({ resource, level = "mandatory", message }) => {
    return { policy: policy.name, level, resource, message };
  });
}
