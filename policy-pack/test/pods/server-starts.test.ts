import { UNKNOWN } from "../support/unknown";
import { serverStarts } from "../../pods/server-starts";
import { pending } from "../fixtures/messages";
import { euAndUs, object } from "../fixtures/objects";
import { changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const SPEC = "spec.template.spec";
const CONTAINER = `${SPEC}.containers[0]`;
const ARGS = `${CONTAINER}.args`;
const COMMAND = `${CONTAINER}.command`;
const EACH_WORD = "write each word as an item of its own";

const judge = findingsOf(serverStarts);
const findings = (...resources: readonly Registered[]) => judge([...euAndUs, ...resources]);

/** The pods of a server with as many GPUs. */
const pods = (container: object, gpus: unknown = 1, podSpec: object = {}) => ({
  metadata: { labels: { app: "server" } },
  spec: {
    ...podSpec,
    containers: [
      {
        name: "server",
        image: "vllm/vllm-openai:v0.18.1",
        resources: { limits: { "nvidia.com/gpu": gpus } },
        ...container,
      },
    ],
  },
});
const server = (container: object, gpus?: unknown, podSpec?: object) =>
  object("apps/v1:Deployment", "server", { spec: { template: pods(container, gpus, podSpec) } });
const told = (...args: readonly unknown[]) => server({ args: ["model", ...args] });
const sglang = {
  image: "lmsysorg/sglang:v0.5.4",
  command: ["python3", "-m", "sglang.launch_server"],
};
const group = (args: readonly string[], size?: unknown, container: object = {}) =>
  object("leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", "server", {
    spec: { leaderWorkerTemplate: { size, workerTemplate: pods({ args, ...container }, 8) } },
  });
const service = (name: unknown, spec: object = {}, cluster = "eu") =>
  object("core/v1:Service", "service", { metadata: { name, namespace: "llm" }, spec }, cluster);

const oneWord = (path: string, given: string) =>
  `${path}: ${given} is one word, so the server takes it for one argument; ${EACH_WORD}`;
const noProgram = (given: string) =>
  `${COMMAND}[0]: ${given} is one word, and no executable has that name; ${EACH_WORD}`;
const script = (given: string, path = COMMAND) =>
  `${path}: ${given} is a script, so the port and the flags of the server are not judged; ` +
  "start the server itself, with its flags as arguments";
const tooFew = (
  path: string,
  text: string,
  gpus: number,
  there: number,
  whose = "its pod asks for",
) =>
  `${path}: ${text} needs ${gpus} GPUs, but ${whose} ${there}; ` +
  "ask for as many GPUs, or lower the sizes";
const GROUP = "the pods of its group ask for";
const twice = (index: number, name: string) =>
  `${ARGS}[${index}]: the adapter "${name}" is loaded already, so vLLM exits; ` +
  "give each adapter a name of its own";
const links = (given: string) =>
  `${SPEC}.enableServiceLinks: is ${given}, so the Service of service gives the pods ` +
  "VLLM_PORT=tcp://..., which vLLM does not take for a port; " +
  "set it to false, or name the Service otherwise";

test.each<[string, readonly Registered[]]>([
  ["a plain command line", [told("--port", "8000", "--max-model-len=8192")]],
  ["the image's own command", [server({})]],
  ["a program by its path", [server({ command: ["/usr/bin/python3", "-m", "vllm"] })]],
  ["a program behind another", [server({ command: ["tini", "--", "vllm", "serve", "m"] })]],
  ["the script of NVIDIA's images", [server({ command: ["/opt/nvidia/nvidia_entrypoint.sh"] })]],
  ["a value with blanks", [told("--chat-template", "{{ a }} --b c")]],
  ["JSON with blanks", [told('--override-generation-config={"a": 1, "b": 2}', '{"a": "x --y"}')]],
  ["a script of another server", [server({ image: "x/triton:1.0", command: ["sh", "-c"] })]],
  ["a script without GPUs", [server({ image: "x/nginx:1.0", command: ["a b"] }, 0)]],
  ["as many GPUs", [server({ args: ["--tensor-parallel-size", "2", "-pp", "2"] }, "4")]],
  ["more GPUs", [server({ args: ["-tp=2"] }, 8)]],
  ["no parallel sizes", [server({ args: [] }, 8)]],
  ["a size that is no number", [told("-tp", "$(GPUS)")]],
  ["a size among others that is not known yet", [told("-tp", "2", "-pp", UNKNOWN)]],
  ["GPUs that are not known yet", [server({ args: ["-tp", "2"] }, UNKNOWN)]],
  ["a size for chips that are no GPUs", [server({ args: ["--tensor-parallel-size=8"] }, null)]],
  ["a size in a script", [server({ image: "x/y:1.0", command: ["sh"], args: ["-tp", "2"] })]],
  ["the last size of two", [told("-tp", "8", "--tensor-parallel-size", "1")]],
  ["a group of pods", [group(["-tp", "8", "-pp", "2"], 2)]],
  ["a group whose size is not known yet", [group(["-tp", "16"], UNKNOWN)]],
  ["a cluster of Ray", [told("-tp", "16", "--distributed-executor-backend", "ray")]],
  ["several nodes", [told("-tp", "2", "--nnodes", "2")]],
  ["nodes that are no number", [told("-tp", "2", "--nnodes", "$(N)")]],
  ["copies in other pods", [told("-dp", "8", "-dpl", "1")]],
  ["one copy of several", [told("-dp", "8", "--data-parallel-rank", "3")]],
  [
    "copies whose attention shares the GPUs",
    [server({ ...sglang, args: ["--tp", "8", "--dp", "8", "--enable-dp-attention"] }, 8)],
  ],
  ["two adapters", [told("--lora-modules", "a=x", "b=x", "--lora-modules", "a=x", "b=x")]],
  ["adapters of another server", [server({ ...sglang, args: ["--lora-modules", "a=x", "a=y"] })]],
  ["an adapter that is not known yet", [told("--lora-modules", "a=x", UNKNOWN, UNKNOWN)]],
  ["a Service of another name", [told(), service("vllm-server")]],
  ["a Service without an address", [told(), service("vllm", { clusterIP: "None" })]],
  ["a Service elsewhere", [told(), service("vllm", { type: "ExternalName" })]],
  ["a Service in another cluster", [told(), service("vllm", {}, "us")]],
  ["a Service whose name is not known yet", [told(), service(UNKNOWN)]],
  ["no links", [server({}, 1, { enableServiceLinks: false }), service("vllm")]],
  ["a port of its own", [server({ env: [{ name: "VLLM_PORT", value: "1" }] }), service("vllm")]],
  ["an SGLang beside the Service", [server({ ...sglang, args: [] }), service("vllm")]],
  ["arguments that are not known yet", [server({ args: UNKNOWN })]],
  [
    "a command that is not known yet",
    [server({ command: UNKNOWN }), server({ command: [UNKNOWN] })],
  ],
  [
    "malformed input",
    [server({ command: "a b", args: {} }), server({ command: [{}], args: [[]] })],
  ],
])("passes %s", async (_, resources) => {
  const malformed = await findings(...resources);
  expect(malformed.filter(([level]) => level === "mandatory")).toEqual([]);
});

test.each<[string, Registered, string]>([
  [
    "a command line in one word",
    server({ command: ["vllm serve m --port 8080"] }),
    noProgram('"vllm serve m --port 8080"'),
  ],
  [
    "the same of another server",
    server({ image: "x/triton:1.0", command: ["tritonserver --model-store=/m"] }),
    noProgram('"tritonserver --model-store=/m"'),
  ],
  ["a blank behind the program", server({ command: ["vllm "] }), noProgram('"vllm "')],
  ["a flag and its value in one word", told("--port 8080"), oneWord(`${ARGS}[1]`, '"--port 8080"')],
  [
    "two flags in one word",
    told("--port=8080 --disable-log-stats"),
    oneWord(`${ARGS}[1]`, '"--port=8080 --disable-log-stats"'),
  ],
  [
    "all arguments in one word",
    server({ command: ["vllm"], args: ["serve m --port 8080"] }),
    oneWord(`${ARGS}[0]`, '"serve m --port 8080"'),
  ],
  [
    "more GPUs than there are",
    told("--tensor-parallel-size", "2"),
    tooFew(`${ARGS}[2]`, "--tensor-parallel-size 2", 2, 1),
  ],
  [
    "more GPUs by several sizes",
    told("-tp", "2", "--pipeline_parallel_size=2"),
    tooFew(`${ARGS}[2]`, "-tp 2, --pipeline_parallel_size 2", 4, 1),
  ],
  [
    "more GPUs by copies",
    server({ args: ["-tp=2", "-dp", "3"] }, 4),
    tooFew(`${ARGS}[0]`, "-tp 2, -dp 3", 6, 4),
  ],
  [
    "more GPUs by copies of this pod",
    server({ args: ["-dp", "8", "-dpl", "4"] }, 2),
    tooFew(`${ARGS}[3]`, "-dpl 4", 4, 2),
  ],
  [
    "more GPUs of an SGLang",
    server({ ...sglang, args: ["--tp-size", "4"] }, 2),
    tooFew(`${ARGS}[1]`, "--tp-size 4", 4, 2),
  ],
  [
    "more GPUs by copies of an SGLang",
    server({ ...sglang, args: ["--tp", "2", "--dp=2"] }, 2),
    tooFew(`${ARGS}[1]`, "--tp 2, --dp 2", 4, 2),
  ],
  [
    "more GPUs than several nodes have",
    told("-tp", "4", "--nnodes=2"),
    tooFew(`${ARGS}[2]`, "-tp 4", 4, 2),
  ],
  [
    "more GPUs than a group has",
    group(["-tp", "8", "-pp", "3"], 2),
    tooFew(
      "spec.leaderWorkerTemplate.workerTemplate.spec.containers[0].args[1]",
      "-tp 8, -pp 3",
      24,
      16,
      GROUP,
    ),
  ],
  [
    "more GPUs than a group of one has",
    group(["-tp", "16"]),
    tooFew(
      "spec.leaderWorkerTemplate.workerTemplate.spec.containers[0].args[1]",
      "-tp 16",
      16,
      8,
      GROUP,
    ),
  ],
  ["an adapter twice", told("--lora-modules", "a=x", "b=y", "a=z"), twice(4, "a")],
  [
    "an adapter twice, in JSON",
    told('--lora-modules={"name": "a", "path": "x"}', '{"path": "y", "name": "a"}'),
    twice(2, "a"),
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", "server", message]]);
});

test.each<[string, unknown, string]>([
  ["nothing", null, "not set"],
  ["true", true, "true"],
])("fails links to a Service vllm by %s", async (_, enableServiceLinks, given) => {
  expect(await findings(server({}, 1, { enableServiceLinks }), service("vllm"))).toEqual([
    ["mandatory", "server", links(given)],
  ]);
});

test.each<[string, Registered, string]>([
  [
    "a shell",
    server({ command: ["/bin/sh", "-c"], args: ["exec vllm serve m --port 8080"] }),
    script('["/bin/sh","-c"]'),
  ],
  [
    "a shell as argument",
    server({ args: ["bash", "-lc", "x"] }),
    script('["bash","-lc","x"]', ARGS),
  ],
  ["a file", server({ command: ["/start.sh"] }), script('["/start.sh"]')],
  ["another program", server({ command: ["/app/server"] }), script('["/app/server"]')],
  [
    "a program text",
    server({ command: ["python3", "-c", "import vllm"] }),
    script('["python3","-c","import vllm"]'),
  ],
  [
    "a file of flags",
    told("--config", "/etc/vllm.yaml"),
    `${ARGS}[1]: the server reads flags from a file, so these are not judged; write them as arguments`,
  ],
])("advises against %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["advisory", "server", message]]);
});

test("advises where links are not known yet", async () => {
  const resource = server({}, 1, { enableServiceLinks: UNKNOWN });
  expect(await findings(resource, service("vllm"))).toEqual([
    ["advisory", "server", pending(`${SPEC}.enableServiceLinks`)],
  ]);
});

test("judges among siblings that are not known yet", async () => {
  const container = { args: [UNKNOWN, "-tp", "2"], env: UNKNOWN, ports: UNKNOWN };
  expect(await findings(server(container, 1, { volumes: UNKNOWN }))).toEqual([
    ["mandatory", "server", tooFew(`${ARGS}[2]`, "-tp 2", 2, 1)],
  ]);
});

test("judges the server of a leader", async () => {
  const leader = pods({ args: ["-tp", "16"] }, 4);
  const both = changed(group([], 2), "spec.leaderWorkerTemplate.leaderTemplate", leader);
  const path = "spec.leaderWorkerTemplate.leaderTemplate.spec.containers[0].args[1]";
  expect(await findings(both)).toEqual([
    ["mandatory", "server", tooFew(path, "-tp 16", 16, 12, GROUP)],
  ]);
});
