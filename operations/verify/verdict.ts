/** What a check concludes from an answer. */
export type Verdict =
  | { status: "ok"; came: string }
  /** @param why what was expected, the likely cause, and what to run next; one sentence */
  | { status: "failed"; came: string; why: string }
  /** Nothing was asked. */
  | { status: "skipped"; came: string };

export function ok(came: string): Verdict {
  return { status: "ok", came };
}

/** @param cause likely cause and what to run next */
export function failed(came: string, expected: string, cause: string): Verdict {
  return { status: "failed", came, why: `expected ${expected}: ${cause}` };
}

export function skipped(why: string): Verdict {
  return { status: "skipped", came: why };
}
