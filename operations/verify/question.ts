/** A request to the gateway. */
export interface Question {
  method: "GET" | "POST";
  /** With its slash: `/v1/completions`. */
  path: string;
  headers?: Record<string, string>;
  /** As it is sent. */
  body?: string;
}

/** A POST with a JSON body, which clients of model servers send. */
export function post(
  path: string,
  body: object | string,
  headers: Record<string, string> = {},
): Question {
  return {
    method: "POST",
    path,
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

/** What came back. */
export interface Answer {
  status: number;
  /** The media type, without its parameters; empty if there is none. */
  type: string;
  text: string;
  /** Why it ended before its end; undefined if it came whole. */
  cut?: string;
}

/** No status line came: why, in one part of a sentence. */
export interface NoAnswer {
  none: string;
}

export type Outcome = Answer | NoAnswer;

export function isAnswer(outcome: Outcome): outcome is Answer {
  return "status" in outcome;
}

/** Long enough for a message, short enough for a line. */
const SHOWN = 120;

/** An answer in one line: `404 application/json {"error":...`. */
export function wordsOf(outcome: Outcome): string {
  if (!isAnswer(outcome)) return outcome.none;
  const { status, type, cut } = outcome;
  const text = oneLine(outcome.text);
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  const parts = [String(status), type, shown || "an empty body", cut && `(${cut})`];
  return parts.filter(Boolean).join(" ");
}

/** Text of a stranger as a part of a line: without what a terminal would obey. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** The body as a JSON object; undefined if it is anything else. */
export function jsonOf({ text }: Pick<Answer, "text">): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
