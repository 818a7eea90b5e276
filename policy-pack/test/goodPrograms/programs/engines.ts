import type { Registered } from "../../support/policies";
import { edited, without } from "../alter";
import { JETSTREAM, SGLANG, VLLM, VLLM_TPU } from "../parts/serving";
import { RENAMED } from "../parts/site";
import { program } from "../program";

const image = (name: string) =>
  program({ engine: { ...VLLM, container: { ...VLLM.container, image: name } } });
const DIGEST = `sha256:${"ab".repeat(32)}`;

const harmless = [
  ...["MAX_NEW_TOKENS", "TOKENIZERS_PARALLELISM", "HF_TOKEN_PATH", "SECRET_NAME", "TOKEN_LIMIT"],
  ...["TOKENIZER_MODE", "MAX_TOKENS_PER_BATCH", "SECRETS_FOLDER", "PAD_TOKEN_ID", "STOP_TOKENS"],
].map((name) => ({
  name,
  value: name.endsWith("PATH") || name.endsWith("FOLDER") ? "/data" : "8",
}));

/** The nodes with TPUs in place of those with GPUs. */
function onTpus(resources: Registered[]): Registered[] {
  const nodes = edited(
    resources,
    /NodePool::.*-gpus/,
    "nodeConfig.machineType",
    "ct6e-standard-4t",
  );
  const bare = edited(nodes, /NodePool::.*-gpus/, "nodeConfig.guestAccelerators");
  return edited(bare, /NodePool::.*-gpus/, "nodeConfig.taints", [
    { key: "google.com/tpu", value: "present", effect: "NO_SCHEDULE" },
  ]);
}

/** What serves the model, and what runs it. */
export const engines: readonly (readonly [string, readonly Registered[]])[] = [
  ["vLLM on GPUs", program()],
  ["everything renamed", program({ site: RENAMED })],
  ["SGLang", program({ engine: SGLANG })],
  ["vLLM on TPUs", onTpus(program({ engine: VLLM_TPU }))],
  ["JetStream on TPUs", onTpus(program({ engine: JETSTREAM }))],
  ["a StatefulSet", program({ runner: "StatefulSet" })],
  ["a LeaderWorkerSet", program({ runner: "LeaderWorkerSet" })],
  ["an endpoint picker of llm-d", program({ picker: "llm-d" })],
  ["an image by its digest", image(`vllm/vllm-openai@${DIGEST}`)],
  [
    "an image in a private registry",
    image("europe-docker.pkg.dev/acme/mirror/vllm-openai:v0.18.1"),
  ],
  ["an image of their own", image("europe-docker.pkg.dev/acme/models/server:2026-11-20")],
  [
    "variables that only sound like secrets",
    program({
      engine: {
        ...VLLM,
        container: {
          ...VLLM.container,
          env: [...harmless, { name: "LD_LIBRARY_PATH", value: "/usr/local/nvidia/lib64" }],
        },
      },
    }),
  ],
  ["no objective", without(program(), /InferenceObjective::/)],
];
