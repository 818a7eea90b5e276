import * as fs from "node:fs";
import * as path from "node:path";

import { linkedVersion } from "../../toolchain/buildInfo";
import { Sandbox } from "./support";

const MAGIC = "\xff Go buildinf:";
const MODULE = "example.com/tool.v2";

let sandbox: Sandbox;
beforeEach(() => (sandbox = new Sandbox()));
afterEach(() => sandbox.remove());

function program(...chunks: string[]): string {
  const file = path.join(sandbox.root, "program");
  fs.writeFileSync(file, chunks.join(""), "latin1");
  return file;
}

const lines = (...each: string[]) => ["", ...each, ""].join("\n");

test.each([
  ["of the program's own module", `mod\t${MODULE}\tv1.2.3\t`, "1.2.3"],
  ["of a module that it needs", `dep\t${MODULE}\tv1.2.3\th1:x=`, "1.2.3"],
  ["without a sum", `mod\t${MODULE}\tv1.2.3`, "1.2.3"],
  ["of a build from a checkout", `mod\t${MODULE}\t(devel)\t`, undefined],
  ["of a version before a release", `mod\t${MODULE}\tv1.2.3-rc.1\t`, undefined],
  ["of a longer path", `dep\t${MODULE}/sub\tv1.2.3\th1:x=`, undefined],
  ["of a path that only looks alike", "dep\texample.com/toolxv2\tv1.2.3\th1:x=", undefined],
  ["of what replaces a module", `=>\t${MODULE}\tv1.2.3\th1:x=`, undefined],
])("the version %s", async (_, line, version) => {
  const file = program("ELF", MAGIC, "\x08\x02", lines("path\tx", line, "build\t-compiler=gc"));
  expect(await linkedVersion(file, MODULE)).toBe(version);
});

test("is not the one of a text that looks alike", async () => {
  const text = lines(`dep\t${MODULE}\tv9.9.9\t`);
  const file = program(text, MAGIC, "\0".repeat(200_000), MAGIC, lines(`dep\t${MODULE}\tv1.2.3\t`));
  expect(await linkedVersion(file, MODULE)).toBe("1.2.3");
});

test("is unknown of what Go did not build, and of what is not there", async () => {
  const text = lines(`dep\t${MODULE}\tv1.2.3\t`);
  expect(await linkedVersion(program(text), MODULE)).toBeUndefined();
  expect(await linkedVersion(path.join(sandbox.root, "missing"), MODULE)).toBeUndefined();
});
