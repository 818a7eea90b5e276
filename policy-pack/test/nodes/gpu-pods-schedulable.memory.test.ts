import { UNKNOWN } from "../support/unknown";
import { modelServer } from "../fixtures/gpu";
import { findings, fleet, gpuPool } from "../fixtures/gpuPodsSchedulable";
import type { Registered } from "../support/policies";

describe("the memory of GPUs", () => {
  const ARGS = "spec.template.spec.containers[0].args";
  const serving = (args: unknown, gpus = 1, container: object = {}) =>
    modelServer(
      "server",
      "eu",
      {},
      {
        args,
        resources: { limits: { "nvidia.com/gpu": gpus } },
        ...container,
      },
    );
  const with8 = (type: string) =>
    gpuPool({ guestAccelerators: [{ type, count: 8 }] }, { autoscaling: { totalMaxNodeCount: 9 } });
  const L4 = with8("nvidia-l4");
  const LLAMA_8B = "meta-llama/Llama-3.1-8B-Instruct";
  const LLAMA_70B = "meta-llama/Llama-3.1-70B-Instruct";
  const weights = (index: number, model: string, gib: number, has: string) =>
    `${ARGS}[${index}]: the weights of "${model}" take ${gib} GiB, but ${has}; ` +
    "use more or larger GPUs, or a quantized model";

  test.each<[string, readonly Registered[]]>([
    ["a model that fits", [L4, serving([LLAMA_8B, "--max-model-len", "8192"])]],
    ["a model on several GPUs", [L4, serving([LLAMA_70B, "-tp", "8"], 8)]],
    ["a model on a larger GPU", [with8("nvidia-h200-141gb"), serving([LLAMA_70B])]],
    ["fewer bits by name", [L4, serving(["hugging-quants/Llama-3.1-70B-AWQ-INT4"])]],
    ["fewer bits by flag", [L4, serving([LLAMA_70B, "--quantization", "fp8"])]],
    ["weights in the memory of the machine", [L4, serving([LLAMA_70B, "--cpu-offload-gb=200"])]],
    ["a model without a size", [L4, serving(["deepseek-ai/DeepSeek-V3"])]],
    ["a model of experts", [L4, serving(["mistralai/Mixtral-8x7B-v0.1"])]],
    ["active parameters", [L4, serving(["Qwen/Qwen3-8B-A900B"])]],
    ["a directory", [L4, serving(["/models/llama-70b"])]],
    ["a GPU that is not known", [with8("nvidia-new"), serving([LLAMA_70B])]],
    [
      "one of several GPUs",
      [L4, gpuPool({ guestAccelerators: UNKNOWN }, {}, "other"), serving([LLAMA_70B])],
    ],
    ["a script", [L4, serving([LLAMA_70B], 1, { command: ["sh"] })]],
    ["a size that is not known yet", [L4, serving([LLAMA_70B, "-tp", UNKNOWN], 8)]],
    ["a model that is not known yet", [L4, serving([UNKNOWN])]],
    ["another model's cache", [L4, serving(["own/model-8b", "--max-model-len", "131072"])]],
    [
      "a cache of fewer bits",
      [L4, serving([LLAMA_8B, "--max-model-len=131072", "--kv-cache-dtype=fp8"])],
    ],
  ])("has room for %s", async (_, resources) => {
    const advised = await findings([...fleet, ...resources]);
    expect(advised.filter(([, , text]) => String(text).includes("GiB"))).toEqual([]);
  });

  test.each<[string, readonly Registered[], string]>([
    [
      "the weights of 70 B on an L4",
      [L4, serving([LLAMA_70B])],
      weights(0, LLAMA_70B, 131, "1 x nvidia-l4 has 24 GiB"),
    ],
    [
      "the same by a flag, on two",
      [L4, serving(["--model", LLAMA_70B, "-tp=2"], 2)],
      weights(1, LLAMA_70B, 131, "2 x nvidia-l4 has 48 GiB"),
    ],
    [
      "the same by its command",
      [L4, serving([LLAMA_70B], 1, { command: ["vllm", "serve"] })],
      weights(0, LLAMA_70B, 131, "1 x nvidia-l4 has 24 GiB"),
    ],
    [
      "all experts of a model",
      [L4, serving(["Qwen/Qwen3-30B-A3B"])],
      weights(0, "Qwen/Qwen3-30B-A3B", 56, "1 x nvidia-l4 has 24 GiB"),
    ],
    [
      "a long request",
      [L4, serving([LLAMA_8B, "--max-model-len", "131072"])],
      `${ARGS}[2]: one request of 131072 tokens takes 16 GiB of KV cache beside 15 GiB of weights, ` +
        "but 1 x nvidia-l4 has 24 GiB; lower it, or use more or larger GPUs",
    ],
  ])("has no room for %s", async (_, resources, message) => {
    expect(await findings([...fleet, ...resources])).toEqual([["advisory", "server", message]]);
  });
});
