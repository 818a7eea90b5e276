// Not the whole of automation: commands that start no engine begin in a third of the time.
import { CommandError } from "@pulumi/pulumi/automation/errors";

import { CommandExit } from "./commandExit";

/**
 * Runs a command to its end: exits 0 when it is done, otherwise with the code of its `CommandExit`: 1 when it is refused
 * or fails, 2 when it could not ask, 130 when it was interrupted.
 * @param failed the code for an error of this program: 2 for a command whose 1 is a bad result
 */
export async function run(command: () => Promise<void>, failed = 1): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(wordsFor(error));
    process.exitCode = error instanceof CommandExit ? error.exitCode : failed;
  }
}

/** The message for the user: a stack trace only for an error of this program. */
function wordsFor(error: unknown): unknown {
  if (error instanceof CommandExit) return error.message;
  if (error instanceof CommandError) return engineWords(error.message);
  // It then names lines of TypeScript. To map every stack would take longer: the SDK takes one of each promise.
  process.setSourceMapsEnabled(true);
  return error;
}

/** The Automation API wraps what `pulumi` said: `stderr: <command>\n<words>\n err?: <all again>`. */
export function engineWords(message: string): string {
  const [, words = message] = /^ stderr: .*\n([\s\S]*?)\n err\?:/m.exec(message) ?? [];
  return words.trim();
}
