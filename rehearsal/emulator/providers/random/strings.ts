import { randomInt } from "node:crypto";

import { PropertyMap, UNKNOWN } from "../plugin";
import { Input } from "./schema";

const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** The classes of characters: the input that allows each, the one that demands some of it, its characters. */
const CLASSES = [
  { allow: "lower", min: "minLower", characters: "abcdefghijklmnopqrstuvwxyz" },
  { allow: "upper", min: "minUpper", characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { allow: "numeric", min: "minNumeric", characters: "0123456789" },
  { allow: "special", min: "minSpecial", characters: SPECIAL },
];

export const STRING_INPUTS: Record<string, Input> = {
  length: { type: "integer", required: true, min: 1 },
  overrideSpecial: { type: "string" },
  ...Object.fromEntries(
    CLASSES.flatMap(({ allow, min }): [string, Input][] => [
      [allow, { type: "boolean", default: true }],
      [min, { type: "integer", default: 0, min: 0 }],
    ]),
  ),
};

export function tooManyMinimums(inputs: PropertyMap): string | undefined {
  if (inputs.length === UNKNOWN) return undefined;
  const demanded = CLASSES.reduce((sum, { min }) => sum + Number(inputs[min] ?? 0), 0);
  if (demanded > Number(inputs.length)) {
    return `length: ${String(inputs.length)} is less than the sum of the minimums, ${demanded}`;
  }
  return alphabetOf(inputs) === "" ? "no class of characters is allowed" : undefined;
}

/** @param inputs with their defaults */
export function drawString(inputs: PropertyMap): string {
  const demanded = CLASSES.flatMap((c) =>
    Array.from({ length: Number(inputs[c.min]) }, () => pick(charactersOf(c, inputs))),
  );
  const rest = Number(inputs.length) - demanded.length;
  const alphabet = alphabetOf(inputs);
  const drawn = [...demanded, ...Array.from({ length: rest }, () => pick(alphabet))];
  return shuffled(drawn).join("");
}

function alphabetOf(inputs: PropertyMap): string {
  return CLASSES.filter(({ allow }) => inputs[allow] !== false)
    .map((c) => charactersOf(c, inputs))
    .join("");
}

function charactersOf(
  { allow, characters }: (typeof CLASSES)[number],
  inputs: PropertyMap,
): string {
  const { overrideSpecial } = inputs;
  return allow === "special" && overrideSpecial ? String(overrideSpecial) : characters;
}

function pick(characters: string): string {
  return characters.charAt(randomInt(characters.length));
}

function shuffled<T>(items: T[]): T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(randomInt(rest.length), 1));
}
