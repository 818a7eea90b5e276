import { type Finding, type Value, violation } from "../frame";

import type { ModelServer } from "./modelServer";

/**
 * Adapters that a vLLM loads twice under one name: it exits, because that name is loaded already.
 * Each is `name=path`, or JSON with a name.
 */
export function* loraFindings({ engine, flags }: ModelServer): Generator<Finding> {
  const modules = engine === "vllm" ? (flags.get("lora-modules")?.values ?? []) : [];
  const seen = new Set<string>();
  for (const module of modules) {
    const name = nameIn(module);
    if (name !== undefined && seen.has(name)) {
      const problem = `the adapter "${name}" is loaded already, so vLLM exits`;
      yield violation(module, problem, "give each adapter a name of its own");
    }
    seen.add(name ?? "");
  }
}

function nameIn({ text = "" }: Value): string | undefined {
  const [, plain] = /^([^={"[]+)=/.exec(text) ?? [];
  const [, json] = /"name"\s*:\s*"([^"\\]+)"/.exec(text) ?? [];
  return plain ?? json;
}
