import { z } from "zod";

import type { GitHub } from "../github/client";
import { findMarked } from "../github/marked";

import type { Found } from "./drift";
import { markerOf, reportOf, titleOf } from "./report";

const PERMISSION = "issues: write";
const made = z.object({ number: z.number() });

/**
 * Keeps one issue for a stack: opened at the first drift, written anew while there is some, closed when there is none.
 * @returns what was done, in one sentence
 */
export async function keepIssue(github: GitHub, stack: string, found: Found): Promise<string> {
  const list = "issues?state=open&sort=created&direction=asc";
  const old = await findMarked(github, list, "the open issues", markerOf(stack));
  const body = reportOf(stack, found);
  const drifts = found.drifts.length > 0;
  if (!old) {
    if (!drifts) return `Stack ${stack} has no drift, and no open issue about it.`;
    const title = titleOf(stack);
    const answer = await github.send("POST", "issues", { title, body }, "the issues", PERMISSION);
    return `Opened issue ${made.safeParse(answer).data?.number ?? ""} about the drift of stack ${stack}.`;
  }
  const path = `issues/${old.number ?? ""}`;
  const what = `issue ${old.number ?? ""}`;
  if (drifts) {
    if (old.body === body) return `Issue ${old.number ?? ""} says what drifts in stack ${stack}.`;
    await github.send("PATCH", path, { body }, what, PERMISSION);
    return `Updated issue ${old.number ?? ""} about the drift of stack ${stack}.`;
  }
  const text = `Nothing in stack ${stack} drifts any more.`;
  await github.send("POST", `${path}/comments`, { body: text }, what, PERMISSION);
  await github.send(
    "PATCH",
    path,
    { state: "closed", state_reason: "completed" },
    what,
    PERMISSION,
  );
  return `Closed issue ${old.number ?? ""}: stack ${stack} has no drift.`;
}
