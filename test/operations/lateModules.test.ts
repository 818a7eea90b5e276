import { execFileSync } from "node:child_process";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** Runs JavaScript in a process of its own, since jest itself may have loaded TypeScript. */
function printed(script: string): unknown {
  const options = { cwd: ROOT, encoding: "utf8", stdio: "pipe" } as const;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], options));
}

test("the SDK loads without TypeScript and npm; TypeScript loads when a function is serialized", () => {
  const script = `
    require("./operations/lateModules");
    const { runtime } = require("@pulumi/pulumi");
    const sdk = require("node:module").createRequire(require.resolve("@pulumi/pulumi"));
    const files = ["typescript/lib/typescript.js", "@npmcli/arborist/lib/node.js"];
    const loaded = () => files.map((file) => sdk.resolve(file) in require.cache);
    const before = loaded();
    const word = "serialized";
    runtime.serializeFunction(() => word).then(({ text }) => {
      console.log(JSON.stringify({ before, text, after: loaded() }));
    });`;
  expect(printed(script)).toEqual({
    before: [false, false],
    text: expect.stringContaining('word: "serialized"'),
    after: [true, false],
  });
});
