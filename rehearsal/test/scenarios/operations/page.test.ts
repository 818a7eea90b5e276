import * as fs from "node:fs";
import * as path from "node:path";

import { course } from "../../../scenarios/operations/course";
import { PAGE, uncovered } from "../../../scenarios/operations/coverage";
import { onlyRead } from "../../../scenarios/operations/onlyRead";
import { readPage } from "../../../scenarios/operations/page";
import { inRehearsal, type Step } from "../../../scenarios/operations/step";

const ROOT = path.join(__dirname, "../../../..");
const page = fs.readFileSync(path.join(ROOT, PAGE), "utf8");
const steps = course("policy-pack");

test("the rehearsal runs each command of the page, and no other", () => {
  expect(uncovered(readPage(page), steps, onlyRead)).toEqual([]);
});

test("each step has the words that it replaces", () => {
  for (const step of steps) {
    const text = "edit" in step ? step.edit : step.command;
    expect(inRehearsal(text, step.words)).not.toMatch(/my-project(?!-dev)|\bprod\b/);
  }
});

test("each command shows more than its exit code, but for those whose effect the next one shows", () => {
  const blind = steps.flatMap((step) =>
    "command" in step && !step.says && !step.seen ? [step.command] : [],
  );
  expect(blind).toEqual([]);
});

test("README of the rehearsal lists what is only read", () => {
  const readme = fs.readFileSync(path.join(ROOT, "rehearsal/README.md"), "utf8");
  for (const { command, because } of onlyRead) {
    expect(readme).toContain(command.replaceAll("|", "\\|"));
    expect(readme).toContain(because);
  }
});

describe("a page", () => {
  const read = (text: string) => readPage(text.replaceAll("~~~", "```"));

  test("has the lines of its sh blocks without their comments, and each command once", () => {
    const text = "~~~sh\n# first\nmake a X=1   # prints\n\nKEY=1 pulumi up\n~~~\n`make a X=1`";
    expect(read(text)).toEqual({ commands: ["make a X=1", "KEY=1 pulumi up"], edits: [] });
  });

  test("has the commands in its text, also over the end of a line", () => {
    const text = "Run `pulumi\nup`, or `K8S=true kubectl get pods`, not `make` or `drained: []`.";
    expect(read(text).commands).toEqual(["pulumi up", "K8S=true kubectl get pods"]);
  });

  test("has what a yaml block has, and not what a command prints", () => {
    const text = "~~~yaml\na: 1\nb: 2\n~~~\n~~~\ngcloud compute networks list\n~~~";
    expect(read(text)).toEqual({ commands: [], edits: ["a: 1\nb: 2"] });
  });
});

describe("a difference between page and rehearsal is named", () => {
  const some = { commands: ["pulumi up"], edits: ["drained: [a]"] };
  const its: Step[] = [{ command: "pulumi up" }, { edit: "drained: [a]" }];

  test.each<[string, Parameters<typeof uncovered>, string]>([
    [
      "a command more on the page",
      [{ ...some, commands: ["pulumi up", "pulumi down"] }, its, []],
      `${PAGE} has a command that no rehearsal runs: pulumi down`,
    ],
    [
      "a command less on the page",
      [{ ...some, commands: [] }, its, []],
      `the rehearsal runs a command that ${PAGE} does not have: pulumi up`,
    ],
    [
      "another edit on the page",
      [some, its.slice(0, 1), []],
      `${PAGE} has an edit that no rehearsal makes:\ndrained: [a]`,
    ],
    [
      "an edit less on the page",
      [{ ...some, edits: [] }, its, []],
      `the rehearsal makes an edit that ${PAGE} does not have:\ndrained: [a]`,
    ],
    [
      "a command that is only read, and gone",
      [some, its, [{ command: "npm ci", because: "it installs" }]],
      `a command is only read, and ${PAGE} does not have it: npm ci`,
    ],
    [
      "a command that is only read, and run",
      [some, its, [{ command: "pulumi up", because: "it takes long" }]],
      "a command is only read, and the rehearsal runs it: pulumi up",
    ],
  ])("%s", (_, given, problem) => {
    expect(uncovered(...given)).toEqual([problem]);
  });
});

test("a step that replaces a word which its command does not have is refused", () => {
  expect(() => inRehearsal("pulumi up", { "<it>": "that" })).toThrow(
    "`pulumi up` does not have <it>",
  );
});
