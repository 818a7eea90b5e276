import { readFlags } from "../../../../../emulator/gke/kubelet/processes/program";
import { programOf } from "../../../../../emulator/gke/kubelet/processes/programs";
import { Container } from "../../../../../emulator/gke/world/kinds";

const SETTINGS = { "kv-cache-size": "1024", "max-num-seqs": "256" };

function translated(container: Container, ports: [number, number][] = []): string[] | undefined {
  const ground = { ports: new Map(ports), modelServer: SETTINGS };
  return programOf(container)?.args(container, ground);
}

const VLLM: Container = {
  name: "vllm",
  image: "vllm/vllm-openai:v0.18.1",
  command: ["vllm", "serve"],
  args: ["meta/llama", "--revision", "abc", "--port", "8000", "--max-model-len", "8192"],
};

const PICKER: Container = {
  name: "epp",
  image: "registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0",
  args: ["--pool-name", "pool", "--config-file", "/config/plugins.yaml", "--tracing=false"],
};

test.each([
  ["vllm/vllm-openai:v0.18.1", "modelServer"],
  ["mirror.corp/vllm/vllm-openai@sha256:abc", "modelServer"],
  ["registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0", "endpointPicker"],
  ["ghcr.io/llm-d/llm-d-router-endpoint-picker:v1", "endpointPicker"],
  ["vllm/vllm-openai-tools:v1", undefined],
  ["busybox", undefined],
])("in place of %s runs %s", (image, binary) => {
  expect(programOf({ name: "c", image })?.binary).toBe(binary);
});

test("the simulator gets what it shares with vLLM, its own port and its own settings", () => {
  const args = [
    ...(VLLM.args ?? []),
    "--shutdown-timeout",
    "100",
    "--enable-lora",
    "--max-loras",
    "1",
  ];
  const adapter = '{"name":"food-review","path":"x"}';
  const container = { ...VLLM, args: [...args, "--lora-modules", adapter] };
  expect(translated(container, [[8000, 40_000]])).toEqual([
    ...["--model", "meta/llama", "--port", "40000", "--max-model-len", "8192"],
    ...["--max-loras", "1", "--lora-modules", adapter, "--force-dummy-tokenizer"],
    ...["--kv-cache-size=1024", "--max-num-seqs=256"],
  ]);
});

test("what the container says wins over the simulator's settings", () => {
  const container = { ...VLLM, args: ["m", "--max-num-seqs=8"] };
  expect(translated(container)).toEqual([
    ...["--model", "m", "--port", "8000", "--max-num-seqs", "8", "--force-dummy-tokenizer"],
    "--kv-cache-size=1024",
  ]);
});

test.each([
  [{ command: undefined, args: ["--model", "m"] }, "m"],
  [{ command: ["vllm"], args: ["serve", "m"] }, "m"],
  [{ command: ["vllm", "serve", "m"], args: ["--port=9000"] }, "m"],
  [
    { command: ["vllm", "serve"], args: ["/model/_base", "--served-model-name", "m"] },
    "/model/_base",
  ],
])("a model is found wherever the command line names it: %j", (over, model) => {
  expect(translated({ ...VLLM, ...over })?.slice(0, 2)).toEqual(["--model", model]);
});

test.each([
  ["the port that it is given", ["m", "--port=9000"], [9000]],
  ["vLLM's default", ["m"], [8000]],
])("a model server listens on %s, whatever the container declares", (_, args, ports) => {
  const container = { ...VLLM, args, ports: [{ containerPort: 1234 }] };
  expect(programOf(container)?.listens(container)).toEqual(ports);
});

test("of the picker only the ports change", () => {
  const ports: [number, number][] = [
    [9002, 40_002],
    [9003, 40_003],
    [9090, 40_090],
  ];
  expect(programOf(PICKER)?.listens(PICKER)).toEqual([9002, 9003, 9090]);
  expect(translated(PICKER, ports)).toEqual([
    ...(PICKER.args ?? []).slice(0, 4),
    ...["--tracing", "false"],
    ...["--grpc-port", "40002", "--grpc-health-port", "40003", "--metrics-port", "40090"],
  ]);
});

test("a command line is read with both spellings of values", () => {
  expect(readFlags(["serve", "m", "--a", "1", "2", "--b=x=y", "--c"])).toEqual({
    alone: ["serve", "m"],
    flags: [
      { name: "--a", values: ["1", "2"] },
      { name: "--b", values: ["x=y"] },
      { name: "--c", values: [] },
    ],
  });
});
