/** What Envoy has counted, at one moment. */
export interface Counters {
  /** Requests that clients have sent, by the listener's name. */
  received: Record<string, number>;
  /** Requests that clients wait for, by the listener's name. */
  waiting: Record<string, number>;
  /** Requests that were passed on, by the pair's name. */
  sent: Record<string, number>;
  /** Requests that are being answered, by the pair's name. */
  inFlight: Record<string, number>;
  /** Configurations that Envoy has refused since it started. */
  refused: number;
}

const GROUPS = [
  { prefix: "http.", suffix: ".downstream_rq_total", group: "received" },
  { prefix: "http.", suffix: ".downstream_rq_active", group: "waiting" },
  { prefix: "cluster.", suffix: ".upstream_rq_total", group: "sent" },
  { prefix: "cluster.", suffix: ".upstream_rq_active", group: "inFlight" },
] as const;

/** The only statistics that are asked for: there are a hundred for each cluster. */
const FILTER =
  "\\.(downstream_rq_total|downstream_rq_active|upstream_rq_total|upstream_rq_active|update_rejected)$";

/** Asks Envoy's admin interface. @throws Error where it does not answer */
export async function readCounters(adminUrl: string): Promise<Counters> {
  const url = `${adminUrl}/stats?format=json&filter=${encodeURIComponent(FILTER)}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
  if (!response.ok) {
    throw new Error(`Envoy answers ${response.status} to a question for statistics`);
  }
  return countersIn((await response.json()) as Stats);
}

export interface Stats {
  stats: { name?: string; value?: number }[];
}

export function countersIn({ stats }: Stats): Counters {
  const counters: Counters = { received: {}, waiting: {}, sent: {}, inFlight: {}, refused: 0 };
  for (const { name = "", value = 0 } of stats) {
    if (name.endsWith(".update_rejected")) counters.refused += value;
    for (const { prefix, suffix, group } of GROUPS) {
      if (!name.startsWith(prefix) || !name.endsWith(suffix)) continue;
      counters[group][name.slice(prefix.length, -suffix.length)] = value;
    }
  }
  return counters;
}
