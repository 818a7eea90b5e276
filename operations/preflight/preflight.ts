import { checks } from "./checks";
import type { Check } from "./checks/check";
import type { Finding } from "./finding";
import { type Gate, type GateArgs, openGate } from "./gate";
import { answered } from "./notAsked";
import type { Report } from "./report";
import type { Target } from "./target";

/** A target before its project was asked about. */
export type Candidate = Omit<Target, keyof Gate> & GateArgs;

/**
 * Asks everything about the project that a stack's `pulumi up` depends on, and changes nothing.
 * @throws CannotSay if nothing can be asked
 */
export async function preflight(
  candidate: Candidate,
  chosen: readonly Check[] = checks,
): Promise<Report> {
  const { rows, ...gate } = await openGate(candidate);
  const target: Target = { ...candidate, ...gate };
  const answers = await Promise.all(
    chosen.map(async (check) => {
      const findings = await answered(target, () => check.ask(target));
      return eachOnce(findings).map((finding) => ({
        check: check.name,
        asked: check.asks,
        ...finding,
      }));
    }),
  );
  return { stack: target.stack, project: target.project, rows: [...rows, ...answers.flat()] };
}

/** One reason may keep several questions of a check from an answer: the report has it once. */
function eachOnce(findings: Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
