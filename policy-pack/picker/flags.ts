import { Value } from "../frame";

/** A flag on a container's command line. */
export interface Flag {
  readonly name: string;
  /** The argument that it stands in. */
  readonly at: Value;
  /** Its value; absent for a flag without one. */
  readonly value: Value;
}

/** `--flag`, `-flag` or `--flag=value`. */
const FLAG = /^--?([A-Za-z][\w.-]*)(?:=(.*))?$/s;

/** The flags of a container, by name; if one is given twice, the last is in force. */
export function flagsOf(container: Value): ReadonlyMap<string, Flag> {
  const parts = [container.at("command"), container.at("args")];
  const words = parts.flatMap((part) => part.items ?? []);
  const flags = new Map<string, Flag>();
  for (const [i, at] of words.entries()) {
    const [, name, value] = FLAG.exec(at.text ?? "") ?? [];
    if (name !== undefined) {
      const inside = new Value(at.keys, value);
      flags.set(name, { name, at, value: inside.absent ? wordAfter(words, i, inside) : inside });
    }
  }
  return flags;
}

/** Whether a command line is not known yet, so that any flag may be on it. */
export function hidesFlags(container: Value): boolean {
  return container.at("command").unknown || container.at("args").unknown;
}

/** Whether a switch is on: it has no value, or one other than `false`. */
export function isOn(flag: Flag | undefined): boolean {
  return flag !== undefined && flag.value.text !== "false";
}

/** The word after a flag, if it is not a flag: it is then the flag's value. */
function wordAfter(words: readonly Value[], index: number, none: Value): Value {
  const next = words[index + 1];
  return next === undefined || FLAG.test(next.text ?? "") ? none : next;
}
