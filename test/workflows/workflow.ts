import * as fs from "node:fs";
import * as path from "node:path";

import { load } from "js-yaml";

export const ROOT = path.resolve(__dirname, "../..");

export interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

export interface Job {
  permissions?: Record<string, string>;
  concurrency?: { group: string; "cancel-in-progress": boolean };
  environment?: string;
  env?: Record<string, string>;
  steps: Step[];
}

/** A workflow, or a composite action as one with a job. */
export interface Workflow {
  name: string;
  text: string;
  on?: Record<string, unknown>;
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}

/** All of `.github/workflows`. */
export const workflows: Workflow[] = filesIn(".github/workflows").map((file) => {
  const text = read(file);
  return { ...(load(text) as Omit<Workflow, "name" | "text">), name: path.basename(file), text };
});

/** All of `.github/actions`. */
export const actions: Workflow[] = filesIn(".github/actions").map((file) => {
  const text = read(file);
  const { runs } = load(text) as { runs: Job };
  return { name: file, text, jobs: { action: runs } };
});

export function workflow(name: string): Workflow {
  const found = workflows.find((each) => each.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

/** Every step of workflows and actions, with where it is. */
export function steps(): [string, Step][] {
  return [...workflows, ...actions].flatMap(({ name, jobs }) =>
    Object.entries(jobs).flatMap(([job, { steps: all }]) =>
      all.map((step): [string, Step] => [`${name} ${job}`, step]),
    ),
  );
}

function filesIn(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yml"))
    .map((file) => path.join(folder, file));
}

export function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), "utf8");
}
