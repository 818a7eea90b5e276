import { Forwarding, ForwardingMember } from "../../../emulator/gke/forwarding";
import { countersIn } from "../../../emulator/loadBalancer/demand";
import { HealthChecks } from "../../../emulator/loadBalancer/health";
import { gatewayTraffic } from "../../../emulator/loadBalancer/observed";
import { hasProcess, pickersOf, reachable } from "../../../emulator/loadBalancer/reachable";
import { Rates } from "../../../emulator/loadBalancer/rates";
import { Senses, Spreading } from "../../../emulator/loadBalancer/spreading";
import { EAST, endpoint, forwarding, member, WEST } from "./support/forwarding";
import { byGauge, GAUGE } from "./support/plant";

const pair = (region: string, name: string) =>
  `default.cross-region|${region}|default.llama|${name}`;
const NOTHING = countersIn({ stats: [] });

function members(): [ForwardingMember, ForwardingMember] {
  return [
    member("gke-west", WEST, ["127.0.0.1", "127.0.0.2"]),
    member("gke-east", EAST, ["127.0.1.1"]),
  ];
}

function senses(over: Partial<Senses> = {}): Senses {
  return { at: 0, counters: NOTHING, isHealthy: () => true, gauge: () => undefined, ...over };
}

/** Shares after some seconds in which the west sends so many requests, which all are in flight for two. */
function after(
  seconds: number,
  perSecond: number,
  made: Forwarding,
  used: number,
): [number, number] {
  const spreading = new Spreading();
  let shares = {} as Record<string, number>;
  for (let at = 0; at <= seconds; at++) {
    const sent = { [pair(WEST, "gke-west")]: perSecond * at };
    const inFlight = { [pair(WEST, "gke-west")]: perSecond * 2 };
    const counters = { ...NOTHING, sent, inFlight };
    shares = spreading.decide([made], senses({ at, counters, gauge: () => used }));
  }
  return [shares[pair(WEST, "gke-west")] ?? NaN, shares[pair(WEST, "gke-east")] ?? NaN];
}

test("each region has shares of each member, by health, drain and gauge", () => {
  const made = forwarding(members());
  expect(new Spreading().decide([made], senses())).toEqual({
    [pair(WEST, "gke-west")]: 1,
    [pair(WEST, "gke-east")]: 0,
    [pair(EAST, "gke-west")]: 0,
    [pair(EAST, "gke-east")]: 1,
  });
  const isHealthy: Senses["isHealthy"] = (_, { ip }) => ip === "127.0.1.1";
  expect(new Spreading().decide([made], senses({ isHealthy }))).toMatchObject({
    [pair(WEST, "gke-west")]: 0,
    [pair(WEST, "gke-east")]: 1,
  });
  const [west, east] = members();
  const drained = { ...west, balancing: byGauge(60, { capacityPercent: 0 }) };
  expect(new Spreading().decide([forwarding([drained, east])], senses())).toMatchObject({
    [pair(WEST, "gke-west")]: 0,
    [pair(WEST, "gke-east")]: 1,
  });
});

test("half full stays, and what is fuller than it should be spills", () => {
  const made = forwarding(members());
  expect(after(60, 20, made, 0.3)).toEqual([1, 0]);
  const [near, far] = after(60, 20, made, 1);
  // 40 in flight are 16 too many: between 12 a second, which keep 24 in flight, and what ends.
  expect(near).toBeCloseTo(0.68);
  expect(near + far).toBeCloseTo(1);
});

test("pods that end count for nothing", () => {
  const ending = endpoint("127.0.0.1", { terminating: true });
  const west = { ...members()[0], endpoints: [ending] };
  const shares = new Spreading().decide([forwarding([west, members()[1]])], senses());
  expect(shares[pair(WEST, "gke-west")]).toBe(0);
});

test("a gauge is the mean of the healthy pods that report it", () => {
  const made = forwarding(members());
  const spreading = new Spreading();
  const values: Record<string, number | undefined> = { "127.0.0.1": 0.2, "127.0.0.2": 0.6 };
  const gauge: Senses["gauge"] = ({ ip }) => values[ip];
  const used = (isHealthy: Senses["isHealthy"] = () => true) => {
    spreading.decide([made], senses({ gauge, isHealthy }));
    return spreading.stateOf(made, made.pools[0], members()[0]).utilization[GAUGE];
  };
  expect(used()).toBeCloseTo(0.4);
  expect(used((_, { ip }) => ip === "127.0.0.2")).toBe(0.6);
  values["127.0.0.2"] = undefined;
  expect(used()).toBe(0.2);
});

