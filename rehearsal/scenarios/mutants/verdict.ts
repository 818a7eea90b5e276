import type { Mutant } from "./mutate";

/** Who catches a mutant. */
export interface Verdict {
  stack: string;
  mutant: Mutant;
  by: "policy" | "api" | "explanation" | "production" | "nobody";
  /** Names of policies, what an API says, or why it may live. */
  what: string[];
}

export function idOfVerdict({ stack, mutant }: Verdict): string {
  return `${stack}: ${mutant.name}`;
}
