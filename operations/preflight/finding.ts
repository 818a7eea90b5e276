/** `unknown`: Google did not say; the finding names why. */
export type Status = "ok" | "problem" | "warning" | "unknown";

/** What a check found. */
export interface Finding {
  status: Status;
  /** One sentence or less. */
  found: string;
  /** The command, or the line of the stack file, that mends it. */
  mend?: string;
}

export function ok(found: string): Finding {
  return { status: "ok", found };
}

export function problem(found: string, mend?: string): Finding {
  return { status: "problem", found, mend };
}

export function warning(found: string, mend?: string): Finding {
  return { status: "warning", found, mend };
}

export function unknown(found: string, mend?: string): Finding {
  return { status: "unknown", found, mend };
}
