import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { deserialize, serialize } from "node:v8";

/** Where `make test` lets its workers keep results for each other; jest alone has no such place. */
const DIRECTORY = process.env.SHARED_RESULTS;

/** What was made for the same key by any test file of this run; each caller gets a copy of its own. */
export async function sharedResult<T>(key: unknown, make: () => Promise<T>): Promise<T> {
  if (DIRECTORY === undefined) return make();
  const file = path.join(DIRECTORY, createHash("sha256").update(serialize(key)).digest("hex"));
  if (fs.existsSync(file)) return deserialize(fs.readFileSync(file)) as T;
  const made = await make();
  const own = `${file}-${process.pid}`;
  fs.writeFileSync(own, serialize(made));
  fs.renameSync(own, file);
  return made;
}
