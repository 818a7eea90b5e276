import * as http from "node:http";

import { countersIn, readCounters } from "../../../emulator/loadBalancer/demand";
import { distanceKm } from "../../../emulator/loadBalancer/distances";
import { gaugeIn, Gauges, urlOf } from "../../../emulator/loadBalancer/metrics";
import { Rates } from "../../../emulator/loadBalancer/rates";
import { REGIONS } from "../../../emulator/cloud/tables/regions";
import { EAST, endpoint, WEST } from "./support/forwarding";
import { ModelServer } from "./support/modelServer";

const SOURCE = {
  gauge: "vllm:kv_cache_usage_perc",
  port: 8000,
  path: "/metrics",
  namespace: "default",
  podLabels: { app: "vllm" },
};
const GAUGE = { name: "kv", maxUtilizationPercent: 60, dryRun: false, sources: [SOURCE] };

describe("a gauge in Prometheus' text format", () => {
  const TEXT = [
    "# HELP kv The cache. kv 9",
    "# TYPE kv gauge",
    'kv{model="a b",other="x{y}"} 0.25',
    "kv 0.75 1700000000000",
    "kv_total 5",
    "rest NaN",
    "huge +Inf",
    "small 1e-3",
    "",
  ].join("\n");

  test.each([
    ["kv", 0.5],
    ["kv_total", 5],
    ["small", 0.001],
    ["k", undefined],
    ["rest", undefined],
    ["huge", undefined],
  ])("%s is %s", (name, expected) => {
    expect(gaugeIn(TEXT, name)).toBe(expected);
  });
});

describe("where a pod's gauge is", () => {
  test.each([
    ["its address, port and path", {}, "http://127.0.0.1:8000/metrics"],
    ["a port by its name", { port: "http" }, "http://127.0.0.1:8001/metrics"],
    ["a number in a text", { port: "8002" }, "http://127.0.0.1:8002/metrics"],
    ["nowhere, if it has no such port", { port: "grpc" }, undefined],
    ["nowhere, if its labels are others", { podLabels: { app: "other" } }, undefined],
    ["nowhere, if its namespace is another", { namespace: "other" }, undefined],
  ])("%s", (_, over, expected) => {
    const pod = endpoint("127.0.0.1", { namedPorts: { http: 8001 } });
    expect(urlOf(pod, { ...SOURCE, ...over })).toBe(expected);
  });
});

describe("gauges of a server", () => {
  let server: ModelServer;
  beforeEach(async () => (server = await new ModelServer("127.72.1.1", 8000).start()));
  afterEach(() => server.kill());

  test("are read again and again, and are nothing once they are old", async () => {
    let now = 0;
    const gauges = new Gauges(() => now);
    const wanted = [{ endpoint: endpoint(server.ip), gauge: GAUGE }];
    const read = () => gauges.of(endpoint(server.ip), GAUGE);
    expect(read()).toBeUndefined();
    await gauges.tick(wanted);
    expect(read()).toBe(0);
    server.perRequest = 0.5;
    server.inFlight = 1;
    await gauges.tick(wanted);
    expect(read()).toBe(0.5);
    await server.kill();
    now = 30_000;
    await gauges.tick(wanted);
    expect(read()).toBe(0.5);
    now = 30_001;
    expect(read()).toBeUndefined();
    await gauges.tick([]);
    now = 0;
    expect(read()).toBeUndefined();
    gauges.stop();
  });

  test.each([
    ["another name", { gauge: "vllm:gpu_cache_usage_perc" }],
    ["another path", { path: "/other" }],
    ["another port", { port: 8009 }],
  ])("are no signal under %s", async (_, over) => {
    const gauges = new Gauges();
    const gauge = { ...GAUGE, sources: [{ ...SOURCE, ...over }] };
    await gauges.tick([{ endpoint: endpoint(server.ip), gauge }]);
    expect(gauges.of(endpoint(server.ip), gauge)).toBeUndefined();
  });

  test("are given up when it ends", async () => {
    const silent = http.createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(8000, "127.72.1.2", resolve));
    const gauges = new Gauges();
    const reading = gauges.tick([{ endpoint: endpoint("127.72.1.2"), gauge: GAUGE }]);
    gauges.stop();
    await reading;
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });
});

describe("Envoy's statistics", () => {
  test("are counted by listener and pair", () => {
    const stats = [
      { name: "http.default.gw|europe-west3|80.downstream_rq_total", value: 7 },
      { name: "http.default.gw|europe-west3|80.downstream_rq_active", value: 2 },
      { name: "http.admin.downstream_rq_total", value: 1 },
      { name: "cluster.default.gw|europe-west3|default.llama|west.upstream_rq_total", value: 5 },
      { name: "cluster.default.gw|europe-west3|default.llama|west.upstream_rq_active", value: 1 },
      { name: "cluster_manager.active_clusters", value: 3 },
      { name: "listener_manager.lds.update_rejected", value: 1 },
      { name: "cluster_manager.cds.update_rejected", value: 2 },
      {},
    ];
    const pair = "default.gw|europe-west3|default.llama|west";
    const listener = "default.gw|europe-west3|80";
    expect(countersIn({ stats })).toEqual({
      received: { [listener]: 7, admin: 1 },
      waiting: { [listener]: 2 },
      sent: { [pair]: 5 },
      inFlight: { [pair]: 1 },
      refused: 3,
    });
  });

  test("are told to be missing where nobody answers well", async () => {
    const server = http.createServer((_, response) => response.writeHead(503).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    await expect(readCounters(`http://127.0.0.1:${port}`)).rejects.toThrow(
      "Envoy answers 503 to a question for statistics",
    );
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("rates", () => {
  test("become what is counted each second", () => {
    const rates = new Rates();
    for (let at = 0; at < 60; at++) rates.update(at, { a: at * 4 });
    expect(rates.of("a")).toBeCloseTo(4);
    expect(rates.of("b")).toBe(0);
  });

  test("go on from nothing where a counter begins anew, and are forgotten with it", () => {
    const rates = new Rates();
    for (let at = 0; at < 60; at++) rates.update(at, { a: at * 4 });
    rates.update(60, { a: 4 });
    expect(rates.of("a")).toBeCloseTo(4);
    rates.update(61, {});
    expect(rates.of("a")).toBe(0);
  });
});

describe("distances between regions", () => {
  test("each region of the cloud has a place", () => {
    expect(REGIONS.filter((region) => distanceKm(region, WEST) === Infinity)).toEqual([]);
  });

  test.each([
    [WEST, EAST, 6500],
    ["europe-west3", "europe-west4", 400],
    ["us-west1", "asia-northeast1", 7800],
  ])("%s to %s is about %d km", (from, to, expected) => {
    expect(Math.abs(distanceKm(from, to) - expected) / expected).toBeLessThan(0.1);
    expect(distanceKm(to, from)).toBeCloseTo(distanceKm(from, to));
  });

  test("a region is nearest to itself, and farthest from one that is unknown", () => {
    expect([distanceKm(WEST, WEST), distanceKm(WEST, "nowhere1")]).toEqual([0, Infinity]);
  });
});
