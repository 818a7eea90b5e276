import { modelMemory } from "../../catalog/modelMemory";

test.each([
  ["meta-llama/Llama-3.1-8B-Instruct", 8, 2, 128],
  ["meta-llama/Llama-3.3-70B-Instruct", 70, 2, 320],
  ["meta-llama/Llama-3.2-1B", 1, 2, 32],
  ["Qwen/Qwen2.5-0.5B", 0.5, 2, 12],
  ["Qwen/Qwen3-30B-A3B-Instruct-2507", 30, 2, 96],
  ["Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", 235, 1, 188],
  ["mistralai/Mixtral-8x22B-Instruct-v0.1", 140.8, 2, 224],
  ["google/gemma-3-27b-it", 27, 2, 20 * Math.sqrt(27)],
  ["TheBloke/Llama-2-7B-AWQ", 7, 0.5, 20 * Math.sqrt(7)],
  ["a/b-13B-GPTQ-Int8", 13, 1, 20 * Math.sqrt(13)],
  ["a/b-13b-bnb-4bit", 13, 0.5, 20 * Math.sqrt(13)],
  ["a/b-13b-w8a8", 13, 1, 20 * Math.sqrt(13)],
  ["a/b-13b.w4a16", 13, 0.5, 20 * Math.sqrt(13)],
  ["nvidia/Llama-3.3-70B-NVFP4", 70, 0.5, 320],
  ["openai/gpt-oss-20b", 20, 0.5, 20 * Math.sqrt(20)],
  ["microsoft/bitnet-b1.58-2B-4T", 2, 0.25, 20 * Math.sqrt(2)],
])("%s has %d billion parameters of %d bytes, and %d KiB a token", (id, billions, bytes, kib) => {
  const memory = modelMemory(id);
  expect(memory?.billions).toBeCloseTo(billions);
  expect(memory).toMatchObject({ bytes, kvKibPerToken: kib });
  expect(memory?.weightsGib).toBeCloseTo((billions * 1e9 * bytes) / 2 ** 30);
});

test.each(["gpt2", "deepseek-ai/DeepSeek-R1", "a/b-4bit", "a/b200-tuned", "a/model-A3B", "a/0B"])(
  "the name %s says no size",
  (id) => {
    expect(modelMemory(id)).toBeUndefined();
  },
);
