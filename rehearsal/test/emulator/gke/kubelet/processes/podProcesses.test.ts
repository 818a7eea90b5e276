import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";

import { freePort } from "../../../../../emulator/gke/controlPlane/ports";
import { PodProcesses } from "../../../../../emulator/gke/kubelet/processes/podProcesses";
import { Container, Pod, ProbeSpec } from "../../../../../emulator/gke/world/kinds";
import { object } from "../../support/world";
import { clientOf } from "./support/client";

/** A model server: answers with its arguments, ends on POST /crash, and takes its time at SIGTERM. */
const SERVER = `#!${process.execPath}
const http = require("node:http");
const args = process.argv.slice(2);
let health = 200;
const server = http.createServer((request, response) => {
  if (request.url === "/crash") process.exit(3);
  if (request.url === "/sicken") health = 503;
  response.statusCode = request.url === "/health" ? health : 200;
  response.end(JSON.stringify({ args, env: process.env, cwd: process.cwd() }));
});
server.listen(Number(args[args.indexOf("--port") + 1]));
process.on("SIGTERM", () => { if (!args.includes("--max-num-seqs")) process.exit(0); });
`;

const health = (over: ProbeSpec = {}): ProbeSpec => ({
  httpGet: { path: "/health", port: "http" },
  periodSeconds: 0.05,
  ...over,
});

const ADDRESS = "127.78.0.2";
let port = 0;
let server: Container;
const containerAt = (port: number): Container => ({
  name: "vllm",
  image: "vllm/vllm-openai:v0.18.1",
  args: ["m", "--port", String(port)],
  env: [{ name: "A", value: "b" }],
  ports: [{ containerPort: port, name: "http" }],
  startupProbe: health({ failureThreshold: 400 }),
  readinessProbe: health({ failureThreshold: 1 }),
  livenessProbe: health({ failureThreshold: 5 }),
});

let directory = "";
let processes: PodProcesses;

beforeEach(async () => {
  port = await freePort();
  server = containerAt(port);
  directory = await fs.mkdtemp(path.join(os.tmpdir(), "pods-"));
  const binary = path.join(directory, "server");
  await fs.writeFile(binary, SERVER, { mode: 0o700 });
  processes = new PodProcesses({
    client: clientOf([]),
    binaries: { modelServer: binary, endpointPicker: path.join(directory, "none") },
    cloud: directory,
    directory: path.join(directory, "pods"),
    modelServer: () => ({}),
    changed: () => undefined,
  });
});
afterEach(async () => {
  processes.stop();
  await fs.rm(directory, { recursive: true, force: true });
});

function pod(container: Container): Pod {
  const spec = { containers: [container], automountServiceAccountToken: false };
  return object("Pod", "ns/p", { spec }, { uid: "u1" }) as Pod;
}

async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1500; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not within a long time: ${what}`);
}

async function started(container: Container): Promise<Pod> {
  const it = pod(container);
  processes.start(it, container, ADDRESS);
  await until("ready", async () => {
    const state = processes.stateOf(it, container);
    if (state?.exit) {
      throw new Error(
        `it has ended: ${JSON.stringify(state.exit)} ${await logOf("u1", container)}`,
      );
    }
    return state?.ready === true;
  });
  return it;
}

function logOf(uid: string, { name }: Container): Promise<string> {
  return fs.readFile(path.join(directory, "pods", uid, `${name}.log`), "utf8");
}

const call = async (route: string) => (await fetch(`http://${ADDRESS}:${port}${route}`)).text();

test("a process serves at the pod's own address, with the container's variables and no others", async () => {
  await started(server);
  const { env, cwd } = JSON.parse(await call("/")) as { env: object; cwd: string };
  const home = path.join(directory, "pods", "u1");
  expect(env).toMatchObject({ A: "b", HOME: home });
  expect(Object.keys(env).filter((name) => name.startsWith("npm_") || name === "USER")).toEqual([]);
  expect(cwd).toBe(home);
  expect(await fs.readFile(path.join(home, "vllm.log"), "utf8")).toBe("");
});

test("its end is reported with its code, and closes its ports", async () => {
  const it = await started(server);
  await call("/crash").catch(() => undefined);
  await until("ended", () => !processes.remain(it));
  expect(processes.stateOf(it, server)).toEqual({
    ...{ started: false, ready: false },
    exit: { code: 3, reason: "Error" },
  });
  await expect(call("/")).rejects.toThrow("fetch failed");
});

test("a readiness probe that fails makes it unready, and a liveness probe ends it", async () => {
  const it = await started(server);
  await call("/sicken");
  await until("unready", () => processes.stateOf(it, server)?.ready === false);
  await until("ended", () => processes.stateOf(it, server)?.exit?.code === 137);
  expect(await logOf("u1", server)).toContain(
    "kubelet: the liveness probe has failed; the container ends\n",
  );
});

test("a startup probe that never passes ends it", async () => {
  const never = {
    httpGet: { path: "/health", port: 1 },
    periodSeconds: 0.02,
    failureThreshold: 2,
  };
  const container = { ...server, startupProbe: never };
  const it = pod(container);
  processes.start(it, container, ADDRESS);
  await until("ended", () => processes.stateOf(it, container)?.exit !== undefined);
});

test("SIGTERM lets it end by itself, SIGKILL does not wait", async () => {
  const it = await started(server);
  processes.terminate(it);
  await until("ended", () => !processes.remain(it));
  expect(processes.stateOf(it, server)?.exit).toEqual({ code: 0, reason: "Completed" });

  const stubborn = { ...server, args: [...(server.args ?? []), "--max-num-seqs", "8"] };
  const other = await started(stubborn);
  processes.terminate(other);
  expect(processes.remain(other)).toBe(true);
  await processes.forget("u1");
  await until("refused", () =>
    call("/").then(
      () => false,
      () => true,
    ),
  );
  expect(await fs.readdir(path.join(directory, "pods"))).toEqual([]);
});

test("one that is killed while it starts leaves its address to the next", async () => {
  const it = pod(server);
  processes.start(it, server, ADDRESS);
  await started(server);
  await processes.forget("u1");
  await started(server);
});

test("a program that cannot start ends with the reason in its log", async () => {
  const container = { ...server, name: "epp", image: "gie/epp:v1.5.0", args: [] };
  const it = pod(container);
  processes.start(it, container, "127.78.0.3");
  await until("ended", () => processes.stateOf(it, container)?.exit !== undefined);
  expect(processes.stateOf(it, container)?.exit?.code).toBe(127);
});

test("an address that somebody has already is said in the log", async () => {
  await started(server);
  const second = object("Pod", "ns/q", { spec: pod(server).spec }, { uid: "u2" }) as Pod;
  processes.start(second, server, ADDRESS);
  await until("ended", () => processes.stateOf(second, server)?.exit !== undefined);
  expect(processes.stateOf(second, server)?.exit).toEqual({ code: 128, reason: "StartError" });
  expect(await logOf("u2", server)).toBe(
    `kubelet: listen EADDRINUSE: address already in use ${ADDRESS}:${port}\n`,
  );
});
