import * as fs from "node:fs/promises";

/** Writes a file that only its owner may read. */
export async function writePrivate(file: string, content: string): Promise<void> {
  await fs.writeFile(file, content, { mode: 0o600 });
}

/** The last lines of a text file; empty where there is none. */
export async function lastLines(file: string, count: number): Promise<string[]> {
  const text = await fs.readFile(file, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-count);
}
