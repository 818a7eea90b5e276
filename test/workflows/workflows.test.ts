import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { actions, read, ROOT, steps, workflow, workflows } from "./workflow";

test("actionlint finds nothing", () => {
  // What else it would run depends on the machine.
  const args = ["-shellcheck=", "-pyflakes=", "-no-color"];
  const { status, stdout, stderr } = spawnSync(process.env.ACTIONLINT ?? "", args, {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: "" });
});

test("actionlint would find something", () => {
  const wrong =
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: 'echo ${{ github.event.issue.title }}' }]\n";
  const { status, stdout } = spawnSync(
    process.env.ACTIONLINT ?? "",
    ["-shellcheck=", "-no-color", "-"],
    {
      cwd: ROOT,
      encoding: "utf8",
      input: wrong,
    },
  );
  expect(status).toBe(1);
  expect(stdout).toContain('"github.event.issue.title" is potentially untrusted');
});

test("every action is pinned to a commit, the same everywhere, with its version beside it", () => {
  const lines = [...workflows, ...actions].flatMap(({ text }) =>
    text.split("\n").filter((line) => /\buses: /.test(line) && !line.includes("uses: ./")),
  );
  const pinned = /uses: ([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/;
  expect(lines.filter((line) => !pinned.test(line))).toEqual([]);
  const pins = new Set(lines.map((line) => line.replace(/.*uses: /, "")));
  const names = [...pins].map((pin) => pin.split("@")[0]);
  expect(names).toEqual([...new Set(names)]);
});

test("a local action exists", () => {
  const local = steps().flatMap(([, { uses }]) => (uses?.startsWith("./") ? [uses] : []));
  expect(local.filter((uses) => !fs.existsSync(path.join(ROOT, uses, "action.yml")))).toEqual([]);
  expect(new Set(local).size).toBe(actions.length);
});

test("a workflow may read the repository at most; a job that may do more is listed here", () => {
  const top = workflows.map(({ name, permissions }) => [name, permissions]);
  expect(Object.fromEntries(top)).toEqual({
    ...Object.fromEntries(workflows.map(({ name }) => [name, { contents: "read" }])),
    "comment.yml": {},
  });
  const more = workflows.flatMap(({ name, jobs }) =>
    Object.entries(jobs).flatMap(([job, { permissions }]) =>
      permissions ? [[`${name} ${job}`, permissions]] : [],
    ),
  );
  const login = { contents: "read", "id-token": "write" };
  expect(Object.fromEntries(more)).toEqual({
    "comment.yml comment": { actions: "read", contents: "read", "pull-requests": "write" },
    "deploy.yml dev": login,
    "deploy.yml prod": login,
    "drift.yml drift": { ...login, issues: "write" },
    "facts.yml age": { contents: "read", issues: "write" },
    "policies.yml state": login,
    "preview.yml preview": login,
  });
});

test("no checkout leaves the token behind, and what may write never checks a pull request out", () => {
  const checkouts = steps().filter(([, { uses }]) => uses?.startsWith("actions/checkout@"));
  expect(checkouts.filter(([, step]) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  expect(checkouts.filter(([, step]) => "ref" in (step.with ?? {}))).toEqual([]);
  expect(workflows.filter(({ on }) => on && "pull_request_target" in on)).toEqual([]);
});

test("no value of an event or a variable is in a shell line: it would be code", () => {
  const inserted = steps().flatMap(([where, { run = "" }]) =>
    [...run.matchAll(/\$\{\{\s*([\w.]+)/g)].map(([, value]) => `${where}: ${value}`),
  );
  expect(inserted.filter((each) => !each.includes(": matrix."))).toEqual([]);
});

test("every command that a step runs exists", () => {
  const runs = steps().flatMap(([, { run }]) => run ?? []);
  const all = (pattern: RegExp) =>
    [
      ...new Set(runs.flatMap((run) => [...run.matchAll(pattern)].map(([, name]) => name ?? ""))),
    ].sort();
  const targets = [...read("Makefile").matchAll(/^([\w-]+):/gm)].map(([, name]) => name);
  const made = all(/\bmake (?:-s )?([\w-]+)/g);
  expect(made).toEqual(["facts", "picture", "policies", "rehearse", "rollout", "test"]);
  expect(made.filter((target) => !targets.includes(target))).toEqual([]);
  const commands = all(/operations\/start\.mjs (\w+)/g);
  expect(commands).toEqual(["comment", "drift", "review", "settings"]);
  expect(
    commands.filter((name) => !fs.existsSync(path.join(ROOT, "operations", name, "main.ts"))),
  ).toEqual([]);
});

test("two deployments of a stack never overlap, and none is stopped on its way", () => {
  const { jobs } = workflow("deploy.yml");
  expect(
    Object.values(jobs).map(({ environment, env, concurrency }) => [
      environment,
      env?.STACK,
      concurrency,
    ]),
  ).toEqual(
    ["dev", "prod"].map((stack) => [
      stack,
      stack,
      { group: `deploy-${stack}`, "cancel-in-progress": false },
    ]),
  );
});

test("docs/pull-requests.md names every variable, secret and environment of the workflows", () => {
  const page = read("docs/pull-requests.md");
  const used = [...workflows, ...actions].flatMap(({ text }) =>
    [...text.matchAll(/\b(?:vars|secrets)\.(\w+)/g)].map(([, name]) => name ?? ""),
  );
  const names = [...new Set([...used, ...workflows.map(({ name }) => name)])];
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
