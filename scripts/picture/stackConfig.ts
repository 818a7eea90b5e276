import * as fs from "node:fs";
import * as path from "node:path";

import { TOKEN } from "../../config/token";
import { Refused } from "../../operations/support/commandExit";
import { HUGGING_FACE_TOKEN, PROJECT, readStackFile } from "../../rehearsal/stage/program";

/** The configuration of a stack as the engine hands it to the program. */
export interface StackConfig {
  stack: string;
  /** Text, or JSON for structured values, by key with its namespace. */
  values: Record<string, string>;
  /** Keys whose values are encrypted in the stack file. */
  secrets: string[];
}

/**
 * Reads a stack file. Only the engine can decrypt a secret: a token of the right form stands in for the real one, and
 * for one that only the stack of the person who deploys it has.
 * @param name of the stack, also with its organization before it
 * @throws Refused if there is no such file, or if it is not a stack file
 */
export function readStackConfig(folder: string, name: string): StackConfig {
  const stack = path.basename(name);
  const file = path.join(folder, `Pulumi.${stack}.yaml`);
  if (!fs.existsSync(file)) throw new Refused(`There is no ${file}.`);
  const config = configIn(file);
  const token = `${PROJECT}:${TOKEN}`;
  const secrets = Object.keys(config).filter((key) => isSecret(config[key]));
  const lacksToken = config[token] === undefined && !config[`${PROJECT}:huggingFaceSecret`];
  const standsIn = lacksToken || secrets.includes(token);
  const all = { ...config, ...(standsIn && { [token]: HUGGING_FACE_TOKEN }) };
  return {
    stack,
    values: Object.fromEntries(Object.entries(all).map(([key, value]) => [key, textOf(value)])),
    secrets: [...new Set([...secrets, token])],
  };
}

function configIn(file: string): Record<string, unknown> {
  const content: unknown = parsed(file);
  const config = isMapping(content) ? (content.config ?? {}) : undefined;
  if (isMapping(config)) return config;
  throw new Refused(`${file} is not a stack file: it has no key \`config\` with keys below it.`);
}

function parsed(file: string): unknown {
  try {
    return readStackFile(file);
  } catch (error) {
    const [words] = String(error instanceof Error ? error.message : error).split("\n");
    throw new Refused(`${file} is not valid YAML: ${words}`);
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isSecret(value: unknown): boolean {
  return isMapping(value) && "secure" in value;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
