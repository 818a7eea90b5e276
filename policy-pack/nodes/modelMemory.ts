import { advice, type Finding, on, type Value } from "../frame";
import { wordsOf } from "../picker/flags";
import { type ModelServer, modelServerOf } from "../pods/modelServer";
import { gpusOfModel } from "../pods/parallelSize";

import type { NodeGroup } from "./nodeGroup";
import type { GpuPods } from "./schedulable";

/**
 * GiB of one GPU, by its name in GKE. Source: https://cloud.google.com/compute/docs/gpus. Nominal, so
 * a little more than a program gets.
 */
const MEMORY_GIB: ReadonlyMap<string, number> = new Map([
  ["nvidia-tesla-p4", 8],
  ["nvidia-tesla-p100", 16],
  ["nvidia-tesla-t4", 16],
  ["nvidia-tesla-v100", 16],
  ["nvidia-l4", 24],
  ["nvidia-tesla-a100", 40],
  ["nvidia-a100-80gb", 80],
  ["nvidia-h100-80gb", 80],
  ["nvidia-h100-mega-80gb", 80],
  ["nvidia-rtx-pro-6000", 96],
  ["nvidia-h200-141gb", 141],
  ["nvidia-b200", 192],
  ["nvidia-gb200", 192],
]);

const GIB = 2 ** 30;
/** Weights of 16 bits, which is what repositories hold that do not say otherwise in their names. */
const BYTES_PER_PARAMETER = 2;

/** `Llama-3.1-70B`, `Qwen3-30B-A3B`; not the active parameters, nor `8x7B`. */
const PARAMETERS = /(?:^|[-_/])(\d+(?:\.\d+)?)b(?=$|[-_.])/gi;

/** Weights of fewer bits. gpt-oss has them without saying so. */
const SMALLER = /awq|gptq|fp[48]|int[48]|[48]-?bit|w\d+a\d+|gguf|bnb|quant|exl\d|gpt-oss|bitnet/i;

/** Flags that change how much memory weights or cache take. */
const CHANGES = [
  "quantization",
  "q",
  "load-format",
  "cpu-offload-gb",
  "kv-cache-dtype",
  "hf-overrides",
  "enable-expert-parallel",
  "data-parallel-size",
  "dp",
  "swap-space",
];

/**
 * Bytes of KV cache for each token, in 16 bits: 4 x layers x KV heads x size of a head, by the
 * config.json of each model.
 */
const CACHE_BYTES: readonly (readonly [model: RegExp, bytes: number])[] = [
  [/llama-3(?:\.1)?-8b/i, 4 * 32 * 8 * 128],
  [/llama-3(?:\.[13])?-70b/i, 4 * 80 * 8 * 128],
  [/llama-3\.1-405b/i, 4 * 126 * 8 * 128],
  [/mistral-7b/i, 4 * 32 * 8 * 128],
  [/qwen2\.5-7b/i, 4 * 28 * 4 * 128],
  [/qwen2\.5-72b/i, 4 * 80 * 8 * 128],
  [/qwen3-8b/i, 4 * 36 * 8 * 128],
  [/qwen3-32b/i, 4 * 64 * 8 * 128],
];

/** Advice where weights, or a single request beside them, certainly exceed the GPUs. */
export function* memoryFindings(
  { resource, template }: GpuPods,
  groups: readonly NodeGroup[],
): Generator<Finding> {
  const server = modelServerOf(resource, "");
  const gpu = largestOf(groups);
  if (server?.template.path !== template.path || gpu === undefined) {
    return;
  }
  const model = modelOf(server);
  const parameters = parametersOf(model?.text ?? "");
  const gpus = gpusOfModel(server);
  const isOpen = CHANGES.some((name) => server.flags.has(name));
  if (model === undefined || parameters === undefined || gpus === undefined || isOpen) {
    return;
  }
  const weights = (parameters * 1e9 * BYTES_PER_PARAMETER) / GIB;
  const there = gpus * gpu.gib;
  const has = `${gpus} x ${gpu.name} has ${there} GiB`;
  if (weights > there) {
    const problem = `the weights of ${model} take ${Math.ceil(weights)} GiB, but ${has}`;
    const fix = "use more or larger GPUs, or a quantized model";
    yield on(resource, advice(model, problem, fix));
    return;
  }
  const length = (server.flags.get("max-model-len") ?? server.flags.get("context-length"))?.value;
  const [, bytes] = CACHE_BYTES.find(([name]) => name.test(model.text ?? "")) ?? [];
  const tokens = Number(length?.raw ?? Number.NaN);
  const cache = ((bytes ?? 0) * tokens) / GIB;
  if (length !== undefined && cache + weights > there) {
    const problem =
      `one request of ${tokens} tokens takes ${Math.ceil(cache)} GiB of KV cache beside ` +
      `${Math.ceil(weights)} GiB of weights, but ${has}`;
    yield on(resource, advice(length, problem, "lower it, or use more or larger GPUs"));
  }
}

/** The GPU with the most memory that the pods may get; undefined if one is not known. */
function largestOf(groups: readonly NodeGroup[]): { name: string; gib: number } | undefined {
  const all = groups.map(({ config }) => {
    const [first, ...more] = config.at("guestAccelerators").items ?? [];
    const divided = !first?.at("gpuPartitionSize").absent;
    const name = first?.at("type").text ?? "";
    const gib = more.length > 0 || divided ? undefined : MEMORY_GIB.get(name);
    return { name, gib: gib ?? Number.NaN };
  });
  const [largest] = [...all].sort((one, other) => other.gib - one.gib);
  return all.some(({ gib }) => Number.isNaN(gib)) ? undefined : largest;
}

/** The model, by its flag or as the first argument; undefined for a directory. */
function modelOf({ flags, container, commandLine }: ModelServer): Value | undefined {
  const flag = flags.get("model") ?? flags.get("model-path");
  const words = wordsOf(container);
  const serve = words.findIndex(({ text }) => text === "serve");
  const isImages = container.at("command").absent;
  const first = serve < 0 && !isImages ? undefined : words[serve + 1];
  const model = flag?.value ?? first;
  return commandLine.kind === "read" && /^[\w.-]+\/[\w.-]+$/.test(model?.text ?? "")
    ? model
    : undefined;
}

/** In billions; undefined if the name does not say. */
function parametersOf(model: string): number | undefined {
  const counts = [...model.matchAll(PARAMETERS)].map(([, count]) => Number(count));
  return counts.length === 0 || SMALLER.test(model) ? undefined : Math.max(...counts);
}
