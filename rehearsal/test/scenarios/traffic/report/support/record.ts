import type {
  Creation,
  ScenarioRecord,
  Second,
  TrafficRecord,
} from "../../../../../scenarios/traffic/record";

const NEAR = "europe-west3";
const FAR = "us-east4";
const REGIONS = [NEAR, FAR];

type MadeUp = TrafficRecord & { scenarios: [ScenarioRecord, ScenarioRecord, ScenarioRecord] };

/** A run of `make traffic` as it could have been: two regions, a spill, a scenario that fails. */
export function madeUpRecord(): MadeUp {
  return {
    begun: "2026-11-30T14:02:11Z",
    cores: 2,
    seconds: 612,
    parts: [
      { name: "envoy", version: "1.38.0" },
      { name: "endpoint picker", version: "v1.5.0" },
      { name: "model server", version: "llm-d-inference-sim v0.6.1" },
    ],
    regions: REGIONS,
    creation: creation(),
    scenarios: [quiet(), spill(), death()],
  };
}

function creation(): Creation[] {
  const steps = (count: number, begin: number, each: number, region?: string): Creation[] =>
    Array.from({ length: count }, (_, i) => ({
      resource: `${region ?? "shared"}-${i}`,
      region,
      startSecond: begin + i * each,
      endSecond: begin + i * each + 1.5,
    }));
  return [
    ...steps(22, 0.5, 0.4),
    ...steps(50, 3, 0.45, NEAR),
    ...steps(44, 3.4, 0.5, FAR),
    ...steps(8, 26, 0.5),
  ];
}

function quiet(): ScenarioRecord {
  return {
    name: "near",
    title: "Requests of a region that has room are served in it",
    seconds: 22,
    problems: [],
    figures: [
      { name: "served in europe-west3", value: "80 of 80", expected: "all" },
      { name: "added by the gateway, median", value: "3 ms" },
    ],
    marks: [],
    targetPercent: 60,
    timeline: seconds(20, () => ({ sent: 4, near: 4, far: 0, failed: 0, use: [9, 0] })),
    latency: [
      { name: "through the gateway", count: 80, p50: 0.213, p90: 0.231, p99: 0.262, max: 0.274 },
      { name: "directly", count: 80, p50: 0.21, p90: 0.226, p99: 0.241, max: 0.255 },
    ],
    failures: {},
  };
}

function spill(): ScenarioRecord {
  return {
    name: "spill",
    title: "Requests spill over to the other region when the KV caches of the near one are full",
    seconds: 71.4,
    problems: [],
    figures: [
      { name: "served in us-east4", value: "342 of 1200", expected: "at least 200" },
      { name: "KV cache use of europe-west3, at most", value: "64 %", expected: "below 80 %" },
    ],
    marks: [
      { second: 5, text: "24 requests/s begin, at the address of europe-west3" },
      { second: 19, text: "first answer of us-east4" },
      { second: 55, text: "load ends" },
    ],
    targetPercent: 60,
    timeline: seconds(66, (second) => {
      const sent = second >= 5 && second < 55 ? 24 : 0;
      const far = sent === 0 || second < 19 ? 0 : Math.min(11, second - 18) + wave(second, 2);
      const after = second >= 55 ? Math.max(0, 1 - (second - 55) / 7) : 1;
      const near = second < 5 ? 0 : Math.min(1, (second - 4) / 16);
      return {
        sent,
        near: sent - far,
        far,
        failed: 0,
        use: [
          after * (near * 61 + (second > 12 ? wave(second, 3.5) : 0)),
          after * (far > 0 || second >= 55 ? Math.min(27, (second - 18) * 2.4) : 0),
        ],
      };
    }),
    latency: [
      { name: "through the gateway", count: 1200, p50: 2.12, p90: 2.61, p99: 3.42, max: 4.05 },
    ],
    failures: {},
  };
}

function death(): ScenarioRecord {
  return {
    name: "region dies",
    title: "All model servers of a region die under load",
    seconds: 48,
    problems: [
      "32 requests failed, at most 6 are allowed",
      'a model server answered <script>alert(1)</script> & "nothing" else',
    ],
    figures: [{ name: "requests that failed", value: "32", expected: "at most 6" }],
    marks: [
      { second: 10, text: "the model servers of europe-west3 are killed" },
      { second: 11, text: "the health check sees it" },
      { second: 16, text: "every request is served by us-east4" },
      { second: 34, text: "the model servers of europe-west3 are ready again" },
    ],
    timeline: seconds(40, (second) => {
      const failed = second < 10 || second > 15 ? 0 : ([8, 12, 6, 3, 2, 1][second - 10] ?? 0);
      const near = second < 10 || second > 35;
      return {
        sent: 12,
        near: near ? 12 : 0,
        far: near ? 0 : 12 - failed,
        failed,
        use: near ? [31 + wave(second, 2), 0] : [0, 33 + wave(second, 2)],
      };
    }),
    latency: [{ name: "through the gateway", count: 448, p50: 2.31, p90: 2.9, p99: 9.1, max: 15 }],
    failures: { "0": 9, "503": 23 },
  };
}

interface Load {
  sent: number;
  near: number;
  far: number;
  failed: number;
  /** KV cache use, near and far. */
  use: number[];
}

function seconds(count: number, load: (second: number) => Load): Second[] {
  return Array.from({ length: count }, (_, second) => {
    const { sent, near, far, failed, use } = load(second);
    const [nearUse = 0, farUse = 0] = use;
    return {
      ...{ second, sent, failed },
      served: { [NEAR]: near, [FAR]: far },
      utilizationPercent: { [NEAR]: nearUse, [FAR]: farUse },
    };
  });
}

/** A curve that is never the same twice, and the same in each run. */
function wave(second: number, height: number): number {
  return Math.round(Math.sin(second * 1.7) * height);
}

/** The longest texts, many marks, more regions than colours, values at their ends. */
export function crowdedRecord(): TrafficRecord & { scenarios: [ScenarioRecord] } {
  const regions = Array.from({ length: 7 }, (_, i) => `northamerica-northeast${i + 1}`);
  const [first = ""] = regions;
  const long =
    "the health check of every model server in all of the regions has found that it is dead";
  return {
    ...madeUpRecord(),
    regions,
    creation: regions.map((region, i) => ({
      resource: `${region}-${"x".repeat(80)}`,
      ...{ region, startSecond: i, endSecond: 1800 },
    })),
    scenarios: [
      {
        ...death(),
        name: "a scenario with a name that is much longer than it should be",
        title: `${long}, ${long}`,
        marks: [0, 0, 1, 2, 20, 38, 39, 39].map((second, i) => ({ second, text: `${i}: ${long}` })),
        targetPercent: 100,
        timeline: seconds(40, () => ({ sent: 0, near: 0, far: 0, failed: 12_000, use: [] })).map(
          (second) => ({ ...second, utilizationPercent: { [first]: 100 } }),
        ),
        latency: ["through the gateway", "directly"].map((name) => ({
          ...{ name, count: 1_000_000, p50: 0, p90: 0.0004, p99: 120, max: 3600 },
        })),
      },
    ],
  };
}
