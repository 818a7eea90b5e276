import { UNKNOWN } from "../support/unknown";
import { modelServerFindsDriver } from "../../pods/model-server-finds-driver";
import { pending } from "../fixtures/messages";
import { findingsIn } from "../support/findings";
import type { Registered } from "../support/policies";

const CONTAINER = "spec.template.spec.containers[0]";
const PATHS = "/usr/local/nvidia/lib64:/usr/local/cuda/lib64";
const blind = (version: string, container = CONTAINER) =>
  `${container}.image: vLLM ${version} does not look for the GPU's driver in /usr/local/nvidia/lib64, where GKE puts it; ` +
  `run v0.11.1 or newer, or set LD_LIBRARY_PATH to ${PATHS}`;

/** A Deployment of a vLLM with a GPU. */
function server(image: unknown = "vllm/vllm-openai:v0.11.0", over: object = {}): Registered {
  const resources = { limits: { "nvidia.com/gpu": "1" } };
  const containers = [{ name: "vllm", image, resources, ...over }];
  return {
    type: "kubernetes:apps/v1:Deployment",
    name: "server",
    inputs: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "server" },
      spec: { template: { spec: { containers } } },
    },
  };
}

const findings = findingsIn(modelServerFindsDriver);

const fromMap = { envFrom: [{ configMapRef: { name: "e" } }] };
const path = (value: unknown) => ({ env: [{ name: "LD_LIBRARY_PATH", value }] });

test.each(["v0.9.0", "v0.10.1.1", "v0.10.2", "v0.11.0rc1", "v0.11.0"])(
  "refuses vLLM %s",
  async (version) => {
    const said = [["mandatory", blind(version)]];
    expect(await findings(server(`vllm/vllm-openai:${version}`))).toEqual(said);
    const mirrored = server(`europe-docker.pkg.dev/p/mirror/vllm-openai:${version}@sha256:00`);
    expect(await findings(mirrored, { firstPreview: true })).toEqual(said);
  },
);

test.each<[string, Registered]>([
  ["a newer one", server("vllm/vllm-openai:v0.11.1")],
  ["the program's own", server("vllm/vllm-openai:v0.18.1")],
  ["an older one", server("vllm/vllm-openai:v0.8.5")],
  ["a tag that is no version", server("vllm/vllm-openai:latest")],
  ["an image of another make", server("ghcr.io/llm-d/llm-d-cuda:v0.10.2")],
  ["no GPU", server(undefined, { resources: {} })],
  ["a tag that begins like a version", server("vllm/vllm-openai:0rc1a")],
  ["the variable", server(undefined, path(PATHS))],
  ["a path that ends with a slash", server(undefined, path("/usr/local/nvidia/lib64/"))],
  [
    "the driver's path beside those of another variable",
    server(undefined, path(`$(MORE):${PATHS}`)),
  ],
  [
    "a script that sets it",
    server(undefined, { command: ["sh", "-c"], args: [`LD_LIBRARY_PATH=${PATHS} vllm serve m`] }),
  ],
  ["variables of a ConfigMap", server(undefined, fromMap)],
  [
    "the variable from a ConfigMap",
    server(undefined, {
      env: [{ name: "LD_LIBRARY_PATH", valueFrom: { configMapKeyRef: { name: "e", key: "p" } } }],
    }),
  ],
  ["variables that are not known yet", server(undefined, { envFrom: UNKNOWN })],
  ["one source that is not known yet", server(undefined, { envFrom: [UNKNOWN] })],
  ["an image that is not known yet", server(UNKNOWN)],
  ["an odd image", server(7)],
  ["odd variables", server("vllm/vllm-openai:v0.11.1", { env: "none", command: 7 })],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, object]>([
  ["another path", path("/usr/local/cuda/lib64")],
  ["a number for a path", path(7)],
  ["a dollar that stands for itself", path("$$(PATHS)")],
  ["another path beside a ConfigMap, which it wins over", { ...path("/a"), ...fromMap }],
  ["an empty list of ConfigMaps", { envFrom: [] }],
  ["an empty entry among ConfigMaps", { envFrom: [{}] }],
  ["another variable", { env: [{ name: "PATH", value: PATHS }] }],
])("refuses %s", async (_, over) => {
  expect(await findings(server(undefined, over))).toEqual([["mandatory", blind("v0.11.0")]]);
});

test.each<[string, object, string]>([
  ["variables", { env: UNKNOWN }, `${CONTAINER}.env`],
  ["paths", path(UNKNOWN), `${CONTAINER}.env[0].value`],
  ["names", { env: [{ name: UNKNOWN, value: PATHS }] }, `${CONTAINER}.env[0].name`],
])("says that %s are not known yet", async (_, over, place) => {
  expect(await findings(server(undefined, over))).toEqual([["advisory", pending(place)]]);
});

test("advises where another variable may hold the path", async () => {
  const message =
    `${CONTAINER}.env[0].value: "$(PATHS):/a" refers to another variable, which may hold ` +
    "/usr/local/nvidia/lib64 or not; write /usr/local/nvidia/lib64 into this one";
  expect(await findings(server(undefined, path("$(PATHS):/a")))).toEqual([["advisory", message]]);
});

test("judges the leaders of a LeaderWorkerSet and its workers", async () => {
  const { spec } = (server().inputs as { spec: { template: object } }).spec.template as {
    spec: object;
  };
  const set: Registered = {
    type: "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
    name: "server",
    inputs: {
      apiVersion: "leaderworkerset.x-k8s.io/v1",
      kind: "LeaderWorkerSet",
      spec: { leaderWorkerTemplate: { leaderTemplate: { spec }, workerTemplate: { spec } } },
    },
  };
  const place = (template: string) => `spec.leaderWorkerTemplate.${template}.spec.containers[0]`;
  expect(await findings(set)).toEqual([
    ["mandatory", blind("v0.11.0", place("leaderTemplate"))],
    ["mandatory", blind("v0.11.0", place("workerTemplate"))],
  ]);
});
