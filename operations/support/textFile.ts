import * as fs from "node:fs";

import { CannotSay } from "./commandExit";

/**
 * Reads a file that a workflow may have got from a fork. A link is not followed: it may lead out of the folder.
 * @returns undefined if it does not exist
 * @throws CannotSay if it is larger than `mostBytes`, not a file, or unreadable
 */
export function textFile(file: string, mostBytes: number): string | undefined {
  try {
    const status = fs.lstatSync(file);
    if (!status.isFile()) throw new CannotSay(`${file} is not a file.`);
    if (status.size <= mostBytes) return fs.readFileSync(file, "utf8");
    throw new CannotSay(`${file} has ${status.size} bytes; allowed: at most ${mostBytes}.`);
  } catch (error) {
    if (error instanceof CannotSay) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new CannotSay(`${file} cannot be read: ${String(code)}.`);
  }
}
