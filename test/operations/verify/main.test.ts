import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import * as yaml from "js-yaml";

import { writeEngine } from "./fakeEngine";
import { FakeGateway, json, outputsFor } from "./fakeGateway";

const ROOT = path.resolve(__dirname, "../../..");
const SECRET = "a kubeconfig";

let gateway: FakeGateway;
let directory: string;
beforeAll(async () => {
  gateway = await FakeGateway.start();
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "verify-"));
  fs.copyFileSync(path.join(ROOT, "Pulumi.yaml"), path.join(directory, "Pulumi.yaml"));
});
afterAll(async () => {
  fs.rmSync(directory, { recursive: true });
  await gateway.stop();
});
beforeEach(() => {
  gateway.fault = () => false;
  gateway.received.length = 0;
  writeEngine(directory, outputs());
});

const outputs = (): object => ({
  ...outputsFor({ "us-east4": gateway.url }),
  kubeconfigs: { "gke-east": SECRET },
});

/** The command as make runs it. */
function run(settings: Record<string, string>) {
  const env = { ...process.env, PATH: `${directory}:${process.env.PATH}`, ...settings };
  const command = [path.join(ROOT, "operations", "start.mjs"), "verify"];
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, command, { cwd: directory, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

test("the real command reads the outputs of the stack and asks its gateway", async () => {
  const { code, stdout, stderr } = await run({ STACK: "dev" });
  expect(stderr).toBe("");
  const lines = stdout.trimEnd().split("\n");
  expect(lines[0]).toBe("The gateway of stack dev:");
  expect(lines.at(-1)).toBe("10 answers, as expected, from us-east4.");
  expect(code).toBe(0);
});

test("a check that fails ends it with 1", async () => {
  gateway.fault = ({ path: asked }, response) =>
    asked === "/v1/models" && json(response, 200, { data: [] });
  const { code, stdout, stderr } = await run({ STACK: "dev" });
  expect(stdout).toMatch(/^us-east4 +models +failed +200, no model$/m);
  expect(stderr).toBe("1 check failed: models at us-east4.\n");
  expect(code).toBe(1);
});

test("outputs in a file need no engine", async () => {
  const file = path.join(directory, "given.json");
  fs.writeFileSync(file, JSON.stringify(outputs()));
  writeEngine(directory, {});
  const { code, stdout } = await run({ OUTPUTS: file, JSON: "1" });
  expect(JSON.parse(stdout)).toMatchObject({ gateway: file, result: "ok" });
  expect(code).toBe(0);
});

test("a Job of it has the outputs that it needs, and no secret", async () => {
  const { code, stdout } = await run({ STACK: "dev", MANIFEST: "1", IMAGE: "mirror/node:20.19.5" });
  const [configMap, job] = yaml.loadAll(stdout) as { kind: string; data: Record<string, string> }[];
  expect([configMap?.kind, job?.kind]).toEqual(["ConfigMap", "Job"]);
  expect(JSON.parse(configMap?.data["outputs.json"] ?? "")).toEqual(
    outputsFor({ "us-east4": gateway.url }),
  );
  expect(stdout).not.toContain(SECRET);
  expect(stdout).toContain("image: mirror/node:20.19.5\n");
  expect(gateway.received.length).toBe(0);
  expect(code).toBe(0);
});

test.each<[string, Record<string, string>, string]>([
  ["no stack", {}, "STACK is not set. Example: `make verify STACK=dev`"],
  ["an unknown stack", { STACK: "x" }, 'Unknown stack "x"; `pulumi stack ls` lists the stacks.'],
  ["no such file", { OUTPUTS: "/nowhere/x.json" }, "There is no file /nowhere/x.json."],
  [
    "a file that is not JSON",
    { OUTPUTS: path.join(ROOT, "README.md") },
    `${path.join(ROOT, "README.md")} is not a JSON object; write it with \`pulumi stack output --json\`.`,
  ],
  [
    "a timeout that is none",
    { STACK: "dev", TIMEOUT_SECONDS: "0" },
    'TIMEOUT_SECONDS: got "0"; allowed: a number of at least 1',
  ],
])("%s ends it with 2 and one sentence", async (_, settings, sentence) => {
  const { code, stderr } = await run({ STACK: "", OUTPUTS: "", ...settings });
  expect(stderr).toBe(`${sentence}\n`);
  expect(code).toBe(2);
});

test("a stack that was never updated ends it with 2, in JSON too", async () => {
  writeEngine(directory, {});
  const { code, stdout } = await run({ STACK: "dev", JSON: "1" });
  const why = "stack dev has no outputs; `pulumi up` makes them.";
  expect(JSON.parse(stdout)).toEqual({ gateway: "stack dev", result: "not asked", why });
  expect(code).toBe(2);
});
