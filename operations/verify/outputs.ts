import { CannotSay } from "../support/commandExit";
import { textFile } from "../support/textFile";

type Outputs = Record<string, unknown>;

/** No stack's outputs are as long. */
const MOST_BYTES = 10_000_000;

/**
 * Outputs in a file, as `pulumi stack output --json` writes them.
 * @throws CannotSay if there is none, or it is not a JSON object
 */
export function outputsInFile(file: string): Outputs {
  const text = textFile(file, MOST_BYTES);
  if (text === undefined) throw new CannotSay(`There is no file ${file}.`);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Outputs;
  } catch {
    // The next line says it.
  }
  throw new CannotSay(
    `${file} is not a JSON object; write it with \`pulumi stack output --json\`.`,
  );
}
