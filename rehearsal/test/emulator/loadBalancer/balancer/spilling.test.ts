import { forwarding } from "../support/forwarding";
import { byGauge, GAUGE } from "../support/plant";
import { send, TwoRegions } from "../support/twoRegions";
import { until } from "../support/until";

/** Where the gauge is, as an AutoscalingMetric says it. */
const SOURCE = {
  gauge: "vllm:kv_cache_usage_perc",
  port: 8000,
  path: "/metrics",
  namespace: "default",
  podLabels: { app: "vllm" },
};

const reported = (maxUtilizationPercent: number) =>
  byGauge(maxUtilizationPercent, {
    metrics: [{ name: GAUGE, maxUtilizationPercent, dryRun: false, sources: [SOURCE] }],
  });

describe("with Envoy", () => {
  const regions = TwoRegions.forEach("127.80");

  test("a full region spills what it has no room for", async () => {
    for (const server of [regions.west, regions.east]) {
      server.perRequest = 0.1;
      server.takes = 300;
    }
    const [first, second] = regions.members();
    const balancing = reported(20);
    regions.forwardings = [
      forwarding([
        { ...first, balancing },
        { ...second, balancing },
      ]),
    ];
    await regions.bothHealthy();
    const sending = send(40, () => regions.ask());
    // 40 a second for 0.3 s each would be 12 in flight, and 2 are its target.
    await until(
      () => regions.east.answered > 10,
      () => JSON.stringify(regions.pool()),
    );
    await until(
      () => (regions.weights()[0] ?? 0) < 100,
      () => JSON.stringify(regions.pool()),
    );
    expect(regions.pool().members[0]?.gauges[0]).toMatchObject({
      name: GAUGE,
      targetPercent: 20,
      utilizationPercent: expect.any(Number),
    });
    await sending.stop();
  });
});
