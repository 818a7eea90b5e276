import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** A log that the engine wrote: fixtures/README.md. */
export function recorded(name: string): string {
  return path.join(__dirname, "fixtures", `${name}.jsonl`);
}

/** The same with other lines, as a file. */
export function altered(name: string, alter: (lines: string[]) => string[]): string {
  const lines = fs.readFileSync(recorded(name), "utf8").trimEnd().split("\n");
  return written(alter(lines).join("\n"));
}

export function written(text: string, name = "events.jsonl"): string {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "events-")), name);
  fs.writeFileSync(file, text);
  return file;
}
