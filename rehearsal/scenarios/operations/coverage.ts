import type { Page } from "./page";
import type { OnlyRead, Step } from "./step";

/** Path of the page, from the checkout. */
export const PAGE = "docs/operations.md";

/** What the page has and no step makes, and the other way round: one line each. */
export function uncovered(
  { commands, edits }: Page,
  steps: readonly Step[],
  onlyRead: readonly OnlyRead[],
): string[] {
  const typed = steps.flatMap((step) => ("command" in step ? [step.command] : []));
  const made = steps.flatMap((step) => ("edit" in step ? [step.edit] : []));
  const read = onlyRead.map(({ command }) => command);
  const lacking = (all: readonly string[], some: readonly string[]) =>
    [...new Set(all)].filter((each) => !some.includes(each));
  return [
    ...lacking(commands, [...typed, ...read]).map(
      (command) => `${PAGE} has a command that no rehearsal runs: ${command}`,
    ),
    ...lacking(edits, made).map((edit) => `${PAGE} has an edit that no rehearsal makes:\n${edit}`),
    ...lacking(typed, commands).map(
      (command) => `the rehearsal runs a command that ${PAGE} does not have: ${command}`,
    ),
    ...lacking(made, edits).map(
      (edit) => `the rehearsal makes an edit that ${PAGE} does not have:\n${edit}`,
    ),
    ...lacking(read, commands).map(
      (command) => `a command is only read, and ${PAGE} does not have it: ${command}`,
    ),
    ...read
      .filter((command) => typed.includes(command))
      .map((command) => `a command is only read, and the rehearsal runs it: ${command}`),
  ];
}
