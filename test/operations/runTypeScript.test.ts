import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const RUN = path.resolve(__dirname, "../../operations/runTypeScript.mjs");

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "run-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test("an error names the line in TypeScript, of a file beside the entry too", () => {
  fs.writeFileSync(path.join(folder, "main.ts"), 'import { end } from "./end";\nend();\n');
  const end = "interface Kept {}\nexport function end(): void {\n  throw new Error();\n}\n";
  fs.writeFileSync(path.join(folder, "end.ts"), end);
  const script = `(await import(process.argv[1])).runTypeScript(process.argv[2])`;
  const args = ["--input-type=module", "-e", script, RUN, path.join(folder, "main.ts")];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toContain(`at end (${folder}/end.ts:3:9)`);
  expect(stderr).toContain(`${folder}/main.ts:2:1)`);
  expect(status).toBe(1);
});
