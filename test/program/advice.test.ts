import { adviceOn } from "../../config/advice";
import { schema } from "../../config/schema";

function advice(...zones: string[]): string[] {
  const given = schema.parse({
    clusters: { "gke-west": { region: "europe-west3" }, "gke-east": { region: "us-east4" } },
    configCluster: "gke-west",
    accelerator: { machineType: "g2-standard-8", provisioning: "spot", zones },
  });
  return adviceOn(given);
}

test("nothing is advised on zones that are left to the catalog, or known to have the GPU", () => {
  expect(advice()).toEqual([]);
  expect(advice("europe-west3-b", "us-east4-c")).toEqual([]);
});

test("nothing is known of a region that no list has", () => {
  expect(advice("us-west2-a")).toEqual([]);
});

test("a zone that is not known to have the GPU is taken, and told with what asks Google", () => {
  expect(advice("europe-west3-a", "us-east4-b")).toEqual([
    "GPU pool gpu: us-east4-b is not known to have g2-standard-8 (2026-08-20: us-east4-a, us-east4-c). If the zone " +
      "lacks it, GKE refuses the pool after it has created the clusters. Ask Google: gcloud compute machine-types list " +
      "--zones=us-east4-b --filter=name=g2-standard-8",
  ]);
});

describe("the memory of a GPU", () => {
  const A3 = { machineType: "a3-highgpu-2g", zones: ["europe-west3-c", "us-east4-a"] };

  function memoryAdvice(model: object, east: object = {}, accelerator: object = {}): string[] {
    return adviceOn(
      schema.parse({
        clusters: {
          "gke-west": { region: "europe-west3" },
          "gke-east": { region: "us-east4", model: east },
          hub: { region: "us-east1", gpus: false },
        },
        configCluster: "hub",
        accelerator: { machineType: "g2-standard-8", ...accelerator },
        model,
      }),
    );
  }

  test.each<[string, object]>([
    ["the model of the stacks", {}],
    ["a context that fits", { maxLength: 32768 }],
    ["a model whose name has no size", { id: "deepseek-ai/DeepSeek-V3" }],
    ["a small model with a long context", { id: "Qwen/Qwen2.5-7B-Instruct", maxLength: 100_000 }],
    ["a model in 8 bits", { id: "neuralmagic/Llama-3.1-8B-FP8", maxLength: 65536 }],
    ["a mixture's active part", { id: "a/Model-A22B" }],
  ])("holds %s", (_, model) => {
    expect(memoryAdvice(model)).toEqual([]);
  });

  test.each<[string, object, object]>([
    ["a large model in 4 bits", { id: "hugging-quants/Llama-3.1-70B-AWQ-INT4" }, A3],
    ["gpt-oss, which has 4 bits without saying so", { id: "openai/gpt-oss-120b" }, A3],
    ["30 B of which 3 B are active", { id: "Qwen/Qwen3-30B-A3B", maxLength: 32768 }, A3],
  ])("of an H100 holds %s", (_, model, accelerator) => {
    expect(memoryAdvice(model, {}, accelerator)).toEqual([]);
  });

  test("does not hold the weights", () => {
    expect(memoryAdvice({ id: "meta-llama/Llama-3.3-70B-Instruct" })).toEqual([
      "GPU pool gpu of gke-west, gke-east: by its name, meta-llama/Llama-3.3-70B-Instruct has about 130 GiB of weights " +
        "(70 billion parameters of 2 bytes), and a GPU of g2-standard-8 has 24 GB: a model server has one GPU, and would " +
        "not start. Take a larger GPU, or a smaller or quantized model.",
    ]);
    expect(memoryAdvice({ id: "mistralai/Mixtral-8x7B-v0.1" }, {}, A3)).toEqual([
      expect.stringContaining("has about 83 GiB of weights (44.8 billion parameters of 2 bytes)"),
    ]);
  });

  test("does not hold one request of full length, in the one cluster that has it", () => {
    expect(memoryAdvice({}, { maxLength: 131_072 })).toEqual([
      "GPU pool gpu of gke-east: the KV cache of one request of maxLength 131072 is about 16 GiB, the weights of " +
        "meta-llama/Llama-3.1-8B-Instruct are about 15 GiB, and a GPU of g2-standard-8 has 24 GB, of which vLLM uses " +
        "90 %: a model server would not start. Lower maxLength to about 54000, or take a larger GPU, or a smaller or " +
        "quantized model.",
    ]);
  });

  test("has no room beside the weights", () => {
    expect(memoryAdvice({ id: "a/model-12B", maxLength: 256 })).toEqual([
      expect.stringMatching(
        /would not start\. Take a larger GPU, or a smaller or quantized model\.$/,
      ),
    ]);
  });

  test("may be large enough for a context that the model does not have", () => {
    expect(memoryAdvice({ maxLength: 131_073 }, {}, A3)).toEqual([
      "gke-west, gke-east: by its name, meta-llama/Llama-3.1-8B-Instruct takes 131072 tokens at most, and vLLM does not " +
        "start with a longer maxLength, such as 131073.",
    ]);
  });

  test("is judged for each pool, fallbacks too", () => {
    const fallbacks = [{ machineType: "g2-standard-8" }, A3];
    const settings = schema.parse({
      clusters: { "gke-west": { region: "europe-west3" }, "gke-east": { region: "us-east4" } },
      configCluster: "gke-west",
      accelerator: A3,
      fallbacks,
      model: { id: "Qwen/Qwen3-32B" },
    });
    expect(adviceOn(settings)).toEqual([
      expect.stringMatching(/^GPU pool fallback-1 of gke-west, gke-east: by its name, /),
    ]);
  });
});
