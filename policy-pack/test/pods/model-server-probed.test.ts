import { UNKNOWN } from "../support/unknown";
import { modelServerProbed } from "../../pods/model-server-probed";
import { modelServer } from "../fixtures/gpu";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import type { Registered } from "../support/policies";

const CONTAINER = "spec.template.spec.containers[0]";
const notReady =
  `${CONTAINER}.readinessProbe: is not set, so the server gets requests while it loads its ` +
  "model; ask the server's health path, for example /health";
const notStarted =
  `${CONTAINER}.startupProbe: is not set, so nothing waits until the model is loaded; ` +
  "give the server 420 s or more to load it";
const impatient = (seconds: number, needed = 420) =>
  `${CONTAINER}.startupProbe.failureThreshold: gives up after ${seconds} s, but loading may ` +
  `take ${needed} s; raise failureThreshold: it counts periods of periodSeconds each`;

const server = (container: object = {}) => modelServer("server", "eu", {}, container);
const started = (probe: unknown) => server({ startupProbe: probe });
const unprobed = { readinessProbe: null, startupProbe: null };

const findings = findingsIn(modelServerProbed);

test.each<[string, Registered]>([
  ["a server with both probes", server()],
  ["a container without GPUs", server({ ...unprobed, resources: {} })],
  ["a container with no GPU", server({ ...unprobed, resources: gpus("0") })],
  ["a job", ofKind("Job", "batch/v1", server(unprobed))],
  ["a patch", { ...server(unprobed), type: "kubernetes:apps/v1:DeploymentPatch" }],
  ["an object that runs no pods", changed(server(unprobed), "kind", "Service")],
  ["a probe that waits first", started({ initialDelaySeconds: 400, failureThreshold: 2 })],
  ["no containers", changed(server(), "spec.template.spec.containers", null)],
  ["null for resources", server({ ...unprobed, resources: null })],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string[]]>([
  ["no probe", server(unprobed), [notReady, notStarted]],
  ["no readiness", server({ readinessProbe: null }), [notReady]],
  ["no start", started(null), [notStarted]],
  [
    "GPUs in the requests only",
    server({ ...unprobed, resources: { requests: { "nvidia.com/gpu": 8 } } }),
    [notReady, notStarted],
  ],
  ["Kubernetes' own patience", started({}), [impatient(30)]],
  ["a list for a probe", started([]), [impatient(30)]],
  ["too little patience", started({ periodSeconds: 5, failureThreshold: 83 }), [impatient(415)]],
  ["a stateful set", ofKind("StatefulSet", "apps/v1", started(null)), [notStarted]],
])("fails %s", async (_, resource, messages) => {
  expect(await findings(resource)).toEqual(messages.map((message) => ["mandatory", message]));
});

test("of a LeaderWorkerSet it judges the leader, who takes the requests", async () => {
  const template = (container: object) => {
    return { spec: { containers: [{ resources: gpus(8), ...container }] } };
  };
  const set = (templates: object): Registered => ({
    type: "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
    name: "server",
    inputs: {
      apiVersion: "leaderworkerset.x-k8s.io/v1",
      kind: "LeaderWorkerSet",
      spec: { leaderWorkerTemplate: templates },
    },
  });
  const probed = { readinessProbe: {}, startupProbe: { failureThreshold: 60 } };
  const [workerTemplate, leaderTemplate] = [template({}), template(probed)];
  expect(await findings(set({ leaderTemplate, workerTemplate }))).toEqual([]);
  expect(await findings(set({ workerTemplate }))).toHaveLength(2);
});

test("judges among siblings that are not known yet", async () => {
  const hidden = { name: UNKNOWN, image: UNKNOWN, env: UNKNOWN, livenessProbe: UNKNOWN };
  expect(await findings(server({ ...hidden, readinessProbe: null }))).toEqual([
    ["mandatory", notReady],
  ]);
});

test.each<[string, Registered]>([
  [`${CONTAINER}.readinessProbe`, server({ readinessProbe: UNKNOWN })],
  [`${CONTAINER}.startupProbe`, started(UNKNOWN)],
  [`${CONTAINER}.startupProbe.failureThreshold`, started({ failureThreshold: UNKNOWN })],
  [`${CONTAINER}.startupProbe.periodSeconds`, started({ periodSeconds: UNKNOWN })],
  [`${CONTAINER}.resources.limits["nvidia.com/gpu"]`, server({ ...unprobed, resources: UNKNOWN })],
])("advises where %s is not known yet", async (path, resource) => {
  expect(await findings(resource)).toEqual([["advisory", pending(path)]]);
});

test("does not ask whether there are GPUs where all is well", async () => {
  expect(await findings(server({ resources: UNKNOWN }))).toEqual([]);
});

test("takes another time", async () => {
  const config = { [modelServerProbed.name]: { loadSeconds: 2000 } };
  expect(await findings(server(), { config })).toEqual([["mandatory", impatient(1800, 2000)]]);
});

function gpus(count: unknown): object {
  return { limits: { "nvidia.com/gpu": count } };
}

function ofKind(kind: string, apiVersion: string, resource: Registered): Registered {
  const type = `kubernetes:${apiVersion}:${kind}`;
  return { ...changed(changed(resource, "kind", kind), "apiVersion", apiVersion), type };
}

describe("where the probes ask", () => {
  const ports = [{ name: "http", containerPort: 8000 }];
  const asking = (httpGet: unknown, more: object = {}) =>
    server({ ports, readinessProbe: { httpGet }, ...more });
  const place = `${CONTAINER}.readinessProbe.httpGet`;
  const where = { path: "/health", port: "http" };
  const secure = { ...where, scheme: "HTTPS" };
  const other = { startupProbe: { failureThreshold: 60 } };

  test.each<[string, Registered]>([
    ["a port by its name", asking(where)],
    ["a port by its number", asking({ path: "/v1/models", port: 8000 })],
    ["a number as text", asking({ ...where, port: "8000" })],
    ["any number where none is declared", asking({ ...where, port: 9 }, { ports: null })],
    ["ports that are not known yet", asking({ path: "/health", port: "web" }, { ports: UNKNOWN })],
    [
      "HTTPS of a server with a certificate",
      asking(secure, { ...other, args: ["--ssl-certfile=a"] }),
    ],
    ["HTTP of a server without one", asking({ ...where, scheme: "HTTP" }, { args: ["--port"] })],
    ["any scheme of a server that a script starts", asking(secure, { command: ["/start.sh"] })],
    ["any scheme of a server with a file of flags", asking(secure, { args: ["--config", "a"] })],
    [
      "any scheme of a server beside a proxy",
      changed(asking(secure), "spec.template.spec.containers.1", { name: "proxy", image: "a:1" }),
    ],
    ["a command", server({ ports, readinessProbe: { exec: { command: ["true"] } } })],
    ["a port alone", server({ ports, readinessProbe: { tcpSocket: { port: "http" } } })],
    ["a path with a question", asking({ ...where, path: "/health?a" })],
    ["a server of another make", asking({ port: "http" }, { image: "triton:1.0.0" })],
    ["SGLang", asking({ ...where, path: "/health_generate" }, { image: "lmsysorg/sglang:v0.5.0" })],
  ])("passes %s", async (_, resource) => {
    expect(await findings(resource)).toEqual([]);
  });

  test("passes the path of another container", async () => {
    const sidecar = { name: "proxy", ports: [{ containerPort: 9000 }] };
    const resource = modelServer(
      "server",
      "eu",
      { initContainers: [sidecar] },
      { ports, readinessProbe: { httpGet: { path: "/ready", port: 9000 } } },
    );
    expect(await findings(resource)).toEqual([]);
  });

  test.each<[string, Registered, string]>([
    [
      "a name that no port has",
      asking({ ...where, port: "htp" }),
      `${place}.port: the container has no port named "htp"; its ports are 8000 (http)`,
    ],
    [
      "a name where no port is declared",
      asking(where, { ports: null }),
      `${place}.port: the container has no port named "http"; name the port there, or write a number`,
    ],
    [
      "a number that is no port",
      asking({ ...where, port: 8001 }),
      `${place}.port: 8001 is not a port of the pod; use one of its ports: 8000 (http)`,
    ],
    [
      "another path",
      asking({ ...where, path: "/healthz" }),
      `${place}.path: "/healthz" is not a health path of vLLM; write "/health"`,
    ],
    [
      "no path",
      asking({ port: "http" }),
      `${place}.path: is not set, so the probe asks for /, which is not a health path of vLLM; ` +
        `write "/health"`,
    ],
    [
      "a path of SGLang's that it does not have",
      asking({ ...where, path: "/load" }, { image: "lmsysorg/sglang:v0.5.0" }),
      `${place}.path: "/load" is not a health path of SGLang; write "/health"`,
    ],
    [
      "plain HTTP of a server with a certificate",
      asking(where, { ...other, args: ["--ssl-certfile", "a"] }),
      `${place}.scheme: is not set, so the probe asks in plain HTTP, but with --ssl-certfile vLLM ` +
        'v0.18.1 takes HTTPS only; write "HTTPS"',
    ],
    [
      "HTTPS of a server without one",
      asking(secure, other),
      `${place}.scheme: is "HTTPS", but without --ssl-certfile vLLM v0.18.1 takes plain HTTP only; ` +
        "remove it",
    ],
    [
      "a port alone that is none",
      server({ ports, readinessProbe: { tcpSocket: { port: 1 } } }),
      `${CONTAINER}.readinessProbe.tcpSocket.port: 1 is not a port of the pod; use one of its ` +
        "ports: 8000 (http)",
    ],
  ])("fails %s", async (_, resource, message) => {
    expect(await findings(resource)).toEqual([["mandatory", message]]);
  });

  test.each(["path", "port", "scheme"])("advises where the %s is not known yet", async (key) => {
    expect(await findings(asking({ ...where, [key]: UNKNOWN }))).toEqual([
      ["advisory", pending(`${place}.${key}`)],
    ]);
  });
});

test("asks for a server in production", async () => {
  const none = changed(server(), "spec.replicas", 0);
  const message = "spec.replicas: is 0, so no server serves; run at least one";
  expect(await findings(none)).toEqual([]);
  expect(await findings(none, { stack: "prod" })).toEqual([["mandatory", message]]);
  const config = { "model-server-probed": { productionStacks: ["dev"] } };
  expect(await findings(none, { config })).toEqual([["mandatory", message]]);
  expect(await findings(changed(server(), "spec.replicas", UNKNOWN), { stack: "prod" })).toEqual(
    [],
  );
});
