import { CannotSay } from "../support/commandExit";
import { textFile } from "../support/textFile";

import { jsonOf } from "./question";

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
  const value = jsonOf({ text });
  if (value !== undefined) return value;
  throw new CannotSay(
    `${file} is not a JSON object; write it with \`pulumi stack output --json\`.`,
  );
}
