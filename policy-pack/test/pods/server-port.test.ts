import { UNKNOWN } from "../support/unknown";
import { serverPort } from "../../pods/server-port";
import { pending } from "../fixtures/messages";
import { deployment, euAndUs, object } from "../fixtures/objects";
import { changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

const CONTAINER = "spec.template.spec.containers[0]";

const server = (container: object = {}, podSpec: object = {}, cluster = "eu") =>
  deployment(
    "server",
    {
      ...podSpec,
      containers: [
        {
          name: "server",
          image: "vllm/vllm-openai:v0.18.1",
          args: ["model", "--port", "8000"],
          ports: [{ name: "http", containerPort: 8000 }],
          ...container,
        },
      ],
    },
    cluster,
  );
const told = (...args: unknown[]) => server({ args });
const pool = (targetPorts: unknown, cluster = "eu") =>
  object(
    "inference.networking.k8s.io/v1:InferencePool",
    "pool",
    { spec: { selector: { matchLabels: { app: "server" } }, targetPorts } },
    cluster,
  );
const sglang = { image: "lmsysorg/sglang:v0.5.0" };
const listens = (port: number, declared = "8000 (http)") =>
  `the server listens on ${port}, but its container declares ${declared}; write one port in both places`;

async function findings(resources: readonly Registered[], options: RunOptions = {}) {
  const stack = [...euAndUs, ...resources];
  const violations = await runPolicies(stack, { policies: [serverPort], ...options });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

describe.each([false, true])("(first preview: %s)", (firstPreview) => {
  test.each<[string, readonly Registered[]]>([
    ["one port everywhere", [server(), pool([{ number: 8000 }])]],
    ["vLLM's own port", [told("model")]],
    ["a port after an equals sign", [told("--port=8000")]],
    ["no declared port", [server({ args: ["--port", "9000"], ports: null })]],
    ["a shell", [server({ command: ["sh", "-c"], args: ["vllm serve --port 9000"] })]],
    ["a script", [server({ command: ["/start.sh"], args: [], ports: [{ containerPort: 9 }] })]],
    ["a file of settings", [server({ args: ["--config=a.yaml"], ports: [{ containerPort: 9 }] })]],
    ["another server", [server({ image: "triton:1.0.0", args: ["--port", "9"] })]],
    [
      "arguments that are not known yet",
      [server({ args: UNKNOWN, ports: [{ containerPort: 9 }] })],
    ],
    [
      "ports that are not known yet",
      [server({ args: ["--port", "9"], ports: UNKNOWN }), pool([{ number: 9 }])],
    ],
    ["a port that is no number", [told("--port", "$(PORT)")]],
    [
      "a sidecar before the server",
      [
        server({}, { initContainers: [{ name: "proxy", ports: [{ containerPort: 8100 }] }] }),
        pool([{ number: 8100 }]),
      ],
    ],
    [
      "a pool of other pods",
      [changed(server(), "spec.template.metadata.labels.app", "x"), pool([{ number: 1 }])],
    ],
    ["the pool of another cluster", [server(), pool([{ number: 1 }], "us")]],
    ["a pool's port that is not known yet", [server(), pool([{ number: UNKNOWN }]), pool(UNKNOWN)]],
    [
      "malformed input",
      [server({ args: {}, command: 1, ports: [{ containerPort: "8000" }] }), pool({})],
    ],
  ])("passes %s", async (_, resources) => {
    expect(await findings(resources, { firstPreview })).toEqual([]);
  });

  test.each<[string, readonly Registered[], string, string]>([
    ["another port", [told("--port", "9000")], "server", `${CONTAINER}.args[1]: ${listens(9000)}`],
    ["the same in one word", [told("--port=80")], "server", `${CONTAINER}.args[0]: ${listens(80)}`],
    [
      "SGLang's own port",
      [server({ ...sglang, args: [] })],
      "server",
      `${CONTAINER}.args: without --port SGLang v0.5.0 listens on 30000, but its container declares ` +
        "8000 (http); add --port",
    ],
    [
      "vLLM's own port",
      [server({ command: ["vllm", "serve"], args: null, ports: [{ containerPort: 9000 }] })],
      "server",
      `${CONTAINER}.args: without --port vLLM v0.18.1 listens on 8000, but its container declares ` +
        "9000; add --port",
    ],
    [
      "a pool with another port",
      [server(), pool([{ number: 8000 }, { number: 8001 }])],
      "pool",
      "spec.targetPorts[1].number: 8001 is not a port of the pods of server; use one of theirs: " +
        "8000 (http)",
    ],
  ])("fails %s", async (_, resources, about, message) => {
    expect(await findings(resources, { firstPreview })).toEqual([["mandatory", about, message]]);
  });

  test("advises where the port is not known yet", async () => {
    expect(await findings([told("--port", UNKNOWN)], { firstPreview })).toEqual([
      ["advisory", "server", pending(`${CONTAINER}.args[1]`)],
    ]);
  });
});

test("judges servers in a cluster that another stack makes", async () => {
  const resources = [told("--port", "9000")].map(({ type, name, inputs }) => ({
    type,
    name,
    inputs,
  }));
  const violations = await runPolicies(resources, { policies: [serverPort] });
  expect(violations.map(({ message }) => message)).toEqual([
    `${CONTAINER}.args[1]: ${listens(9000)}`,
  ]);
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) => {
    return { ...told("--port", "9000"), name: `server-${i}` };
  });
  expect(await findings([...many, pool([{ number: 8000 }])])).toHaveLength(300);
});
