import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Balancer } from "../../../../emulator/loadBalancer/balancer";
import { forwarding, member, rule, WEST } from "../support/forwarding";
import { answerOf, TwoRegions } from "../support/twoRegions";
import { until } from "../support/until";

describe("with Envoy", () => {
  const regions = TwoRegions.forEach("127.81");

  test("a configuration that Envoy refuses is reported, and the last good one stays", async () => {
    await regions.bothHealthy();
    await regions.asked(answerOf(regions.west));
    const headers = [{ name: "a", value: "(", isRegex: true }];
    const match = { path: { type: "PathPrefix", value: "/" } as const, headers };
    regions.forwardings = [forwarding(regions.members(), { rules: [rule({ match })] })];
    const { problems } = regions.balancer.observe();
    expect(problems).toEqual([]);
    await until(
      () => regions.balancer.observe().problems.length > 0,
      () => "nothing is reported",
    );
    expect(regions.balancer.observe().problems[0]).toMatch(
      /^Envoy has refused a configuration \d+ times; its log is .*envoy\.log$/,
    );
    expect(await regions.ask()).toEqual(answerOf(regions.west));
  });

  test("a killed Envoy is started again with what it must know, and ends with the balancer", async () => {
    await regions.bothHealthy();
    await regions.asked(answerOf(regions.west));
    const { pid } = regions.balancer.observe();
    process.kill(pid ?? 0, "SIGKILL");
    await until(
      () => ![undefined, pid].includes(regions.balancer.observe().pid),
      () => "it is gone",
    );
    await until(
      () =>
        regions.ask().then(
          ({ text }) => text === answerOf(regions.west).text,
          () => false,
        ),
      () => "no answer",
    );
    const again = regions.balancer.observe().pid;
    await regions.balancer.stop();
    expect(spawnSync("kill", ["-0", String(again)]).status).not.toBe(0);
  });

  test("without a Gateway there is no Envoy", async () => {
    await regions.bothHealthy();
    const { pid } = regions.balancer.observe();
    regions.forwardings = [];
    await until(
      () => regions.balancer.observe().pid === undefined,
      () => "it still runs",
    );
    await until(
      () => spawnSync("kill", ["-0", String(pid)]).status !== 0,
      () => "it still runs",
    );
    expect(regions.balancer.observe()).toEqual({ problems: [], gateways: [] });
    regions.forwardings = [forwarding(regions.members())];
    await regions.bothHealthy();
    await regions.asked(answerOf(regions.west));
  });
});

test("an Envoy that cannot be started is told", async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "balancer-"));
  const forwardings = () => [forwarding([member("gke-west", WEST, [])])];
  const balancer = new Balancer({ envoy: "/nowhere/envoy", directory, forwardings, periodMs: 20 });
  balancer.start();
  await until(
    () => balancer.observe().problems.length > 0,
    () => "nothing is told",
  );
  expect(balancer.observe().problems[0]).toContain("Envoy ended with code 127 before it served");
  expect(balancer.observe().gateways).toEqual([]);
  await balancer.stop();
  fs.rmSync(directory, { recursive: true });
});
