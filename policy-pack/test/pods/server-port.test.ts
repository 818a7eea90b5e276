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
const told = (...args: unknown[]) => server({ args: ["model", ...args] });
const pool = (targetPorts: unknown, cluster = "eu") =>
  object(
    "inference.networking.k8s.io/v1:InferencePool",
    "pool",
    { spec: { selector: { matchLabels: { app: "server" } }, targetPorts } },
    cluster,
  );
const sglang = { image: "lmsysorg/sglang:v0.5.0" };
const alone = (host: string, path = `${CONTAINER}.args[2]`) =>
  `${path}: vLLM v0.18.1 listens on ${host} only, which nothing outside of its pod reaches; ` +
  'set --host to "0.0.0.0"';
const proxy = { name: "proxy", image: "nginx:1.29", ports: [{ containerPort: 8000 }] };
const beside = (podSpec: object) =>
  server({ args: ["model", "--host=127.0.0.1", "--ssl-certfile", "a"] }, podSpec);
const tlsPolicy = object("gateway.networking.k8s.io/v1:BackendTLSPolicy", "tls", { spec: {} });
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
    ["vLLM's own port", [told()]],
    ["a port after an equals sign", [told("--port=8000")]],
    ["no declared port", [server({ args: ["--port", "9000"], ports: null })]],
    ["every address", [told("--host", "0.0.0.0"), told("--host=::"), told("--host", "$(POD_IP)")]],
    ["an address in a script", [server({ command: ["sh"], args: ["--host", "127.0.0.1"] })]],
    ["a sidecar", [beside({ initContainers: [{ ...proxy, restartPolicy: "Always" }] })]],
    ["a container beside", [changed(beside({}), "spec.template.spec.containers.1", proxy)]],
    ["HTTPS behind a policy", [told("--ssl-certfile", "a"), pool([{ number: 8000 }]), tlsPolicy]],
    ["HTTPS behind no pool", [told("--ssl-certfile", "a")]],
    ["an SGLang for all", [server({ ...sglang, args: ["--port=8000", "--host", "0.0.0.0"] })]],
    ["an SGLang with a file", [server({ ...sglang, args: ["--config", "a"] })]],
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
    ["another port", [told("--port", "9000")], "server", `${CONTAINER}.args[2]: ${listens(9000)}`],
    ["the same in one word", [told("--port=80")], "server", `${CONTAINER}.args[1]: ${listens(80)}`],
    [
      "SGLang's own port",
      [server({ ...sglang, args: ["--host", "0.0.0.0"] })],
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
    ["an address of the pod alone", [told("--host", "127.0.0.1")], "server", alone("127.0.0.1")],
    [
      "the same in one word",
      [told("--host=localhost")],
      "server",
      alone("localhost", `${CONTAINER}.args[1]`),
    ],
    ["the same for IPv6", [told("--host", "::1")], "server", alone("::1")],
    [
      "a pool's port as a text",
      [pool([{ number: 8000 }, { number: "8001" }])],
      "pool",
      'spec.targetPorts[1].number: "8001" is a text, and the API server takes a number only; ' +
        "write it without quotes",
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

  test.each<[string, readonly Registered[], string]>([
    [
      "an SGLang for its pod alone",
      [server({ ...sglang, args: ["--port", "8000"] })],
      `${CONTAINER}.args: without --host SGLang v0.5.0 listens on 127.0.0.1 only; ` +
        'set --host to "0.0.0.0"',
    ],
    [
      "HTTPS behind a pool",
      [told("--ssl-keyfile=a"), pool([{ number: 8000 }])],
      `${CONTAINER}.args[1]: with --ssl-keyfile vLLM v0.18.1 takes HTTPS only, but InferencePool ` +
        "pool sends HTTP; remove it, or add a BackendTLSPolicy",
    ],
    [
      "an address that is not known yet",
      [told("--host", UNKNOWN)],
      pending(`${CONTAINER}.args[2]`),
    ],
  ])("advises against %s", async (_, resources, message) => {
    expect(await findings(resources, { firstPreview })).toEqual([["advisory", "server", message]]);
  });

  test("advises where the port is not known yet", async () => {
    expect(await findings([told("--port", UNKNOWN)], { firstPreview })).toEqual([
      ["advisory", "server", pending(`${CONTAINER}.args[2]`)],
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
    `${CONTAINER}.args[2]: ${listens(9000)}`,
  ]);
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) => {
    return { ...told("--port", "9000"), name: `server-${i}` };
  });
  expect(await findings([...many, pool([{ number: 8000 }])])).toHaveLength(300);
});
