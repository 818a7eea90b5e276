import type { EndpointTraffic, MemberTraffic } from "../../../emulator/loadBalancer/traffic";
import { isIdle, serves } from "../../../scenarios/traffic/settled";

const endpoint = (ip: string, over: Partial<EndpointTraffic> = {}): EndpointTraffic => ({
  pod: `inference/vllm-${ip}`,
  address: `${ip}:8000`,
  healthy: true,
  terminating: false,
  ...over,
});

const member = (over: Partial<MemberTraffic> = {}): MemberTraffic => ({
  cluster: "gke-west",
  name: "gke-west",
  region: "europe-west3",
  mode: "CUSTOM_METRICS",
  capacityPercent: 100,
  preferred: false,
  healthyEndpoints: 1,
  endpoints: [endpoint("127.1.0.2")],
  pickers: ["127.1.0.3:9002"],
  requestsPerSecond: 0,
  inFlight: 0,
  gauges: [{ name: "kv-cache", targetPercent: 60, dryRun: false, utilizationPercent: 0 }],
  ...over,
});

const RUNNING = { server: ["127.1.0.2"], picker: ["127.1.0.3"] };

test("a member serves if the load balancer has all pods that run", () => {
  expect(serves(member(), RUNNING)).toBe(true);
});

test.each<[string, Partial<MemberTraffic>]>([
  ["still has a pod that a roll-out replaced", { endpoints: [endpoint("127.1.0.9")] }],
  ["has not checked the pod", { endpoints: [endpoint("127.1.0.2", { healthy: false })] }],
  ["has one pod too many", { endpoints: [endpoint("127.1.0.2"), endpoint("127.1.0.9")] }],
  ["still has a picker that a roll-out replaced", { pickers: ["127.1.0.9:9002"] }],
  ["has no picker", { pickers: [] }],
  ["has no endpoint", { endpoints: [] }],
])("it does not serve while the load balancer %s", (_, over) => {
  expect(serves(member(over), RUNNING)).toBe(false);
});

test("it does not serve while nothing runs, or one of two is not known yet", () => {
  expect(serves(member({ endpoints: [] }), { ...RUNNING, server: [] })).toBe(false);
  expect(serves(member(), { ...RUNNING, server: ["127.1.0.2", "127.1.0.4"] })).toBe(false);
  expect(serves(member(), undefined)).toBe(false);
});

test.each<[boolean, string, Partial<MemberTraffic>]>([
  [true, "no requests and an empty cache", {}],
  [true, "a gauge without a value", { gauges: [{ name: "a", targetPercent: 60, dryRun: false }] }],
  [false, "a request that is being answered", { inFlight: 1 }],
  [
    false,
    "a cache in use",
    { gauges: [{ name: "a", targetPercent: 60, dryRun: false, utilizationPercent: 3 }] },
  ],
])("idle is %s with %s", (idle, _, over) => {
  expect(isIdle(member(over))).toBe(idle);
});
