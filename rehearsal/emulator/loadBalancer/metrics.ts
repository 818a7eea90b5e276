import { Endpoint, Gauge, GaugeSource } from "../gke/forwarding";

/** How long a pod may take to tell its metrics. */
const TIMEOUT_MS = 2000;

/** The largest answer that is read. vLLM's is a hundredth of it. */
const MAX_BYTES = 16 * 1024 * 1024;

/** What must be known of an endpoint to read its gauges. */
type Target = Pick<Endpoint, "pod" | "ip" | "labels" | "namedPorts">;

/**
 * What an endpoint reports for a gauge; undefined where none of the sources finds it there: another name, port or path
 * gives no signal, as on GKE.
 */
export async function readGauge(
  endpoint: Target,
  gauge: Pick<Gauge, "sources">,
  end: AbortSignal,
): Promise<number | undefined> {
  for (const source of gauge.sources) {
    const url = urlOf(endpoint, source);
    const text = url && (await textAt(url, end));
    const value = text && gaugeIn(text, source.gauge);
    if (typeof value === "number") return value;
  }
  return undefined;
}

/**
 * A reading that is older tells nothing any more. Longer than health checks take to find a dead server: it must not look
 * like one that nothing limits.
 */
const STALE_MS = 30_000;

interface Reading {
  value?: number;
  at: number;
  underWay: boolean;
}

/** Reads the gauges of endpoints again and again. `tick` begins what is not under way and never waits. */
export class Gauges {
  private readings = new Map<string, Reading>();
  private readonly ending = new AbortController();

  /** @param now milliseconds @param read one gauge of one endpoint */
  constructor(
    private readonly now: () => number = Date.now,
    private readonly read: typeof readGauge = readGauge,
  ) {}

  /** Begins to read these. @returns resolves when all are read, for those who want to wait */
  async tick(wanted: { endpoint: Endpoint; gauge: Gauge }[]): Promise<void> {
    const before = this.readings;
    this.readings = new Map(
      wanted.map(({ endpoint, gauge }) => {
        const key = keyOf(endpoint, gauge);
        return [key, before.get(key) ?? { at: -Infinity, underWay: false }];
      }),
    );
    await Promise.all(
      wanted.map(async ({ endpoint, gauge }) => {
        const reading = this.readings.get(keyOf(endpoint, gauge));
        if (!reading || reading.underWay) return;
        reading.underWay = true;
        const value = await this.read(endpoint, gauge, this.ending.signal);
        reading.underWay = false;
        if (value !== undefined) Object.assign(reading, { value, at: this.now() });
      }),
    );
  }

  /** Ends what is being read. */
  stop(): void {
    this.ending.abort();
    this.readings.clear();
  }

  of(endpoint: Endpoint, gauge: Gauge): number | undefined {
    const reading = this.readings.get(keyOf(endpoint, gauge));
    return reading && this.now() - reading.at <= STALE_MS ? reading.value : undefined;
  }
}

function keyOf({ pod, ip, port }: Endpoint, { sources }: Gauge): string {
  return JSON.stringify([pod, ip, port, sources]);
}

/** Undefined where the source is not about this pod, or the pod has no such port. */
export function urlOf(endpoint: Target, source: GaugeSource): string | undefined {
  const { namespace, podLabels, port, path } = source;
  const isMeant =
    endpoint.pod.startsWith(`${namespace}/`) &&
    Object.entries(podLabels).every(([key, value]) => endpoint.labels[key] === value);
  const number = endpoint.namedPorts[port] ?? Number(port);
  if (!isMeant || !Number.isInteger(number)) return undefined;
  return `http://${endpoint.ip}:${number}${path}`;
}

async function textAt(url: string, end: AbortSignal): Promise<string | undefined> {
  const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), end]);
  try {
    const response = await fetch(url, { signal });
    const text = await response.text();
    return response.ok && text.length <= MAX_BYTES ? text : undefined;
  } catch {
    return undefined;
  }
}

/** `name{labels} value timestamp`: Prometheus' text format, https://prometheus.io/docs/instrumenting/exposition_formats/. */
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{.*\})?\s+(\S+)(?:\s+-?\d+)?\s*$/;

/** The mean of all samples of a gauge: AutoscalingMetrics do not look at their labels. */
export function gaugeIn(text: string, name: string): number | undefined {
  const values = text.split("\n").flatMap((line) => {
    const [, found, value] = SAMPLE.exec(line) ?? [];
    const number = Number(value);
    return found === name && Number.isFinite(number) ? [number] : [];
  });
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
