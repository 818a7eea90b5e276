/** `unknown`: Google did not say; the finding names why. */
export type Status = "ok" | "problem" | "warning" | "unknown";

/** What a check found. */
export interface Finding {
  status: Status;
  /** One sentence or less. */
  found: string;
  /** The command, or the line of the stack file, that fixes it. */
  fix?: string;
}

export function ok(found: string): Finding {
  return { status: "ok", found };
}

export function problem(found: string, fix?: string): Finding {
  return { status: "problem", found, fix };
}

export function warning(found: string, fix?: string): Finding {
  return { status: "warning", found, fix };
}

export function unknown(found: string, fix?: string): Finding {
  return { status: "unknown", found, fix };
}
