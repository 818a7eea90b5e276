import type { z } from "zod";

import { schema } from "./schema";
import { TOKEN } from "./token";

/**
 * Every key of this program that a stack sets, misspelt ones too, as the schema reads it; the token is read as a
 * secret. The engine passes text: a key that holds text stays as it is, any other is parsed as JSON. Otherwise text
 * that looks like a number, such as the version `1.40`, would become one.
 * @param config by key with its namespace
 * @param namespace the project's name, which this program's keys begin with
 */
export function keysOf(config: Record<string, string>, namespace: string): Record<string, unknown> {
  const prefix = `${namespace}:`;
  const own = Object.entries(config)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, text]) => [key.slice(prefix.length), text] as const)
    .filter(([key]) => key !== TOKEN);
  return Object.fromEntries(
    own.map(([key, text]) => [key, TEXT_KEYS.has(key) ? text : asValue(text)]),
  );
}

const TEXT_KEYS = new Set(
  Object.entries(schema.shape).flatMap(([key, type]) => (holdsText(type) ? [key] : [])),
);

function holdsText(type: z.core.$ZodType): boolean {
  const { def } = type._zod as { def: z.core.$ZodTypeDef & { innerType?: z.core.$ZodType } };
  return def.innerType ? holdsText(def.innerType) : ["string", "enum"].includes(def.type);
}

function asValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
