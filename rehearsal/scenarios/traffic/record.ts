/** What a run of `make traffic` saw; `report/` draws it. */
export interface TrafficRecord {
  begun: string;
  cores: number;
  seconds: number;
  parts: { name: string; version: string }[];
  regions: string[];
  creation: Creation[];
  scenarios: ScenarioRecord[];
}
export interface Creation {
  resource: string;
  region?: string;
  startSecond: number;
  endSecond: number;
}
export interface ScenarioRecord {
  name: string;
  title: string;
  seconds: number;
  problems: string[];
  figures: Figure[];
  marks: Mark[];
  targetPercent?: number;
  timeline: Second[];
  latency: Series[];
  failures: Record<string, number>;
}
export interface Figure {
  name: string;
  value: string;
  expected?: string;
}
export interface Mark {
  second: number;
  text: string;
}
export interface Second {
  second: number;
  sent: number;
  served: Record<string, number>;
  failed: number;
  utilizationPercent: Record<string, number>;
}
export interface Series {
  name: string;
  count: number;
  p50: number;
  p90: number;
  p99: number;
  max: number;
}
