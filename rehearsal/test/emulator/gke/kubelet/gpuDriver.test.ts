import { lastWordsWithoutDriver } from "../../../../emulator/gke/kubelet/gpuDriver";
import { Container } from "../../../../emulator/gke/world/kinds";

const WORDS =
  "No platform detected, vLLM is running on UnspecifiedPlatform; " +
  "RuntimeError: Failed to infer device type";
const GPUS = { resources: { limits: { "nvidia.com/gpu": "1" } } };

function words(image: string, over: Partial<Container> = {}): string | undefined {
  return lastWordsWithoutDriver({ name: "vllm", image, ...GPUS, ...over });
}

test.each([
  "vllm/vllm-openai:v0.9.0",
  "vllm/vllm-openai:v0.10.2",
  "vllm/vllm-openai:v0.11.0",
  "mirror.example.com:5000/vllm-openai:v0.11.0@sha256:00",
])("%s does not find the driver", (image) => {
  expect(words(image)).toBe(WORDS);
});

test.each([
  "vllm/vllm-openai:v0.8.5",
  "vllm/vllm-openai:v0.11.1",
  "vllm/vllm-openai:v0.18.1",
  "vllm/vllm-openai:latest",
  "ghcr.io/llm-d/llm-d-cuda:v0.10.2",
])("%s does, or nothing can be told of it", (image) => {
  expect(words(image)).toBeUndefined();
});

test.each<[string, Partial<Container>]>([
  [
    "the variable",
    { env: [{ name: "LD_LIBRARY_PATH", value: "/usr/local/nvidia/lib64:/usr/local/cuda/lib64" }] },
  ],
  [
    "the variable, with a slash at its end",
    { env: [{ name: "LD_LIBRARY_PATH", value: "/usr/local/nvidia/lib64/" }] },
  ],
  [
    "a script",
    { command: ["sh", "-c"], args: ["LD_LIBRARY_PATH=/usr/local/nvidia/lib64 vllm serve m"] },
  ],
  ["no GPU", { resources: {} }],
])("with %s there is nothing to miss", (_, over) => {
  expect(words("vllm/vllm-openai:v0.11.0", over)).toBeUndefined();
});

test("another path is none", () => {
  const env = [{ name: "LD_LIBRARY_PATH", value: "/usr/local/cuda/lib64" }];
  expect(words("vllm/vllm-openai:v0.11.0", { env })).toBe(WORDS);
});
