import { z } from "zod";

import { type GitHub } from "../github/client";
import { findMarked } from "../github/marked";
import { markerOf } from "../review/comment";
import { CannotSay } from "../support/commandExit";

/** The head of the pull request that a workflow ran for, as GitHub says it and no file. */
export interface Head {
  /** `owner/name`; a fork's differs from the repository's. */
  repository: string;
  commit: string;
}

const pullRequest = z.object({
  head: z.object({ sha: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
});

const PERMISSION = "pull-requests: write";

/**
 * Writes the comment of a stack on a pull request: into the one that is there, or else a new one.
 * @param comment as `review` makes it
 * @returns what was done, in one sentence
 * @throws CannotSay if GitHub refuses, or the number is that of another's pull request
 */
export async function postComment(
  github: GitHub,
  { number, stack, comment }: { number: number; stack: string; comment: string },
  head: Head,
): Promise<string> {
  const what = `pull request ${number}`;
  const where = `${what} of ${github.repository}`;
  const { data } = pullRequest.safeParse(await github.get(`pulls/${number}`, what));
  const repository = data?.head.repo?.full_name;
  if (repository !== head.repository) {
    throw new CannotSay(
      `The preview is of ${head.repository}, but ${where} is of ${repository ?? "a deleted repository"}: nothing was posted.`,
    );
  }
  if (data?.head.sha !== head.commit) {
    return `The preview is of commit ${head.commit}, but ${where} has moved to ${data?.head.sha ?? ""}, which gets its own: nothing was posted.`;
  }
  const comments = `issues/${number}/comments`;
  const list = `the comments of ${what}`;
  const old = await findMarked(github, comments, list, markerOf(stack));
  if (!old) {
    await github.send("POST", comments, { body: comment }, list, PERMISSION);
    return `Posted the preview of stack ${stack} on ${where}.`;
  }
  if (old.body === comment) return `The preview of stack ${stack} on ${where} is up to date.`;
  const one = `the comment of stack ${stack} on ${what}`;
  await github.send("PATCH", `issues/comments/${old.id}`, { body: comment }, one, PERMISSION);
  return `Updated the preview of stack ${stack} on ${where}.`;
}
