import type { Value } from "../frame";
import { type Flag, flagsAmong, hidesFlags, wordsOf } from "../picker/flags";

/** How a container's server is started, as far as its flags can be read from that. */
export type CommandLine = ReadLine | HiddenLine | Script | BrokenLine;

interface ReadLine {
  readonly kind: "read";
}

/** Not known yet. */
interface HiddenLine {
  readonly kind: "hidden";
  readonly at: Value;
}

/** Something starts the server that no policy reads, such as a shell. */
interface Script {
  readonly kind: "script";
  readonly at: Value;
}

/** No process starts, or the server exits at once. */
interface BrokenLine {
  readonly kind: "broken";
  readonly at: Value;
  readonly problem: string;
  readonly fix: string;
}

/** Programs that are the server, or that start the one that the next words name. */
const PROGRAMS =
  /(?:^|\/)(?:vllm|sglang|python[\d.]*|env|tini|dumb-init|numactl|nsys|uv|uvx|nvidia_entrypoint\.sh)$/;

const SHELL = /(?:^|\/)(?:ba|da|z|a|k)?sh$/;

/** `python3 -c <program text>`. */
const PYTHON = /(?:^|\/)python[\d.]*$/;

/** A flag and more behind a blank: `--port 8000`; also `serve --port 8000` and `--a=b --c`. */
const SEVERAL_WORDS =
  /^--?[A-Za-z][\w-]*\s+\S|^[^\s"'{[]+\s(?:[^"'{[]*\s)?--?[a-z][\w-]*(?:[\s=]|$)/;

/** The command line of a model server's container. */
export function commandLineOf(container: Value): CommandLine {
  const command = container.at("command");
  const [program] = command.items ?? [];
  if (hidesFlags(container) || program?.unknown === true) {
    const at = command.unknown || program?.unknown === true ? command : container.at("args");
    return { kind: "hidden", at };
  }
  const blank = program?.text !== undefined && /\s/.test(program.text);
  if (blank) {
    const problem = `${program} is one word, and no executable has that name`;
    return { kind: "broken", at: program, problem, fix: "write each word as an item of its own" };
  }
  const words = wordsOf(container);
  const isText = PYTHON.test(program?.text ?? "") && words.some(({ text }) => text === "-c");
  const isOther = program !== undefined && !PROGRAMS.test(program.text ?? "");
  // Where an image has no entrypoint of its own, the first argument is the program.
  if (isText || isOther || SHELL.test(words[0]?.text ?? "")) {
    return { kind: "script", at: program === undefined ? container.at("args") : command };
  }
  const together = words.find(({ text }, i) => {
    const isValue = /^--?[A-Za-z][^=\s]*$/.test(words[i - 1]?.text ?? "");
    return !isValue && SEVERAL_WORDS.test(text ?? "");
  });
  if (together !== undefined) {
    const problem = `${together} is one word, so the server takes it for one argument`;
    return { kind: "broken", at: together, problem, fix: "write each word as an item of its own" };
  }
  return { kind: "read" };
}

/**
 * The flags of a vLLM or an SGLang, by name. Both take underscores for dashes.
 * https://github.com/vllm-project/vllm/blob/main/vllm/utils/argparse_utils.py
 */
export function serverFlagsOf(container: Value): ReadonlyMap<string, Flag> {
  const flags = flagsAmong(wordsOf(container));
  return new Map(flags.map((flag) => [flag.name.replaceAll("_", "-"), flag]));
}
