import { forwarding, rule, WEST } from "../support/forwarding";
import { answerOf, TwoRegions } from "../support/twoRegions";
import { until } from "../support/until";

describe("with Envoy", () => {
  const regions = TwoRegions.forEach("127.79");

  test("a request without a body is tried twice, and one with a body once", async () => {
    await regions.bothHealthy();
    await regions.asked(answerOf(regions.west));
    const before = regions.west.answered;
    expect((await regions.ask(WEST, "/broken", { method: "GET" })).status).toBe(503);
    expect(regions.west.answered - before).toBe(2);
    expect((await regions.ask(WEST, "/broken")).status).toBe(503);
    expect(regions.west.answered - before).toBe(3);
  });

  test("a path that no rule takes is not found, and a request may take as long as the policy says", async () => {
    const match = { path: { type: "PathPrefix", value: "/v1" } as const, headers: [] };
    regions.forwardings = [
      forwarding(regions.members(), { rules: [rule({ match })], pool: { timeoutSec: 1 } }),
    ];
    await regions.bothHealthy();
    await regions.asked(answerOf(regions.west));
    expect((await regions.ask(WEST, "/v10")).status).toBe(404);
    regions.west.takes = 60_000;
    await until(
      async () => (await regions.ask()).status === 504,
      () => "no 504",
    );
  });
});
