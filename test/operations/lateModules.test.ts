import { execFileSync } from "node:child_process";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** Runs JavaScript in a process of its own, since jest itself may have loaded TypeScript. */
function printed(script: string): unknown {
  const options = { cwd: ROOT, encoding: "utf8", stdio: "pipe" } as const;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], options));
}

test("the SDK and zod load without what no command uses, which loads when it is used", () => {
  const script = `
    require("./operations/lateModules");
    const { runtime } = require("@pulumi/pulumi");
    const sdk = require("node:module").createRequire(require.resolve("@pulumi/pulumi"));
    const { locales } = require("zod");
    const files = ["typescript", "@npmcli/arborist/lib/node.js", "zod/v4/locales/de.cjs"];
    const loaded = () => files.map((file) => sdk.resolve(file) in require.cache);
    const before = loaded();
    const word = "serialized";
    runtime.serializeFunction(() => word).then(({ text }) => {
      const german = typeof locales.de;
      console.log(JSON.stringify({ before, text, german, after: loaded() }));
    });`;
  expect(printed(script)).toEqual({
    before: [false, false, false],
    text: expect.stringContaining('word: "serialized"'),
    german: "function",
    after: [true, false, true],
  });
});