test("everything that is known is told", () => {
  const [west, east] = members();
  const reported = { ...west, balancing: byGauge(60, { preferred: true }) };
  const metrics = [
    {
      name: "a",
      maxUtilizationPercent: 50,
      dryRun: true,
      sources: [],
      missing: "nobody exports it",
    },
  ];
  const limits = { mode: "IN_FLIGHT", maxInFlightRequestsPerEndpoint: 4, metrics };
  const limited = { ...east, balancing: byGauge(60, limits) };
  const made = forwarding([reported, limited]);
  const counters = {
    ...NOTHING,
    waiting: { [`default.cross-region|${WEST}|80`]: 3 },
    inFlight: { [pair(WEST, "gke-west")]: 2 },
  };
  const spreading = new Spreading();
  const known = senses({
    counters,
    gauge: ({ ip }) => (ip.startsWith("127.0.0") ? 0.25 : undefined),
  });
  const shares = spreading.decide([made], known);
  const ports = {
    [`default.cross-region|${WEST}|80`]: 4001,
    [`default.cross-region|${EAST}|80`]: 4002,
  };
  const health = () => ({ healthy: true });
  const received = new Rates();
  const seen = { forwardings: [made], ports, counters, received, shares, spreading, health };
  const [told] = gatewayTraffic(seen);
  expect(told).toEqual({
    gateway: "default/cross-region",
    cluster: made.cluster,
    listeners: [
      {
        region: WEST,
        address: "10.10.0.253",
        port: 80,
        url: "http://127.0.0.1:4001",
        requestsPerSecond: 0,
        inFlight: 3,
      },
      {
        region: EAST,
        address: "10.20.0.253",
        port: 80,
        url: "http://127.0.0.1:4002",
        requestsPerSecond: 0,
        inFlight: 0,
      },
    ],
    pools: [
      {
        pool: "default/llama",
        members: [
          {
            cluster: west.cluster,
            name: "gke-west",
            region: WEST,
            mode: "CUSTOM_METRICS",
            capacityPercent: 100,
            preferred: true,
            healthyEndpoints: 2,
            endpoints: ["127.0.0.1", "127.0.0.2"].map((ip) => ({
              pod: `default/vllm-${ip}`,
              address: `${ip}:8000`,
              terminating: false,
              healthy: true,
            })),
            pickers: [],
            requestsPerSecond: 0,
            inFlight: 2,
            gauges: [{ name: GAUGE, targetPercent: 60, dryRun: false, utilizationPercent: 25 }],
          },
          {
            cluster: east.cluster,
            name: "gke-east",
            region: EAST,
            mode: "IN_FLIGHT",
            capacityPercent: 100,
            preferred: false,
            healthyEndpoints: 1,
            endpoints: [
              {
                pod: "default/vllm-127.0.1.1",
                address: "127.0.1.1:8000",
                terminating: false,
                healthy: true,
              },
            ],
            pickers: [],
            requestsPerSecond: 0,
            inFlight: 0,
            gauges: [{ name: "a", targetPercent: 50, dryRun: true, missing: "nobody exports it" }],
            budget: expect.any(Number),
          },
        ],
        pairs: [
          [WEST, "gke-west", 100, 2],
          [WEST, "gke-east", 0, 0],
          [EAST, "gke-west", 100, 0],
          [EAST, "gke-east", 0, 0],
        ].map(([listener, name, weightPercent, inFlight]) => ({
          listener,
          member: name,
          weightPercent,
          requestsPerSecond: 0,
          inFlight,
        })),
      },
    ],
  });
});

test("a gauge that nobody reports says where it was looked for", () => {
  const source = {
    gauge: "vllm:kv_cache_usage_perc",
    port: 8000,
    path: "/metrics",
    namespace: "default",
    podLabels: {},
  };
  const metrics = [{ name: GAUGE, maxUtilizationPercent: 60, dryRun: false, sources: [source] }];
  const made = forwarding([{ ...members()[0], balancing: byGauge(60, { metrics }) }]);
  const spreading = new Spreading();
  const shares = spreading.decide([made], senses());
  const checks = new HealthChecks();
  const health = () => checks.of("default/llama", endpoint("127.0.0.1"));
  const rest = { ports: {}, counters: NOTHING, received: new Rates() };
  const [told] = gatewayTraffic({ forwardings: [made], shares, spreading, health, ...rest });
  expect(told?.pools[0]?.members[0]?.gauges[0]?.missing).toBe(
    "no healthy endpoint of 2 reports vllm:kv_cache_usage_perc at port 8000, /metrics",
  );
  expect(told?.pools[0]?.members[0]?.endpoints[0]).toMatchObject({
    healthy: false,
    reason: "it was not checked yet",
  });
});

test("only what has a process here is reached", () => {
  expect(["127.0.0.1", "10.4.0.7", "1270.0.0.1"].map((ip) => hasProcess({ ip }))).toEqual([
    true,
    false,
    false,
  ]);
  const picker = { addresses: ["10.4.0.9:9002", "127.0.0.9:9002"], failOpen: true };
  expect(pickersOf([forwarding([{ ...members()[0], picker }])])).toEqual(["127.0.0.9:9002"]);
});

test("a picker that cannot be asked is left out, and nothing else", () => {
  const picker = { addresses: ["127.0.0.8:9002", "127.0.0.9:9002"], failOpen: true };
  const asked = forwarding([{ ...members()[0], picker }]);
  const made = reachable(asked, (address) => address === "127.0.0.9:9002");
  const left = { ...picker, addresses: ["127.0.0.9:9002"] };
  expect(made).toEqual(forwarding([{ ...members()[0], picker: left }]));
});
