import type { Outcome, Question } from "../question";
import type { Verdict } from "../verdict";

/** One question to one address of the gateway, and what its answer must be. */
export interface Check {
  /** In the first column. */
  name: string;
  /** What is asked, in a line. */
  asks: string;
  question: Question;
  judge(outcome: Outcome): Verdict;
}

/** A check that cannot be asked of this gateway. */
export interface SkippedCheck {
  name: string;
  asks: string;
  /** Why not. */
  why: string;
}

export function isSkipped(check: Check | SkippedCheck): check is SkippedCheck {
  return "why" in check;
}
