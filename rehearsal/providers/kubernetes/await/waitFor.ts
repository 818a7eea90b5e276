import { Condition, KubeObject } from "../../../kube/objects";
import { parseJsonPath } from "./jsonPath";
import { Readiness, READY, statusOf, waiting } from "./readiness";

/** One expression of `pulumi.com/waitFor`: what it still waits for, or undefined once it holds. */
type Expression = (object: KubeObject) => string | undefined;

/**
 * Reads the annotation `pulumi.com/waitFor`: one expression, or a JSON array of expressions that must all hold.
 * @throws Error where one is neither `condition=` nor `jsonpath=`
 */
export function parseWaitFor(text: string): Readiness {
  const expressions = expressionsOf(text).map(parseExpression);
  return {
    related: [],
    timedOut: "timed out waiting for the condition",
    judge({ object }) {
      const missing = expressions.flatMap((expression) => expression(object) ?? []);
      return missing.length === 0 ? READY : waiting(`Waiting for ${missing[0]}`, missing);
    },
  };
}

function expressionsOf(text: string): string[] {
  if (!text.startsWith("[")) return [text];
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw refused(text, "it starts as a JSON array and is none");
  }
  const isText = (item: unknown) => typeof item === "string";
  if (!Array.isArray(list) || list.length === 0 || !list.every(isText)) {
    throw refused(text, "an array must hold one expression or more, each a string");
  }
  return list as string[];
}

function parseExpression(text: string): Expression {
  const [, form, rest] = /^(condition|jsonpath)=(.*)$/s.exec(text) ?? [];
  try {
    if (form === "condition") return parseCondition(rest ?? "");
    if (form === "jsonpath") return parseJsonPathExpression(rest ?? "");
  } catch (error) {
    throw refused(text, (error as Error).message);
  }
  throw refused(text, "an expression starts with condition= or jsonpath=");
}

function refused(text: string, reason: string): Error {
  return new Error(`pulumi.com/waitFor: ${JSON.stringify(text)}: ${reason}`);
}

/** `Type` or `Type=Status`. */
function parseCondition(text: string): Expression {
  const [type = "", status = "True", ...more] = text.split("=");
  if (type === "" || status === "" || more.length > 0) {
    throw new Error("a condition is <type> or <type>=<status>");
  }
  return (object) => {
    const wanted = `condition ${type}=${status}`;
    const { conditions, observedGeneration } = statusOf(object);
    const found = Array.isArray(conditions)
      ? conditions.find((c) => same(c.type, type))
      : undefined;
    if (!found) return `${wanted} (there is none yet)`;
    const seen = found.observedGeneration ?? observedGeneration;
    if (isOutdated(object, seen)) return `${wanted} (not yet for the newest generation)`;
    return same(found.status, status) ? undefined : `${wanted} (${described(found)})`;
  };
}

function described({ status, reason, message }: Condition): string {
  const why = [reason && `[${reason}]`, message].filter(Boolean).join(" ");
  return `it is ${status}${why && `: ${why}`}`;
}

/** `{path}` or `{path}=value`; a leading `$` of the path may be left out. */
function parseJsonPathExpression(text: string): Expression {
  const [, path, value] = /^\{((?:[^{}"']|"[^"]*"|'[^']*')*)\}(?:=(.+))?$/s.exec(text) ?? [];
  if (path === undefined) throw new Error("a JSONPath is {<path>} or {<path>}=<value>");
  const { select } = parseJsonPath(path);
  const wanted = value === undefined ? `{${path}}` : `{${path}}=${value}`;
  return (object) => {
    const { observedGeneration } = statusOf(object);
    if (isOutdated(object, observedGeneration))
      return `${wanted} (not yet for the newest generation)`;
    const nodes = select(object);
    if (nodes.length === 0) return `${wanted} (there is none yet)`;
    if (value === undefined || printed(nodes[0]) === value) return undefined;
    return `${wanted} (found ${JSON.stringify(nodes[0])})`;
  };
}

/** As text; maps and lists equal no text. */
function printed(node: unknown): string | undefined {
  return typeof node === "object" && node !== null ? undefined : String(node);
}

function isOutdated({ metadata }: KubeObject, seen: number | undefined): boolean {
  return seen !== undefined && metadata.generation !== undefined && seen < metadata.generation;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
