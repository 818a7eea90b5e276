/** What a run of `make traffic` leaves behind. */
export interface TrafficRecord {
  /** UTC, ISO 8601. */
  begun: string;
  /** Processors of the machine. */
  cores: number;
  /** The whole run took this long. */
  seconds: number;
  /** What carried requests. */
  parts: { name: string; version: string }[];
  /** In the order of the stack file. */
  regions: string[];
  /** Resources of the first `up`. */
  creation: Creation[];
  /** In the order in which they ran. */
  scenarios: ScenarioRecord[];
}

/** When the engine made one resource. */
export interface Creation {
  /** Name of the resource. */
  resource: string;
  /** Left out for a resource that belongs to no region. */
  region?: string;
  /** Since the begin of the `up`. */
  startSecond: number;
  endSecond: number;
}

/** One load on the gateway, with what was to be seen. */
export interface ScenarioRecord {
  /** Short and unique: names its files. */
  name: string;
  /** One sentence for the reader. */
  title: string;
  seconds: number;
  /** Empty: it passed. */
  problems: string[];
  figures: Figure[];
  /** What happened when. */
  marks: Mark[];
  /** Target of the balancer, in percent of the KV cache; left out if nothing limits. */
  targetPercent?: number;
  timeline: Second[];
  /** One for each kind of answer, such as "through the gateway" and "directly". */
  latency: Series[];
  /** Answers other than 200, by code; "0": no answer. */
  failures: Record<string, number>;
}

/** One result of a scenario, with its unit in the text. */
export interface Figure {
  name: string;
  value: string;
  /** What the scenario demands, in words. */
  expected?: string;
}

/** An event, at a second of its scenario. */
export interface Mark {
  second: number;
  text: string;
}

/** What one second of a scenario saw. */
export interface Second {
  second: number;
  /** Requests that were sent in it. */
  sent: number;
  /** Answers with 200, by the region that served them. */
  served: Record<string, number>;
  /** All other answers, and requests without one. */
  failed: number;
  /** KV cache use, 0 to 100, by region. */
  utilizationPercent: Record<string, number>;
}

/** Latencies of one kind of answer, in seconds. */
export interface Series {
  name: string;
  /** Answers. */
  count: number;
  p50: number;
  p90: number;
  p99: number;
  max: number;
}
