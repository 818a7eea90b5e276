/** One step of a path of RFC 9535, as far as it is rehearsed. */
type Step =
  | { is: "child"; name: string }
  | { is: "index"; index: number }
  | { is: "wildcard" }
  | { is: "filter"; tests: Test[] };

/** `@.a.b` exists, or equals a literal. */
interface Test {
  path: Step[];
  equals?: string | number | boolean | null;
}

/** A parsed path; `select` gives the nodes of a value that it selects, in order. */
export interface JsonPath {
  select(value: unknown): unknown[];
}

/**
 * Names, indexes, `[*]`, and filters of `==` and existence joined by `&&`: `$.status.conditions[?@.type=="Ready"]`.
 * @throws Error where the path is no JSONPath, or uses more of it than that
 */
export function parseJsonPath(text: string): JsonPath {
  const reader = new Reader(text);
  reader.take("$");
  const steps = readSteps(reader);
  if (!reader.done) throw reader.error();
  if (steps.length === 0) throw new Error(`"${text}": the path selects nothing below the object`);
  return { select: (value) => select([value], steps) };
}

function select(nodes: unknown[], steps: Step[]): unknown[] {
  return steps.reduce((from, step) => from.flatMap((node) => follow(node, step)), nodes);
}

function follow(node: unknown, step: Step): unknown[] {
  if (typeof node !== "object" || node === null) return [];
  if (step.is === "child") {
    const isMember = !Array.isArray(node) && Object.hasOwn(node, step.name);
    return isMember ? [(node as Record<string, unknown>)[step.name]] : [];
  }
  if (step.is === "index") {
    const found = Array.isArray(node) ? node.at(step.index) : undefined;
    return found === undefined ? [] : [found];
  }
  const children = Object.values(node);
  return step.is === "wildcard" ? children : children.filter((child) => holds(child, step.tests));
}

function holds(node: unknown, tests: Test[]): boolean {
  return tests.every(({ path, equals }) => {
    const [first, ...more] = select([node], path);
    if (equals === undefined) return first !== undefined;
    return more.length === 0 && first === equals;
  });
}

function readSteps(reader: Reader): Step[] {
  const steps: Step[] = [];
  for (let step = readStep(reader); step; step = readStep(reader)) steps.push(step);
  return steps;
}

function readStep(reader: Reader): Step | undefined {
  if (reader.take(".*")) return { is: "wildcard" };
  if (reader.take(".")) {
    const name = reader.match(/[\p{L}_][\p{L}\p{N}_-]*/uy);
    if (name === undefined) throw reader.error();
    return { is: "child", name };
  }
  if (!reader.take("[")) return undefined;
  const step = readBracket(reader);
  reader.expect("]");
  return step;
}

function readBracket(reader: Reader): Step {
  reader.skipSpace();
  if (reader.take("*")) return { is: "wildcard" };
  if (reader.take("?")) return { is: "filter", tests: readTests(reader) };
  const index = reader.match(/-?\d+/y);
  if (index !== undefined) return { is: "index", index: Number(index) };
  const name = reader.string();
  if (name === undefined) throw reader.error();
  return { is: "child", name };
}

function readTests(reader: Reader): Test[] {
  reader.skipSpace();
  const parenthesized = reader.take("(");
  const tests = [readTest(reader)];
  while (reader.take("&&")) tests.push(readTest(reader));
  if (parenthesized) reader.expect(")");
  return tests;
}

function readTest(reader: Reader): Test {
  reader.skipSpace();
  reader.expect("@");
  const path = readSteps(reader);
  reader.skipSpace();
  if (!reader.take("==")) return { path };
  reader.skipSpace();
  const equals = readLiteral(reader);
  reader.skipSpace();
  return { path, equals };
}

function readLiteral(reader: Reader): Test["equals"] {
  const text = reader.string();
  if (text !== undefined) return text;
  const word = reader.match(/true|false|null|-?\d+(?:\.\d+)?/y);
  if (word === undefined) throw reader.error();
  return JSON.parse(word) as number | boolean | null;
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.at === this.text.length;
  }

  take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  expect(token: string): void {
    this.skipSpace();
    if (!this.take(token)) throw this.error();
  }

  /** @param pattern sticky */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  /** A string in either kind of quotes. */
  string(): string | undefined {
    const quoted = this.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y);
    return quoted?.slice(1, -1).replace(/\\(.)/g, "$1");
  }

  skipSpace(): void {
    this.match(/\s*/y);
  }

  error(): Error {
    const rest = this.text.slice(this.at);
    const where = rest ? `at "${rest}"` : "at its end";
    return new Error(
      `"${this.text}": not understood ${where}; names, [0], [*] and filters such as ` +
        `[?@.type=="Ready"] are`,
    );
  }
}
