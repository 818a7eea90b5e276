import type { z } from "zod";

import { byLikeness } from "../checks/likeness";

/** One thing that is wrong with a stack's configuration. */
export interface Problem {
  /** Steps from the key down. */
  path: PropertyKey[];
  /** What was given, in words: `got 5`. */
  got: string;
  /** Words that follow "allowed: ". */
  allowed: string;
}

/** Characters of a given value that a message shows, and of a step of its place. */
const SHOWN = 120;

/** @param allowed in words that follow "allowed: " */
export function refused(path: PropertyKey[], given: unknown, allowed: string): Problem {
  const said = given === undefined ? "nothing" : cut(JSON.stringify(given));
  return { path, got: `got ${said}`, allowed };
}

/**
 * The problems that the schema reports.
 * @param keysAt the keys that are allowed at a place
 */
export function problemsOf(
  issue: z.core.$ZodIssue,
  keysAt: (path: PropertyKey[]) => string[],
): Problem[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const allowed = keysAt(path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      got: "unknown key",
      allowed: byLikeness(key, allowed).join(", "),
    }));
  }
  return [refused(path, givenIn(issue), allowedBy(issue))];
}

/** A problem with its place, such as `inference-gateway:clusters.gke-west.region: got ...`. */
export function line(namespace: string, { path, got, allowed }: Problem): string {
  return `${namespace}:${path.map(stepOf).join("")}: ${got}; allowed: ${allowed}`;
}

function stepOf(step: PropertyKey, i: number): string {
  if (typeof step === "number") return `[${step}]`;
  const name = String(step);
  const spelt = /^[\w-]+$/.test(name) ? cut(name) : cut(JSON.stringify(name));
  return i > 0 ? `.${spelt}` : spelt;
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}... (${text.length} characters)` : text;
}

function givenIn(issue: z.core.$ZodIssue): unknown {
  const { input, path } = issue;
  const key = path.at(-1);
  // If one key decides which others are allowed, zod returns the object that holds it.
  const holder = "discriminator" in issue && typeof input === "object" && input !== null;
  return holder && key !== undefined ? (input as Record<PropertyKey, unknown>)[key] : input;
}

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return isDefault(issue.message) ? allowedType(issue) : issue.message;
    case "invalid_value":
      return oneOf(issue.values);
    case "invalid_union":
      return "options" in issue ? oneOf(issue.options) : issue.message;
    case "too_small":
      return `${issue.inclusive ? "at least" : "more than"} ${counted(issue.origin, issue.minimum)}`;
    case "too_big":
      return `at most ${counted(issue.origin, issue.maximum)}`;
    default:
      return issue.message;
  }
}

/** Whether the schema has no words of its own. */
function isDefault(message: string): boolean {
  return message.startsWith("Invalid input");
}

/** YAML, and `pulumi config set --path`, turn texts that look like numbers or booleans into those. */
function allowedType({ expected, input }: z.core.$ZodIssueInvalidType): string {
  const needsQuotes = expected === "string" && ["number", "boolean"].includes(typeof input);
  if (!needsQuotes) return TYPES[expected] ?? expected;
  return "text: put it in quotes, or set it with `pulumi config set --path --type string`";
}

const TYPES: Record<string, string> = {
  int: "a whole number",
  number: "a number",
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "keys with values",
  record: "keys with values",
};

function oneOf(values: unknown): string {
  return `one of ${Array.isArray(values) ? values.map(String).join(", ") : String(values)}`;
}

function counted(origin: string, limit: number | bigint): string {
  const unit = { string: "character", array: "entry" }[origin];
  if (!unit) return String(limit);
  return `${limit} ${Number(limit) === 1 ? unit : { character: "characters", entry: "entries" }[unit]}`;
}
