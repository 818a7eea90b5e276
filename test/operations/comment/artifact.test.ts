import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { artifactsIn, stacksIn } from "../../../operations/comment/artifact";

const GOOD = { stack: "dev", pullRequest: 7, emulated: false };

function folderOf(files: Record<string, string>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "previews-"));
  fs.mkdirSync(path.join(folder, "preview-dev"));
  for (const [name, text] of Object.entries(files)) {
    fs.writeFileSync(path.join(folder, "preview-dev", name), text);
  }
  return folder;
}

test("each folder is a preview", () => {
  const folder = folderOf({ "preview.json": JSON.stringify(GOOD) });
  expect(artifactsIn(folder, ["dev", "prod"])).toEqual([
    {
      ...GOOD,
      events: path.join(folder, "preview-dev", "events.jsonl"),
      diff: path.join(folder, "preview-dev", "diff.txt"),
    },
  ]);
});

test.each<[string, Record<string, string>, string]>([
  ["nothing", {}, "preview.json does not exist."],
  ["half of a file", { "preview.json": '{"stack"' }, 'preview.json is not JSON: {"stack"'],
  [
    "no number",
    { "preview.json": JSON.stringify({ ...GOOD, pullRequest: "7; rm -rf /" }) },
    "preview.json: pullRequest: Invalid input: expected number, received string",
  ],
  [
    "a negative number",
    { "preview.json": JSON.stringify({ ...GOOD, pullRequest: -1 }) },
    "preview.json: pullRequest: Too small: expected number to be >=1",
  ],
  [
    "a path",
    { "preview.json": JSON.stringify({ ...GOOD, stack: "../x" }) },
    "preview.json: stack: Invalid string: must match pattern /^[a-z0-9-]{1,50}$/",
  ],
  [
    "an unknown stack",
    { "preview.json": JSON.stringify({ ...GOOD, stack: "test" }) },
    'preview.json: got stack "test"; allowed: dev, prod',
  ],
  [
    "another key",
    { "preview.json": JSON.stringify({ ...GOOD, token: "x" }) },
    'preview.json: Unrecognized key: "token"',
  ],
  [
    "a large file",
    { "preview.json": " ".repeat(1001) },
    "preview.json has 1001 bytes; allowed: at most 1000.",
  ],
])("an artifact with %s is refused", (_, files, message) => {
  expect(() => artifactsIn(folderOf(files), ["dev", "prod"])).toThrow(message);
});

test("a folder without previews is refused", () => {
  expect(() => artifactsIn("/nowhere", ["dev"])).toThrow(
    "/nowhere has no preview: the preview's job has uploaded none.",
  );
});

test("the stacks are those with a file", () => {
  expect(stacksIn(path.join(__dirname, "../../.."))).toEqual(
    expect.arrayContaining(["dev", "prod"]),
  );
});
