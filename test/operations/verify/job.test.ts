import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import * as yaml from "js-yaml";

import { IMAGE, manifestOf } from "../../../operations/verify/job/manifest";
import { bundledScript } from "../../../operations/verify/job/script";
import { FakeGateway, json, outputsFor } from "./fakeGateway";

interface Container {
  image: string;
  command: string[];
  env: { name: string; value: string }[];
  securityContext: Record<string, unknown>;
  resources: object;
  volumeMounts: { name: string; mountPath: string; readOnly: boolean }[];
}

interface Manifest {
  data: Record<string, string>;
  spec: {
    backoffLimit: number;
    activeDeadlineSeconds: number;
    ttlSecondsAfterFinished: number;
    template: { spec: Record<string, unknown> & { containers: Container[] } };
  };
}

const OUTPUTS = outputsFor({ "us-east4": "http://10.0.0.9" });

function objectsOf(outputs: object, script: string): Manifest {
  const args = {
    from: "stack dev",
    script,
    json: true,
    image: IMAGE,
    timeoutSeconds: 5,
    questions: 12,
  };
  const text = manifestOf({ ...args, outputs: { ...outputs } });
  const [configMap, job] = yaml.loadAll(text) as Record<string, unknown>[];
  return { ...configMap, ...job } as unknown as Manifest;
}

let script: string;
let folder: string;
let gateway: FakeGateway;
beforeAll(async () => {
  script = await bundledScript();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "verify-job-"));
  gateway = await FakeGateway.start();
});
afterAll(async () => {
  fs.rmSync(folder, { recursive: true });
  await gateway.stop();
});
beforeEach(() => {
  gateway.fault = () => false;
});

test("the pod fits the restricted level of the pod security standards", () => {
  const { spec } = objectsOf(OUTPUTS, script).spec.template;
  const [container] = spec.containers;
  // https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted, field by field
  expect(spec).toMatchObject({
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    volumes: [{ name: "script", configMap: { name: "verify-gateway" } }],
  });
  for (const forbidden of ["hostNetwork", "hostPID", "hostIPC", "initContainers"]) {
    expect(spec).not.toHaveProperty(forbidden);
  }
  expect(spec.securityContext).toMatchObject({ runAsUser: 1000 });
  expect(container?.securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
  expect(container).not.toHaveProperty("ports");
});

test("the Job runs once, ends, is deleted, and holds no credential of the cluster", () => {
  const { spec } = objectsOf(OUTPUTS, script);
  expect(spec).toMatchObject({
    ...{ backoffLimit: 0, activeDeadlineSeconds: 660, ttlSecondsAfterFinished: 3600 },
    template: {
      spec: {
        restartPolicy: "Never",
        automountServiceAccountToken: false,
        enableServiceLinks: false,
      },
    },
  });
  expect(spec.template.spec.containers).toMatchObject([
    {
      image: "node:20.19.5-slim",
      command: ["node", "/verify/verify.cjs"],
      env: [
        { name: "GATEWAY", value: "stack dev" },
        { name: "OUTPUTS", value: "/verify/outputs.json" },
        { name: "TIMEOUT_SECONDS", value: "5" },
        { name: "JSON", value: "1" },
      ],
      volumeMounts: [{ name: "script", mountPath: "/verify", readOnly: true }],
    },
  ]);
});

test("kubectl can apply the ConfigMap, and people can read it", () => {
  const { data } = objectsOf(OUTPUTS, script);
  // `kubectl apply` keeps the object in an annotation; annotations may have 256 KiB.
  expect(JSON.stringify(data).length).toBeLessThan(150_000);
  expect(data["verify.cjs"]).toContain("function judgeCompletion(");
  expect(data["verify.cjs"]).not.toContain(path.resolve(__dirname, "../../.."));
  expect(JSON.parse(data["outputs.json"] ?? "")).toEqual(OUTPUTS);
});

/** Runs the container's command on the ConfigMap's files: in a folder in place of the volume. */
function run(outputs: object): Promise<{ code: number; stdout: string; stderr: string }> {
  const { data, spec } = objectsOf(outputs, script);
  for (const [name, text] of Object.entries(data)) fs.writeFileSync(path.join(folder, name), text);
  const [{ command, env } = { command: [], env: [] }] = spec.template.spec.containers;
  const mounted = (text: string) => text.replace("/verify/", `${folder}/`);
  const settings = Object.fromEntries(env.map(({ name, value }) => [name, mounted(value)]));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      command.slice(1).map(mounted),
      { env: settings, cwd: "/" },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const here = () => outputsFor({ "us-east4": gateway.url });

test("the script of the ConfigMap runs with nothing but Node, and ends with 0", async () => {
  const { code, stdout, stderr } = await run(here());
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toMatchObject({ gateway: "stack dev", result: "ok" });
  expect(code).toBe(0);
});

test("it ends with 1 if a check failed", async () => {
  gateway.fault = ({ path: asked }, response) =>
    asked === "/v1/chat/completions" && json(response, 503, {});
  const { code, stdout, stderr } = await run(here());
  expect(stderr).toBe("1 check failed: chat at us-east4.\n");
  expect(JSON.parse(stdout)).toMatchObject({ result: "failed" });
  expect(code).toBe(1);
});

test("it ends with 2 if no address answers", async () => {
  const { code, stdout, stderr } = await run(outputsFor({ "us-east4": "http://127.0.0.1:1" }));
  expect(stderr).toMatch(/^No address of the gateway answers:\n- us-east4, /);
  expect(JSON.parse(stdout)).toMatchObject({ result: "not asked" });
  expect(code).toBe(2);
});
