import { EAST, forwarding, member, WEST } from "../support/forwarding";
import { ModelServer } from "../support/modelServer";
import { answerOf, POST, TwoRegions } from "../support/twoRegions";
import { until } from "../support/until";

describe("with Envoy", () => {
  const regions = TwoRegions.forEach("127.75");

  test("clients of each region are answered by their own, without the proxy's headers", async () => {
    await regions.bothHealthy();
    await regions.asked(answerOf(regions.west));
    await regions.asked(answerOf(regions.east, undefined), EAST);
    expect([regions.weights(WEST), regions.weights(EAST)]).toEqual([
      [100, 0],
      [0, 100],
    ]);
    const header = "x-gateway-destination-endpoint";
    const hinted = { ...POST, headers: { [header]: "127.75.2.1:8000" } };
    expect(await regions.ask(WEST, "/v1/completions", hinted)).toEqual(answerOf(regions.west));
    expect(Object.keys(regions.west.headers).filter((name) => /envoy|gateway/.test(name))).toEqual(
      [],
    );
  });

  test("the log names listener, member and endpoint of each answer", async () => {
    await regions.bothHealthy();
    await regions.asked(answerOf(regions.west));
    const served = () => regions.log().find(({ code }) => code === 200);
    await until(
      () => served() !== undefined,
      () => "no line",
    );
    expect(served()).toMatchObject({
      listener: WEST,
      member: "gke-west",
      pool: "default/llama",
      endpoint: "127.75.1.1:8000",
      method: "POST",
      path: "/v1/completions",
      code: 200,
      flags: "-",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test("a killed model server is passed by, and gets requests again when it is back", async () => {
    await regions.bothHealthy();
    await regions.west.kill();
    await regions.asked(answerOf(regions.east));
    await until(
      () => regions.healthy()?.join() === "0,1",
      () => JSON.stringify(regions.pool()),
    );
    expect(regions.pool().members[0]?.endpoints[0]).toMatchObject({
      healthy: false,
      reason: "ECONNREFUSED",
    });
    regions.west = await new ModelServer("127.75.1.1", 8000).start();
    await regions.asked(answerOf(regions.west));
  });

  test("where nothing is healthy, the answer is Envoy's own 503", async () => {
    await regions.bothHealthy();
    regions.west.healthy = false;
    regions.east.healthy = false;
    await regions.asked({ status: 503, text: "no healthy upstream" });
    const reason = () => regions.pool().members[0]?.endpoints[0]?.reason;
    await until(
      () => reason() === "answers 500",
      () => String(reason()),
    );
  });

  test("a pod without a process gets no check and no request", async () => {
    regions.forwardings = [
      forwarding([member("gke-west", WEST, ["10.4.0.7"]), regions.members()[1]]),
    ];
    await until(
      () => regions.healthy()?.join() === "0,1",
      () => JSON.stringify(regions.pool()),
    );
    await regions.asked(answerOf(regions.east));
    expect(regions.pool().members[0]?.endpoints[0]?.reason).toBe("no process runs for this pod");
  });
});
