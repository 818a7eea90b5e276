import { endpoint, forwarding, WEST } from "../support/forwarding";
import { byGauge } from "../support/plant";
import { answerOf, send, TwoRegions } from "../support/twoRegions";
import { until } from "../support/until";

describe("with Envoy", () => {
  const regions = TwoRegions.forEach("127.76");

  test("a drained region finishes what it has and gets nothing new", async () => {
    await regions.bothHealthy();
    await regions.asked(answerOf(regions.west));
    const held = regions.ask(WEST, "/hold");
    await until(
      () => regions.west.inFlight === 1,
      () => "nothing is held",
    );
    const [first, second] = regions.members();
    const balancing = byGauge(60, { capacityPercent: 0 });
    regions.forwardings = [forwarding([{ ...first, balancing }, second])];
    await regions.asked(answerOf(regions.east));
    const before = regions.west.answered;
    for (let i = 0; i < 20; i++) expect(await regions.ask()).toEqual(answerOf(regions.east));
    expect([regions.west.answered, regions.west.inFlight]).toEqual([before, 1]);
    regions.west.release();
    expect(await held).toEqual(answerOf(regions.west, "/hold"));
  });

  test("a drain under load loses no request", async () => {
    for (const server of [regions.west, regions.east]) server.takes = 200;
    await regions.bothHealthy();
    await regions.asked(answerOf(regions.west));
    const answers: number[] = [];
    const sending = send(50, async () => answers.push((await regions.ask()).status));
    const [first, second] = regions.members();
    const balancing = byGauge(60, { capacityPercent: 0 });
    for (let i = 0; i < 3; i++) {
      const before = regions.east.answered;
      regions.forwardings = [forwarding([{ ...first, balancing }, second])];
      await until(
        () => regions.west.inFlight === 0 && regions.east.answered > before,
        () => JSON.stringify(regions.pool().pairs),
      );
      const again = regions.west.answered;
      regions.forwardings = [forwarding([first, second])];
      await until(
        () => regions.west.answered > again && regions.east.inFlight === 0,
        () => JSON.stringify(regions.pool().pairs),
      );
    }
    await sending.stop();
    expect(answers.length).toBeGreaterThan(30);
    expect(answers.filter((status) => status !== 200)).toEqual([]);
  });

  test("a pod that ends finishes what it has and gets nothing new", async () => {
    await regions.bothHealthy();
    await regions.asked(answerOf(regions.west));
    const held = regions.ask(WEST, "/hold");
    await until(
      () => regions.west.inFlight === 1,
      () => "nothing is held",
    );
    const [first, second] = regions.members();
    const ending = { ...first, endpoints: [endpoint("127.76.1.1", { terminating: true })] };
    regions.forwardings = [forwarding([ending, second])];
    await regions.asked(answerOf(regions.east));
    regions.forwardings = [forwarding([{ ...first, endpoints: [] }, second])];
    await until(
      () => regions.pool().members[0]?.endpoints.length === 0,
      () => "it is still there",
    );
    expect(await regions.ask()).toEqual(answerOf(regions.east));
    regions.west.release();
    expect(await held).toEqual(answerOf(regions.west, "/hold"));
  });
});
