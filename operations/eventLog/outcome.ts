import type { EngineEvent } from "./event";
import { named } from "./resource";

/** The engine's last message of every failed command, which adds nothing to the errors before it. */
const CLOSING_WORDS = /^(preview|refresh|update) failed$/;

/**
 * What Google, GKE and the libraries of the providers say of credentials that expired or are missing. Source of the
 * first: an answer of Google's APIs; of the others: golang.org/x/oauth2 and k8s.io/client-go.
 */
const CREDENTIALS =
  /invalid authentication credentials|Error 401\b|"?invalid_grant"?|oauth2: cannot fetch token|oauth2\/google: .*(?:expired|unable to)|could not find default credentials|UNAUTHENTICATED|the server has asked for the client to provide credentials/;

/** Long enough for a message of Google's, short enough to read. */
const MOST_CHARACTERS = 300;

/** The errors of a command, each with the resource that it is about. */
export function errorsOf(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ diagnosticEvent: said }) => {
    if (said?.severity !== "error") return [];
    const message = plain(said.message ?? "");
    if (CLOSING_WORDS.test(message)) return [];
    if (!said.urn) return [message];
    const { kind, name } = named(said.urn);
    return [`${kind} ${name}: ${message}`];
  });
}

/**
 * Why a command failed, in one sentence; undefined if it did not.
 * @param doing what it did, such as "the refresh"
 */
export function failureOf(events: readonly EngineEvent[], doing: string): string | undefined {
  const errors = errorsOf(events);
  const summary = events.findLast(({ summaryEvent }) => summaryEvent)?.summaryEvent;
  const failed = summary?.result === "failed" || summary === undefined;
  const [first] = [...errors.filter((error) => CREDENTIALS.test(error)), ...errors];
  if (first === undefined) return failed ? `${doing} failed without a message.` : undefined;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  if (CREDENTIALS.test(first)) {
    return `Google refused the credentials: sign in again, or check the settings of docs/pull-requests.md. ${short(first)}${more}`;
  }
  return `${doing} failed: ${short(first)}${more}`;
}

/** In one line, and cut. */
export function short(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}...` : line;
}

/** Without the engine's marks for colours: `<{%fg 1%}>`. */
function plain(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "").trim();
}
