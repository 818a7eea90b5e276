import type { Dated } from "./dated";

export const MODEL_MEMORY_DATED: Dated = {
  title: "Memory of models: KV cache of a token by family, signs of quantized weights in a name",
  source:
    "config.json of each repository on Hugging Face: 2 x num_hidden_layers x num_key_value_heads x head_dim x 2 bytes; " +
    "https://docs.vllm.ai/en/latest/features/quantization",
  asOf: "2026-11-30",
  goodForMonths: 12,
};

/** Share of a GPU's memory that vLLM uses by default (`--gpu-memory-utilization`). */
export const VLLM_SHARE = 0.9;

/** What is known of a model from the name of its repository. */
export interface ModelMemory {
  /** Parameters in billions. */
  billions: number;
  /** Bytes that each takes. */
  bytes: number;
  /** GiB of its weights. */
  weightsGib: number;
  /** KiB of one token in the KV cache, in 16 bits. For an unknown family it is an estimate, more often too small than too large. */
  kvKibPerToken: number;
  /** Tokens of the longest context (`max_position_embeddings`), above which vLLM refuses to start, where it is known. */
  longestContext?: number;
}

/** Experts of a mixture share a part of their layers: Mixtral 8x7B has 47 billion parameters. */
const SHARED_BY_EXPERTS = 0.8;
/** `70B`, `1.5b`, `8x7B`, but not the active part of a mixture, `A3B`, nor `4bit`. */
const SIZE = /(?<![a-z\d.])(?:(\d+)x)?(\d+(?:\.\d+)?)b(?![a-z\d])/gi;

/** Bytes of a parameter by what is found in a name, the first that fits. gpt-oss is published in 4 bits. */
const BYTES: readonly (readonly [RegExp, number])[] = [
  [/1\.58|[12]-?bit|aqlm/i, 0.25],
  [/(?<!\d)8-?bit|int-?8|fp8|w8a|q8/i, 1],
  [/(?<!\d)4-?bit|int-?4|fp4|nf4|w4a|q4|awq|gptq|gguf|exl|hqq|bnb|gpt-oss/i, 0.5],
];

/** KiB of one token by family and size. */
const KV_KIB: readonly (readonly [RegExp, Readonly<Record<string, number>>])[] = [
  [/llama-?3/i, { "1": 32, "3": 112, "8": 128, "70": 320, "405": 504 }],
  [/qwen2(\.5)?-\d/i, { "0.5": 12, "1.5": 28, "3": 36, "7": 56, "14": 192, "32": 256, "72": 320 }],
  [
    /qwen3-\d/i,
    { "0.6": 112, "1.7": 112, "4": 144, "8": 144, "14": 160, "30": 96, "32": 256, "235": 188 },
  ],
  [/mistral|mixtral/i, { "7": 128, "8x7": 128, "8x22": 224 }],
];

/** The family of the stack's default model: 3.1, 3.2 and 3.3. */
const LLAMA = /llama-?3\.[123]/i;
const LLAMA_CONTEXT = 131_072;

/** What the name of a repository says of its model; undefined if it says nothing. */
export function modelMemory(repository: string): ModelMemory | undefined {
  const sizes = [...repository.matchAll(SIZE)].map(([, experts, size = ""]) => ({
    size: experts === undefined ? size : `${experts}x${size}`,
    billions: Number(size) * (experts === undefined ? 1 : Number(experts) * SHARED_BY_EXPERTS),
  }));
  const [largest] = sizes.sort((a, b) => b.billions - a.billions);
  if (!largest || largest.billions === 0) return undefined;
  const { size, billions } = largest;
  const [, bytes = 2] = BYTES.find(([sign]) => sign.test(repository)) ?? [];
  const [, kibOf] = KV_KIB.find(([family]) => family.test(repository)) ?? [];
  return {
    billions,
    bytes,
    weightsGib: (billions * 1e9 * bytes) / 2 ** 30,
    kvKibPerToken: kibOf?.[size] ?? 20 * Math.sqrt(billions),
    ...(LLAMA.test(repository) && { longestContext: LLAMA_CONTEXT }),
  };
}
