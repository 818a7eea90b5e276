import type { z } from "zod";

import { schema } from "./schema";

/**
 * The keys of a stack as the schema reads them, from texts as the engine hands them over: a key that holds text as it
 * is, every other from JSON. Else a text that looks like a number, such as the version `1.40`, would become one.
 */
export function valuesOf(texts: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, TEXT_KEYS.has(key) ? text : asValue(text)]),
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
