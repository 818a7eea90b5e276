import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { buildSync } from "esbuild";

import { TestCloud } from "./support/testCloud";

let directory: string;
let plugin: string;
beforeAll(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "auth-plugin-"));
  plugin = path.join(directory, "main.js");
  buildSync({
    entryPoints: [path.resolve("rehearsal/emulator/gke/authPlugin/main.ts")],
    outfile: plugin,
    bundle: true,
    platform: "node",
    format: "cjs",
  });
});
afterAll(() => fs.rmSync(directory, { recursive: true }));

function run(env: Record<string, string>) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(process.execPath, [plugin], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

it.each([
  [undefined, "client.authentication.k8s.io/v1"],
  ["client.authentication.k8s.io/v1beta1", "client.authentication.k8s.io/v1beta1"],
])("gives the cloud's token to a client that asks for version %s", async (asked, apiVersion) => {
  const cloud = await TestCloud.start([]);
  const token = await cloud.run("GET", "/token");
  const info = asked && JSON.stringify({ kind: "ExecCredential", apiVersion: asked, spec: {} });
  const { code, stdout } = await run({
    REHEARSAL_CLOUD_URL: cloud.url,
    ...(info && { KUBERNETES_EXEC_INFO: info }),
  });
  await cloud.stop();
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    kind: "ExecCredential",
    apiVersion,
    spec: { interactive: false },
    status: { token: token.accessToken, expirationTimestamp: expect.stringMatching(/^\d{4}-.*Z$/) },
  });
});

it("gives the token of the account that Google's provider calls as", async () => {
  const cloud = await TestCloud.start([]);
  const { json } = await cloud.call(
    "PUT",
    "/admin/callers/a@demo-project.iam.gserviceaccount.com",
    {
      grants: [],
    },
  );
  const own = String(json.accessToken);
  const owner = String((await cloud.run("GET", "/token")).accessToken);
  const env = { REHEARSAL_CLOUD_URL: cloud.url, GOOGLE_OAUTH_ACCESS_TOKEN: own };
  const { stdout } = await run(env);
  const refused = await run({ ...env, GOOGLE_OAUTH_ACCESS_TOKEN: "nobody's" });
  await cloud.stop();
  expect(JSON.parse(stdout)).toMatchObject({ status: { token: own } });
  expect(own).not.toBe(owner);
  expect(refused).toEqual({
    code: 1,
    stdout: "",
    stderr: `gke-gcloud-auth-plugin: no answer from the emulated cloud at ${cloud.url}: HTTP status 401\n`,
  });
});

it.each([
  [
    {},
    "gke-gcloud-auth-plugin: REHEARSAL_CLOUD_URL is not set: it is the emulated cloud's address\n",
  ],
  [
    { REHEARSAL_CLOUD_URL: "http://127.0.0.1:1" },
    "gke-gcloud-auth-plugin: no answer from the emulated cloud at http://127.0.0.1:1: " +
      "connect ECONNREFUSED 127.0.0.1:1\n",
  ],
])("says in one sentence what is wrong: %j", async (env, message) => {
  expect(await run(env)).toEqual({ code: 1, stdout: "", stderr: message });
});
