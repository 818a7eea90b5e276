import * as fs from "node:fs/promises";

/** What Go's linker writes before the versions of all modules: package `debug/buildinfo`. */
const MAGIC = Buffer.from("\xff Go buildinf:", "latin1");

/**
 * The version of a Go module that is linked into a program, be it the program's own or one of those it needs.
 * @returns undefined where it was built without a version, from a checkout, or by something else than Go
 */
export async function linkedVersion(file: string, modulePath: string): Promise<string | undefined> {
  const content = await fs.readFile(file).catch(() => Buffer.alloc(0));
  // A program that reads this of others holds the words among its texts, too.
  for (let at = content.indexOf(MAGIC); at >= 0; at = content.indexOf(MAGIC, at + 1)) {
    const text = content.toString("latin1", at, at + LONGEST);
    const version = lineOf(modulePath).exec(text)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** Bytes; kube-apiserver's versions take 14,000. */
const LONGEST = 100_000;

/** `mod` is the program's own module, `dep` one that it needs. */
function lineOf(modulePath: string): RegExp {
  const literal = modulePath.replace(/[.]/g, "\\.");
  return new RegExp(`^(?:mod|dep)\t${literal}\tv(\\d+\\.\\d+\\.\\d+)(?:\t|$)`, "m");
}
