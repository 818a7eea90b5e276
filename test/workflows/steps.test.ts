import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { recorded } from "../operations/eventLog/recorded";
import { FakeGitHub } from "../operations/github/fakeGitHub";

import { ROOT, type Step, workflow } from "./workflow";

/** What a step finds of the checkout: its own files go beside it. */
const CHECKOUT = [
  "operations",
  "node_modules",
  "policy-pack",
  "Pulumi.dev.yaml",
  "Pulumi.prod.yaml",
];

let fake: FakeGitHub;
let directory: string;
beforeEach(async () => {
  fake = await FakeGitHub.start();
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "steps-"));
  for (const name of CHECKOUT) fs.symlinkSync(path.join(ROOT, name), path.join(directory, name));
});
afterEach(async () => {
  await fake.stop();
  fs.rmSync(directory, { recursive: true });
});

/** The step of a workflow whose shell line has a text. */
function step(name: string, text: string): Step {
  const all = Object.values(workflow(name).jobs).flatMap(({ steps }) => steps);
  const found = all.find(({ run }) => run?.includes(text));
  if (!found) throw new Error(`${name} runs no ${text}`);
  return found;
}

/** Runs the shell line of a step as GitHub does. */
async function run({ run: line = "" }: Step, env: Record<string, string> = {}) {
  const job = {
    PATH: process.env.PATH ?? "",
    GITHUB_API_URL: fake.url,
    GITHUB_REPOSITORY: "o/r",
    GITHUB_TOKEN: "secret",
    GITHUB_STEP_SUMMARY: path.join(directory, "summary.md"),
    GITHUB_OUTPUT: path.join(directory, "output"),
    ...env,
  };
  const child = spawn("bash", ["--norc", "-e", "-c", line], {
    cwd: directory,
    env: job,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  }
  const [status] = (await once(child, "close")) as [number];
  return { status, said: said.trim() };
}

function file(name: string): string {
  return fs.readFileSync(path.join(directory, name), "utf8");
}

function keep(log: string, name: string): void {
  fs.mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
  fs.copyFileSync(recorded(log), path.join(directory, name));
}

const REVIEW = "node operations/start.mjs review";
const COMMENT = "node operations/start.mjs comment";
const DRIFT = "node operations/start.mjs drift";
const HEAD = { HEAD_REPOSITORY: "o/r", HEAD_SHA: "abc123" };

test("a fork's preview is uploaded by one workflow, and posted by another, in one comment that is edited", async () => {
  const artifact = path.join(directory, "previews", "preview-dev");
  keep("first-preview", "preview/events.jsonl");
  const env = { STACK: "dev", NUMBER: "7", EMULATED: "true" };
  expect(await run(step("preview.yml", "preview.json"), env)).toEqual({ status: 0, said: "" });
  expect(await run(step("preview.yml", REVIEW), env)).toEqual({ status: 0, said: "" });
  expect(file("summary.md")).toContain("## `dev`: 108 to create");

  fs.cpSync(path.join(directory, "preview"), artifact, { recursive: true });
  fake.head = { sha: "abc123", repo: { full_name: "fork/r" } };
  const head = { ...HEAD, HEAD_REPOSITORY: "fork/r" };
  const post = step("comment.yml", COMMENT);
  expect(await run(post, head)).toEqual({
    status: 0,
    said: "Posted the preview of stack dev on pull request 7 of o/r.",
  });
  expect(fake.comments[0]?.body).toContain(
    "Preview of `abc123`.\n\nPreviewed without credentials,",
  );
  // A fork may claim to have previewed the stack that runs.
  const claim = { stack: "dev", pullRequest: 7, emulated: false };
  fs.writeFileSync(path.join(artifact, "preview.json"), JSON.stringify(claim));
  expect((await run(post, head)).said).toBe(
    "The preview of stack dev on pull request 7 of o/r is up to date.",
  );
  const forged = path.join(directory, "previews", "preview-prod");
  fs.cpSync(artifact, forged, { recursive: true });
  fs.writeFileSync(
    path.join(forged, "preview.json"),
    JSON.stringify({ ...claim, stack: "prod", pullRequest: 8 }),
  );
  expect(await run(post, head)).toEqual({
    status: 2,
    said: [
      "The preview of stack dev on pull request 7 of o/r is up to date.",
      'GitHub answered 404 "Not Found" about pull request 8 of o/r: it does not exist, or the token may not see it.',
    ].join("\n"),
  });
  fs.rmSync(forged, { recursive: true });
  fs.truncateSync(path.join(artifact, "events.jsonl"), 1000);
  expect((await run(post, head)).said).toBe(
    "Updated the preview of stack dev on pull request 7 of o/r.",
  );
  expect(fake.comments).toHaveLength(1);
  expect(fake.comments[0]?.body).toContain("## `dev`: no preview\n");
});

test.each([
  ["refused", 1, ""],
  [
    "none",
    2,
    "preview/events.jsonl has no event: `pulumi` failed before its engine began; its own output says why.",
  ],
])("the review of %s exits with %i", async (log, status, said) => {
  if (log !== "none") keep(log, "preview/events.jsonl");
  expect(await run(step("preview.yml", REVIEW), { STACK: "dev" })).toEqual({ status, said });
  expect(file("summary.md")).toMatch(/^<!-- inference-gateway:dev -->\n## `dev`: /);
});

test("drift opens an issue, an expired token leaves it open, and no drift closes it", async () => {
  const look = step("drift.yml", DRIFT);
  keep("drift", "events.jsonl");
  expect(await run(look)).toEqual({
    status: 1,
    said: "Opened issue 4 about the drift of stack dev.",
  });
  keep("expired", "events.jsonl");
  const { status, said } = await run(look);
  expect([status, said.slice(0, 34)]).toEqual([2, "Google refused the credentials: si"]);
  expect(fake.issues[0]?.state).toBe("open");
  keep("changes", "events.jsonl");
  expect(await run(look)).toEqual({
    status: 2,
    said: "events.jsonl is not of `pulumi refresh --preview-only`.",
  });
  keep("no-drift", "events.jsonl");
  expect(await run(look)).toEqual({ status: 0, said: "Closed issue 4: stack dev has no drift." });
  expect(file("summary.md")).toContain("\nNothing in stack `dev` drifts.\n");
});

test("a job learns whether its repository has a cloud, and a mistake in a command is one sentence with its usage", async () => {
  const settings = { run: "node operations/start.mjs settings" };
  expect((await run(settings)).status).toBe(0);
  expect(file("output")).toBe("cloud=false\n");
  const { status, said } = await run({ run: "node operations/start.mjs comment x" });
  expect(status).toBe(2);
  expect(said).toBe(
    "Not set: HEAD_REPOSITORY and HEAD_SHA, of `github.event.workflow_run`: its head_repository.full_name and head_sha.",
  );
});
