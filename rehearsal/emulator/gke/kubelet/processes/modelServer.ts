import type { Container } from "../../world/kinds";
import { type Flag, numberOf, type Program, readFlags, writeFlags } from "./program";

/** Flags of vLLM that the simulator has too, with the same meaning. */
const SHARED = [
  "--served-model-name",
  "--max-model-len",
  "--max-num-seqs",
  "--max-loras",
  "--max-cpu-loras",
  "--lora-modules",
];

/** Port on which vLLM listens if it is given none. */
const DEFAULT_PORT = 8000;

/**
 * The simulator in place of vLLM. Left out is what it has no word for: `--revision` and other arguments about weights,
 * `--enable-lora` (it always takes adapters), and `--shutdown-timeout` (at SIGTERM it ends its requests, for 30 seconds at
 * most).
 */
export const modelServer: Program = {
  binary: "modelServer",
  image: /(^|\/)vllm-openai$/,
  listens: (container) => [portOf(readContainer(container).flags)],
  // Its answers then say, in the header x-inference-pod, who has given them.
  env: ({ metadata: { name, namespace = "default" } }, address) => ({
    POD_NAME: name,
    POD_NAMESPACE: namespace,
    POD_IP: address,
  }),
  args: (container, { ports, modelServer: settings }) => {
    const { model, flags } = readContainer(container);
    const port = ports.get(portOf(flags)) ?? portOf(flags);
    const shared = flags.filter(({ name }) => SHARED.includes(name));
    const own = Object.entries(settings).filter(
      ([name]) => !shared.some((flag) => flag.name === `--${name}`),
    );
    return [
      ...["--model", model],
      ...["--port", String(port)],
      ...writeFlags(shared),
      // The real tokenizer comes from Hugging Face.
      "--force-dummy-tokenizer",
      ...own.map(([name, value]) => `--${name}=${value}`),
    ];
  },
};

function portOf(flags: readonly Flag[]): number {
  return numberOf(flags, "--port", DEFAULT_PORT);
}

/** `vllm serve <model>`, however it is divided between command and arguments; or the image's own entry point. */
function readContainer({ command = [], args = [] }: Container): { model: string; flags: Flag[] } {
  const words = [...command, ...args].filter((word, i, all) => !isEntry(word, i, all));
  const { alone, flags } = readFlags(words);
  const named = flags.find(({ name }) => name === "--model")?.values[0];
  return { model: named ?? alone[0] ?? "", flags };
}

function isEntry(word: string, at: number, words: readonly string[]): boolean {
  return (at === 0 && word === "vllm") || (at === 1 && word === "serve" && words[0] === "vllm");
}
