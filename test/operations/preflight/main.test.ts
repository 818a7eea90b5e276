import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import type { Directories } from "../../../rehearsal/stage/directories";
import { rehearsalEnv } from "../../../rehearsal/stage/variables";
import { stackValues } from "../../support/program";
import { PROJECT, TestProject, TOKEN } from "./project";

const ROOT = path.resolve(__dirname, "../../..");

let project: TestProject;
let directory: string;
beforeAll(async () => {
  project = await TestProject.start();
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "preflight-"));
  fs.copyFileSync(path.join(ROOT, "Pulumi.yaml"), path.join(directory, "Pulumi.yaml"));
  writeEngine(directory);
});
afterAll(async () => {
  fs.rmSync(directory, { recursive: true });
  await project.stop();
});

/** An engine that knows the stack and its configuration, and nothing else. */
function writeEngine(folder: string): void {
  const secret = "inference-gateway:huggingFaceToken";
  const values = Object.entries(stackValues("dev", { huggingFaceToken: TOKEN }));
  const config = values.map(([key, value]) => [key, { value, secret: key === secret }] as const);
  const answers = {
    version: "v3.270.0",
    config: JSON.stringify(Object.fromEntries(config)),
    state: JSON.stringify({ version: 3, deployment: {} }),
  };
  for (const [name, text] of Object.entries(answers)) {
    fs.writeFileSync(path.join(folder, name), text);
  }
  const script = [
    "#!/bin/sh",
    'case "$*" in',
    `  *version*) cat ${folder}/version ;;`,
    `  "config "*) cat ${folder}/config ;;`,
    `  "stack export"*) cat ${folder}/state ;;`,
    '  *) echo "unexpected: $*" >&2; exit 1 ;;',
    "esac",
  ];
  fs.writeFileSync(path.join(folder, "pulumi"), `${script.join("\n")}\n`, { mode: 0o755 });
}

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** The command as make runs it, in the environment of a rehearsal. */
function run(accessToken: string, settings: Record<string, string>): Promise<Ended> {
  const { stateDir, url } = project.cloud;
  const directories = {
    ...{ state: stateDir, cloud: stateDir, engine: stateDir },
    ...{ bin: directory, temporary: stateDir },
  } as Directories;
  const env = { ...rehearsalEnv(directories, url, accessToken, []), ...settings };
  const command = [path.join(ROOT, "operations", "start.mjs"), "preflight"];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: directory, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const whole = () => project.cloud.token;

test("the real command asks through Google's library and ends with what to run next", async () => {
  const { code, stdout, stderr } = await run(whole(), { STACK: "dev" });
  expect(stderr).toBe("");
  const lines = stdout.trimEnd().split("\n");
  expect(lines[0]).toBe(`Stack dev, project ${PROJECT}:`);
  const rows = lines.filter((line) => / {2}(problem|warning|unknown) {2}/.test(line));
  expect(rows).toEqual([
    expect.stringMatching(
      /^model +unknown +meta-llama\/Llama-3\.1-8B-Instruct: Hugging Face, or a proxy before it, answers HTTP 403$/,
    ),
    expect.stringMatching(
      /^ +unknown +Kawon\/\S+: Hugging Face, or a proxy before it, answers HTTP 403$/,
    ),
  ]);
  expect(lines.slice(-2)).toEqual([
    "  pulumi preview --policy-pack policy-pack --stack dev",
    "  pulumi up --policy-pack policy-pack --stack dev",
  ]);
  expect(stdout).not.toContain(TOKEN);
  expect(code).toBe(0);
});

test("problems end it with 1, in JSON too", async () => {
  const account = await project.admit([
    { role: "roles/compute.networkAdmin", resource: `projects/${PROJECT}` },
  ]);
  const { code, stdout, stderr } = await run(account, { STACK: "dev", JSON: "1" });
  expect(JSON.parse(stdout)).toMatchObject({ stack: "dev", project: PROJECT, result: "problems" });
  expect(stderr).toMatch(
    /^\d+ problems: `pulumi up` would fail\. Fix what is named, then run again:\n {2}make preflight STACK=dev\n$/,
  );
  expect(code).toBe(1);
});

test("credentials that are not valid end it with 2 and one sentence", async () => {
  const { code, stdout, stderr } = await run("expired", { STACK: "dev", JSON: "1" });
  const why =
    "The Google Cloud credentials (GOOGLE_OAUTH_ACCESS_TOKEN) have expired or are not valid: Request had invalid authentication " +
    "credentials. Run `export GOOGLE_OAUTH_ACCESS_TOKEN=$(gcloud auth print-access-token)`.";
  expect(stderr).toBe(`${why}\n`);
  expect(JSON.parse(stdout)).toEqual({ stack: "dev", result: "not asked", why });
  expect(code).toBe(2);
});
