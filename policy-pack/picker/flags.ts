import { Value } from "../frame";

/** A flag on a container's command line. */
export interface Flag {
  readonly name: string;
  /** The argument that it stands in. */
  readonly at: Value;
  /** Its value; absent for a flag without one. */
  readonly value: Value;
  /** All arguments up to the next flag: some flags take several values. */
  readonly values: readonly Value[];
}

/** `--flag`, `-flag` or `--flag=value`. */
const FLAG = /^--?([A-Za-z][\w.-]*)(?:=(.*))?$/s;

/** The arguments of a container, those of its command first. */
export function wordsOf(container: Value): readonly Value[] {
  return [container.at("command"), container.at("args")].flatMap(({ items }) => items ?? []);
}

/** Every flag among these arguments, in their order. */
export function flagsAmong(words: readonly Value[]): readonly Flag[] {
  const flags: Flag[] = [];
  let values: Value[] = [];
  for (const at of words) {
    const [, name, given] = FLAG.exec(at.text ?? "") ?? [];
    if (name === undefined) {
      values.push(at);
    } else {
      values = [];
      flags.push(flagOf(name, at, new Value(at.keys, given), values));
    }
  }
  return flags;
}

/** `after` gets the arguments behind the flag once they are read. */
function flagOf(name: string, at: Value, inside: Value, after: readonly Value[]): Flag {
  return {
    name,
    at,
    get value() {
      return inside.absent ? (after[0] ?? inside) : inside;
    },
    get values() {
      return inside.absent ? after : [inside, ...after];
    },
  };
}

/** The flags of a container, by name; if one is given twice, the last is in force. */
export function flagsOf(container: Value): ReadonlyMap<string, Flag> {
  return new Map(flagsAmong(wordsOf(container)).map((flag) => [flag.name, flag]));
}

/** Whether a command line is not known yet, so that any flag may be on it. */
export function hidesFlags(container: Value): boolean {
  return container.at("command").unknown || container.at("args").unknown;
}

/** Whether a switch is on: it has no value, or one other than `false`. */
export function isOn(flag: Flag | undefined): boolean {
  return flag !== undefined && flag.value.text !== "false";
}
