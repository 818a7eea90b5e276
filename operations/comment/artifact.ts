import * as fs from "node:fs";
import * as path from "node:path";

import { z } from "zod";

import { short } from "../eventLog/outcome";
import { CannotSay } from "../support/commandExit";
import { textFile } from "../support/textFile";

/** What a workflow says of the preview that it has uploaded. The file is a fork's: nothing in it is trusted. */
const preview = z.strictObject({
  stack: z.string().regex(/^[a-z0-9-]{1,50}$/),
  pullRequest: z.int().min(1),
  emulated: z.boolean(),
});

/** A preview as a workflow has uploaded it. */
export interface Artifact extends z.infer<typeof preview> {
  events: string;
  diff: string;
}

/**
 * The previews in a folder, one folder each with `preview.json`, `events.jsonl` and `diff.txt`.
 * @param stacks that the repository has
 * @throws CannotSay if there is none, or one says something else than it may
 */
export function artifactsIn(folder: string, stacks: readonly string[]): Artifact[] {
  const folders = fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : [];
  const artifacts = folders
    .filter((each) => each.isDirectory())
    .map(({ name }) => artifactIn(path.join(folder, name), stacks));
  if (artifacts.length > 0) return artifacts;
  throw new CannotSay(`${folder} has no preview: the preview's job has uploaded none.`);
}

function artifactIn(folder: string, stacks: readonly string[]): Artifact {
  const file = path.join(folder, "preview.json");
  const { data, error } = preview.safeParse(json(file));
  if (!data) {
    const { path: where, message } = error.issues[0] ?? { path: [], message: "" };
    throw new CannotSay(`${file}: ${[...where, message].join(": ")}`);
  }
  if (!stacks.includes(data.stack)) {
    throw new CannotSay(`${file}: got stack "${data.stack}"; allowed: ${stacks.join(", ")}`);
  }
  return {
    ...data,
    events: path.join(folder, "events.jsonl"),
    diff: path.join(folder, "diff.txt"),
  };
}

function json(file: string): unknown {
  const text = textFile(file, 1000);
  if (text === undefined) throw new CannotSay(`${file} does not exist.`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CannotSay(`${file} is not JSON: ${short(text)}`);
  }
}

/** Stacks with a file in a directory. */
export function stacksIn(directory: string): string[] {
  return fs
    .readdirSync(directory)
    .flatMap((name) => /^Pulumi\.([\w-]+)\.yaml$/.exec(name)?.[1] ?? []);
}
