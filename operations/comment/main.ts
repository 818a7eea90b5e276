import { GitHub } from "../github/client";
import { review } from "../review/preview";
import { argumentsOf } from "../support/arguments";
import { CannotSay } from "../support/commandExit";
import { run } from "../support/run";

import { artifactsIn, stacksIn } from "./artifact";
import { type Head, postComment } from "./post";

const USAGE = `usage: node operations/start.mjs comment <folder>

Writes the comment of each preview in <folder> on its pull request, from the checkout of a branch that is trusted.
Needs GITHUB_TOKEN, GITHUB_REPOSITORY, and the head of the workflow run: HEAD_REPOSITORY, HEAD_SHA.
Exits with 2 if one cannot be posted.`;

/** Posts the comments of the previews that a workflow has uploaded. */
void run(async () => {
  const [folder = ""] = argumentsOf(process.argv.slice(3), {}, 1, USAGE).positionals;
  const github = GitHub.of(process.env);
  const head = headOf(process.env);
  const fork = head.repository !== github.repository;
  const problems: string[] = [];
  for (const { stack, pullRequest: number, ...files } of artifactsIn(folder, stacksIn("."))) {
    const emulated = fork || files.emulated;
    try {
      const { comment } = review({ ...files, stack, emulated, commit: head.commit });
      console.log(await postComment(github, { number, stack, comment }, head));
    } catch (error) {
      // The other stacks get their comments all the same.
      if (!(error instanceof CannotSay)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new CannotSay([...new Set(problems)].join("\n"));
}, 2);

function headOf({ HEAD_REPOSITORY: repository, HEAD_SHA: commit }: NodeJS.ProcessEnv): Head {
  if (repository && commit) return { repository, commit };
  throw new CannotSay(
    "Not set: HEAD_REPOSITORY and HEAD_SHA, of `github.event.workflow_run`: its head_repository.full_name and head_sha.",
  );
}
