import type { Container, Pod } from "../../world/kinds";

/** Binaries that run in place of images. */
export interface PodBinaries {
  /** The endpoint picker of gateway-api-inference-extension. */
  endpointPicker: string;
  /** The simulator of vLLM, llm-d-inference-sim. */
  modelServer: string;
}

/** What a program runs with on this machine. */
export interface Ground {
  /** The port that it really listens on, by the port of the container. */
  ports: ReadonlyMap<number, number>;
  /** Settings of the simulator: its flags without dashes. */
  modelServer: Readonly<Record<string, string>>;
}

/** A program that runs in place of an image, with the container's own arguments. */
export interface Program {
  binary: keyof PodBinaries;
  /** Name of the image without its tag. */
  image: RegExp;
  /** Ports on which the program listens if it is given these arguments. */
  listens(container: Container): number[];
  /** Variables that the program wants beside those of the container. */
  env?(pod: Pod, address: string): Record<string, string>;
  /** The arguments of the container, translated for this machine. */
  args(container: Container, ground: Ground): string[];
}

/** One flag of a command line with its values: `--port 8000`, `--port=8000` or `--lora-modules a b`. */
export interface Flag {
  /** With its dashes. */
  name: string;
  values: string[];
}

/** Reads a command line; what comes before the first flag stands alone. */
export function readFlags(words: readonly string[]): { alone: string[]; flags: Flag[] } {
  const alone: string[] = [];
  const flags: Flag[] = [];
  for (const word of words) {
    const last = flags.at(-1);
    if (word.startsWith("--")) {
      const [name = "", ...rest] = word.split("=");
      flags.push({ name, values: rest.length > 0 ? [rest.join("=")] : [] });
    } else if (last) last.values.push(word);
    else alone.push(word);
  }
  return { alone, flags };
}

export function writeFlags(flags: readonly Flag[]): string[] {
  return flags.flatMap(({ name, values }) => [name, ...values]);
}

/** The number that a flag gives, or the program's own default. */
export function numberOf(flags: readonly Flag[], name: string, byDefault: number): number {
  const value = flags.find((flag) => flag.name === name)?.values[0];
  return value === undefined ? byDefault : Number(value);
}
