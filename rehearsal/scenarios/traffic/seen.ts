import type { Answer } from "./load";
import type { Mark, Second, Series } from "./record";
import { membersOf, type Sample } from "./watch";

/** An answer, and where its request came from and went to. */
export interface Served extends Answer {
  /** Region of the client, or `direct` for one that asks a pod. */
  from: string;
  /** Name of the stream that it belongs to. */
  stream: string;
  /** Region of the pod that answered. */
  region?: string;
}

/** A stretch of time with load: what clients and load balancer saw. */
export class Seen {
  constructor(
    /** When it began, in seconds since 1970. */
    readonly begun: number,
    readonly answers: readonly Served[],
    readonly samples: readonly Sample[],
    readonly marks: readonly Mark[],
  ) {}

  /** The part of it between two moments, in seconds since it began. */
  between(from: number, to = Infinity): Seen {
    const inside = ({ at }: { at: number }) => at - this.begun >= from && at - this.begun < to;
    const { begun, answers, samples, marks } = this;
    return new Seen(begun, answers.filter(inside), samples.filter(inside), marks);
  }

  of(stream: string): Seen {
    const answers = this.answers.filter((answer) => answer.stream === stream);
    return new Seen(this.begun, answers, this.samples, this.marks);
  }

  get failed(): Served[] {
    return this.answers.filter(({ code }) => code !== 200);
  }

  /** Second of the mark whose text begins so. @throws if there is no such mark */
  markedAt(text: string): number {
    const mark = this.marks.find((each) => each.text.startsWith(text));
    if (!mark) throw new Error(`nothing was marked "${text}"`);
    return mark.second;
  }

  /** Percent of the answers with 200 that a region gave; undefined if there were no such answers. */
  sharePercent(region: string): number | undefined {
    const good = this.answers.filter(({ code }) => code === 200);
    if (good.length === 0) return undefined;
    return (good.filter((answer) => answer.region === region).length / good.length) * 100;
  }

  /** Names of the pods that answered. */
  get pods(): Set<string> {
    return new Set(this.answers.flatMap(({ pod }) => pod ?? []));
  }

  /** Seconds from the first failed request to the last one; 0 if all were answered. */
  get secondsOfFailure(): number {
    const times = this.failed.map(({ at }) => at);
    return times.length > 0 ? Math.max(...times) - Math.min(...times) : 0;
  }

  /** Mean of what a region's gauge showed, 0 to 100; undefined if it showed nothing. */
  meanUtilization(region: string): number | undefined {
    const values = this.samples.flatMap((sample) => utilizationOf(sample, region) ?? []);
    if (values.length === 0) return undefined;
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }

  /** Mean of the requests that a region had in flight. */
  meanInFlight(region: string): number | undefined {
    const values = this.samples.flatMap(({ traffic }) => {
      const members = membersOf(traffic).filter((member) => member.region === region);
      return members.map(({ inFlight }) => inFlight);
    });
    if (values.length === 0) return undefined;
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  }

  latency(name: string): Series | undefined {
    const good = this.answers.filter(({ code }) => code === 200);
    const seconds = good.map((answer) => answer.seconds).sort((a, b) => a - b);
    if (seconds.length === 0) return undefined;
    const at = (share: number) => seconds[Math.ceil(share * seconds.length) - 1] ?? 0;
    return { name, count: seconds.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
  }

  /** Those of each stream that got an answer. */
  get latencies(): Series[] {
    const streams = [...new Set(this.answers.map(({ stream }) => stream))];
    return streams.flatMap((stream) => this.of(stream).latency(stream) ?? []);
  }

  /** Answers other than 200, by code. */
  get failures(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { code } of this.failed) counts[code] = (counts[code] ?? 0) + 1;
    return counts;
  }

  /** Second by second: requests by the moment they were sent, gauges as they were last seen. */
  timeline(regions: readonly string[]): Second[] {
    const times = [...this.answers, ...this.samples].map(({ at }) => at - this.begun);
    const last = Math.floor(Math.max(0, ...times));
    return Array.from({ length: last + 1 }, (_, second) => {
      const { answers, samples } = this.between(second, second + 1);
      const good = answers.filter(({ code }) => code === 200);
      const counted = regions.map((region) => [
        region,
        good.filter((answer) => answer.region === region).length,
      ]);
      const gauges = regions.flatMap((region) => {
        const value = samples.flatMap((sample) => utilizationOf(sample, region) ?? []).at(-1);
        return value === undefined ? [] : [[region, value]];
      });
      return {
        second,
        sent: answers.length,
        served: Object.fromEntries(counted) as Record<string, number>,
        failed: answers.length - good.length,
        utilizationPercent: Object.fromEntries(gauges) as Record<string, number>,
      };
    });
  }
}

/** The gauge that limits a region's member, or the only one that it has. */
function utilizationOf({ traffic }: Sample, region: string): number | undefined {
  const members = membersOf(traffic).filter((member) => member.region === region);
  return members.flatMap(({ gauges }) => gauges.map((gauge) => gauge.utilizationPercent))[0];
}
