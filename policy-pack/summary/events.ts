/** One message of a policy. */
export interface Said {
  readonly policy: string;
  readonly level: string;
  readonly severity: string;
  /** Kind and name of the resource, as `InferencePool gke-east-pool`. */
  readonly resource: string;
  /** The policy's description and, below it, where, what was given, and what to do. */
  readonly message: string;
}

/** The policies of a run, as the engine's events report them. */
export interface Run {
  readonly said: readonly Said[];
  /** Names of the policies that judged something; `pulumi policy analyze` does not report them. */
  readonly judged: ReadonlySet<string>;
  /** The packs that ran to the end, by their names. */
  readonly packs: readonly string[];
  /** Errors of the run itself: a pack that does not start, or settings beyond their limits. */
  readonly errors: readonly string[];
}

/** The fields read of an engine event, as `pulumi` writes one to a line. */
interface EngineEvent {
  readonly policyEvent?: {
    readonly resourceUrn?: string;
    readonly message?: string;
    readonly policyName?: string;
    readonly enforcementLevel?: string;
    readonly severity?: string;
  };
  readonly policyAnalyzeSummaryEvent?: PolicySummary;
  readonly policyAnalyzeStackSummaryEvent?: PolicySummary;
  readonly summaryEvent?: { readonly PolicyPacks?: Readonly<Record<string, string>> };
  readonly diagnosticEvent?: { readonly severity?: string; readonly message?: string };
}

interface PolicySummary {
  readonly passed?: readonly string[];
  readonly failed?: readonly string[];
}

/**
 * Reads events as `pulumi policy analyze --json` prints them and `pulumi preview --event-log`
 * writes them: one JSON object per line. Throws on any other line, with its number.
 */
export function readRun(lines: string): Run {
  const events = lines.split("\n").flatMap(eventOf);
  const summaries = events.flatMap((event) => [
    event.policyAnalyzeSummaryEvent ?? {},
    event.policyAnalyzeStackSummaryEvent ?? {},
  ]);
  const names = summaries.flatMap(({ passed = [], failed = [] }) => [...passed, ...failed]);
  const diagnostics = events.flatMap(({ diagnosticEvent }) => diagnosticEvent ?? []);
  return {
    said: events.flatMap(({ policyEvent }) => (policyEvent ? saidIn(policyEvent) : [])),
    judged: new Set(names),
    packs: events.flatMap(({ summaryEvent }) => Object.keys(summaryEvent?.PolicyPacks ?? {})),
    errors: diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ message = "" }) => plainText(message)),
  };
}

function eventOf(line: string, index: number): EngineEvent[] {
  if (line.trim() === "") {
    return [];
  }
  try {
    const event: unknown = JSON.parse(line);
    if (typeof event === "object" && event !== null) {
      return [event];
    }
  } catch {
    // Reported below, with its line.
  }
  throw new Error(`line ${index + 1} is not an event of the engine: ${line.slice(0, 60)}`);
}

function saidIn(event: NonNullable<EngineEvent["policyEvent"]>): Said {
  const [type = "", name = ""] = (event.resourceUrn ?? "").split("::").slice(-2);
  const kind = type.split(/[$:]/).at(-1) ?? "";
  return {
    policy: event.policyName ?? "",
    level: event.enforcementLevel ?? "",
    severity: event.severity ?? "",
    resource: `${kind} ${name}`.trim(),
    message: plainText(event.message ?? ""),
  };
}

/** Without the engine's marks of colour. */
function plainText(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "").trim();
}
