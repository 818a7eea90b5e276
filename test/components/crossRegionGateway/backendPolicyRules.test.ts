import * as fc from "fast-check";

import { regions } from "../../../catalog/regions";
import {
  backendPolicy,
  type LoadBalancing,
} from "../../../components/crossRegionGateway/backendPolicy";
import type { BackendDefaults, BackendScope } from "../../../customResources/gcpBackendPolicy";

const SCOPED = [
  "balancingMode",
  "backendPreference",
  "capacityScalerPercent",
  "customMetrics",
  "maxInFlightRequestsPerEndpoint",
  "maxRatePerEndpoint",
  "trafficDuration",
] as const;

/** What the CRD of GKE 1.34 would refuse: limits of fields, and its rules on what may not go together. */
function refusals(policy: BackendDefaults): string[] {
  const { scopes = [], timeoutSec = 1, connectionDraining, logging } = policy;
  const found: string[] = [];
  const must = (holds: boolean, what: string) => void (holds || found.push(what));
  const within = (n: number | undefined, min: number, max: number, what: string) =>
    must(n === undefined || (Number.isInteger(n) && n >= min && n <= max), what);

  within(timeoutSec, 1, 2_147_483_647, "timeoutSec");
  within(connectionDraining?.drainingTimeoutSec, 0, 3600, "drainingTimeoutSec");
  within(logging?.sampleRate, 0, 1_000_000, "sampleRate");
  must(scopes.length <= 16, "scopes");
  for (const field of SCOPED) {
    must(!(field in policy && scopes.some((scope) => field in scope)), `${field} in both`);
  }
  for (const scope of scopes) found.push(...scopeRefusals(scope));
  for (const combined of [policy, ...scopes.map((scope) => ({ ...policy, ...scope }))]) {
    found.push(...combinationRefusals(combined));
  }
  return found;
}

function scopeRefusals({ selector, capacityScalerPercent: percent }: BackendScope): string[] {
  const keys = Object.keys(selector);
  const values = Object.values(selector).map(String);
  return [
    ...(keys.every((key) => /^gke\.io\/(region|zone|cluster-name)$/.test(key)) ? [] : ["key"]),
    ...(values.every((value) => value.length <= 63) ? [] : ["value"]),
    ...(Number.isInteger(percent) && Number(percent) >= 0 && Number(percent) <= 100
      ? []
      : ["capacityScalerPercent"]),
  ];
}

function combinationRefusals(p: BackendDefaults): string[] {
  const long = p.trafficDuration === "LONG";
  const rate = p.balancingMode === undefined || p.balancingMode === "RATE";
  const inFlight = p.maxInFlightRequestsPerEndpoint !== undefined;
  const perSecond = p.maxRatePerEndpoint !== undefined;
  const metrics = p.customMetrics ?? [];
  const rules: [boolean, string][] = [
    [long && rate, "LONG with RATE"],
    [p.balancingMode === "IN_FLIGHT" && !long, "IN_FLIGHT without LONG"],
    [inFlight && (rate || !long), "maxInFlightRequestsPerEndpoint without IN_FLIGHT and LONG"],
    [perSecond && (long || p.balancingMode === "IN_FLIGHT"), "maxRatePerEndpoint with LONG"],
    [metrics.length > 2, "three metrics"],
    [metrics.some(({ name }) => !/^[a-z]([-_.:a-z0-9]{0,61}[a-z0-9])?$/.test(name)), "metric name"],
    [metrics.some(({ dryRun }) => typeof dryRun !== "boolean"), "dryRun"],
    [
      metrics.some(({ maxUtilizationPercent: n = 0 }) => !Number.isInteger(n) || n < 0 || n > 100),
      "maxUtilizationPercent",
    ],
  ];
  return rules.filter(([broken]) => broken).map(([, what]) => what);
}

const limit = fc.integer({ min: 1, max: 1e9 });
const loadBalancing: fc.Arbitrary<LoadBalancing> = fc.oneof(
  fc.record(
    {
      mode: fc.constant("kv-cache" as const),
      maxUtilization: fc.integer({ min: 1, max: 100 }),
      dryRun: fc.boolean(),
    },
    { requiredKeys: ["mode", "maxUtilization"] },
  ),
  fc.record({
    mode: fc.constant("in-flight" as const),
    maxInFlightRequestsPerEndpoint: limit,
    trafficDuration: fc.constant("LONG" as const),
  }),
  fc.record({ mode: fc.constant("rate" as const), maxRatePerEndpoint: limit }),
);

/** Up to 16 regions, of which some have scopes and some are drained. */
const places = fc.uniqueArray(fc.constantFrom(...regions), { maxLength: 16 }).chain((chosen) =>
  fc.record({
    scopes: fc.subarray(chosen).chain((some) =>
      fc.tuple(
        ...some.map((region) =>
          fc.record({
            region: fc.constant(region),
            preferred: fc.boolean(),
            capacityPercent: fc.integer({ min: 0, max: 100 }),
          }),
        ),
      ),
    ),
    drained: fc.subarray(chosen),
  }),
);

const args = fc.record({
  loadBalancing,
  places,
  timeoutSeconds: fc.integer({ min: 1, max: 3600 }),
  p99LatencySeconds: fc.double({ min: 0.1, max: 1800, noNaN: true }),
  requestLogPercent: fc.double({ min: 0, max: 100, noNaN: true }),
});

const FIXED = { name: "gateway", namespace: "inference", poolName: "llama" };
const metricName = "gke.named_metrics.kv-cache";

test("any valid configuration gives a policy that the API takes, with every drained region drained", () => {
  fc.assert(
    fc.property(args, ({ places: { scopes, drained }, ...rest }) => {
      const { spec } = backendPolicy({ ...FIXED, metricName, scopes, drained, ...rest });
      expect(refusals(spec.default)).toEqual([]);

      const { scopes: made = [] } = spec.default;
      const regionsOf = made.map(({ selector }) => selector["gke.io/region"]);
      expect(new Set(regionsOf).size).toBe(made.length);
      for (const region of drained) {
        const scope = made.find(({ selector }) => selector["gke.io/region"] === region);
        expect(scope?.capacityScalerPercent).toBe(0);
      }
      const taking = scopes.filter(({ region }) => !drained.includes(region));
      for (const { region, capacityPercent } of taking) {
        const scope = made.find(({ selector }) => selector["gke.io/region"] === region);
        expect(scope?.capacityScalerPercent).toBe(capacityPercent);
      }
    }),
    { numRuns: 300 },
  );
});

test.each<[string, BackendDefaults]>([
  [
    "balancingMode in both",
    { balancingMode: "RATE", scopes: [scope({ balancingMode: "CUSTOM_METRICS" })] },
  ],
  ["LONG with RATE", { trafficDuration: "LONG" }],
  ["IN_FLIGHT without LONG", { balancingMode: "IN_FLIGHT" }],
  ["scopes", { scopes: Array.from({ length: 17 }, () => scope({})) }],
  ["sampleRate", { logging: { enabled: true, sampleRate: 0.5 } }],
])("the rules do refuse: %s", (what, policy) => {
  expect(refusals(policy)).toContain(what);
});

function scope(fields: Partial<BackendScope>): BackendScope {
  return { selector: { "gke.io/region": "us-east4" }, capacityScalerPercent: 0, ...fields };
}
