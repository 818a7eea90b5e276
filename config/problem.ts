import type { z } from "zod";

/** One thing that is wrong with a stack's configuration. */
export interface Problem {
  /** Steps from the key down. */
  path: PropertyKey[];
  /** The problem at that place. */
  message: string;
}

/** @param allowed in words that follow "allowed: " */
export function refused(path: PropertyKey[], given: unknown, allowed: string): Problem {
  const said = given === undefined ? "nothing" : JSON.stringify(given);
  return { path, message: `got ${said}; allowed: ${allowed}` };
}

/** The problems that the schema reports. */
export function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: "unknown key; docs/configuration.md lists the keys",
    }));
  }
  return [refused(path, givenIn(issue), allowedBy(issue))];
}

/** A problem with its place, such as `inference-gateway:clusters.gke-west.region: got ...`. */
export function line(namespace: string, { path, message }: Problem): string {
  const steps = path.map((step, i) =>
    typeof step === "number" ? `[${step}]` : `${i > 0 ? "." : ""}${String(step)}`,
  );
  return `${namespace}:${steps.join("")}: ${message}`;
}

function givenIn({ code, input, path }: z.core.$ZodIssue): unknown {
  const key = path.at(-1);
  // If one key decides which others are allowed, zod returns the object that holds it.
  const holder = code === "invalid_union" && typeof input === "object" && input !== null;
  return holder && key !== undefined ? (input as Record<PropertyKey, unknown>)[key] : input;
}

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return allowedType(issue);
    case "invalid_value":
      return oneOf(issue.values);
    case "invalid_union":
      return "options" in issue ? oneOf(issue.options) : issue.message;
    case "too_small":
      return `${issue.inclusive ? "at least" : "more than"} ${counted(issue.origin, issue.minimum)}`;
    case "too_big":
      return `at most ${counted(issue.origin, issue.maximum)}`;
    case "invalid_key":
      return issue.issues.map(({ message }) => message).join("; ");
    default:
      return issue.message;
  }
}

/** YAML turns texts that look like numbers or booleans into those. */
function allowedType({ expected, input }: z.core.$ZodIssueInvalidType): string {
  const needsQuotes = expected === "string" && ["number", "boolean"].includes(typeof input);
  return needsQuotes ? "text: put it in quotes" : (TYPES[expected] ?? expected);
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
