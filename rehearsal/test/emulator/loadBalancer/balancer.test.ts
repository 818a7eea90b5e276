import { spawnSync } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import * as os from "node:os";
import * as path from "node:path";

import { Forwarding, ForwardingMember } from "../../../emulator/gke/forwarding";
import { Balancer } from "../../../emulator/loadBalancer/balancer";
import { PoolTraffic } from "../../../emulator/loadBalancer/traffic";
import { envoyProgram } from "./support/envoy";
import { EAST, endpoint, forwarding, member, rule, WEST } from "./support/forwarding";
import { ModelServer } from "./support/modelServer";
import { BREAKS, Picker } from "./support/picker";
import { byGauge, GAUGE } from "./support/plant";

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
  let directory = "";
  let west: ModelServer;
  let east: ModelServer;
  let forwardings: Forwarding[] = [];
  let balancer: Balancer;
  beforeEach(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), "balancer-"));
    west = await new ModelServer("127.71.1.1", 8000).start();
    east = await new ModelServer("127.71.2.1", 8000).start();
    forwardings = [forwarding(members())];
    const envoy = envoyProgram();
    balancer = new Balancer({ envoy, directory, forwardings: () => forwardings, periodMs: 50 });
    balancer.start();
  });
  afterEach(async () => {
    await balancer.stop();
    await west.kill();
    await east.kill();
    fs.rmSync(directory, { recursive: true });
  });

  const members = (): [ForwardingMember, ForwardingMember] => [
    member("gke-west", WEST, ["127.71.1.1"]),
    member("gke-east", EAST, ["127.71.2.1"]),
  ];
  const pool = () => balancer.observe().gateways[0]?.pools[0] as PoolTraffic;
  const url = (region = WEST) =>
    balancer.observe().gateways[0]?.listeners.find((each) => each.region === region)?.url ?? "";
  const healthy = () => pool()?.members.map(({ healthyEndpoints }) => healthyEndpoints);
  const weights = (region = WEST) =>
    pool()
      .pairs.filter(({ listener }) => listener === region)
      .map(({ weightPercent }) => weightPercent);
  const bothHealthy = () =>
    until(
      () => (healthy() ?? []).join() === "1,1",
      () => JSON.stringify(balancer.observe()),
    );
  const ask = async (region = WEST, target = "/v1/completions", init: RequestInit = POST) => {
    const response = await fetch(`${url(region)}${target}`, init);
    return { status: response.status, text: await response.text() };
  };
  /** What Envoy does, it does a moment after it is told. */
  const asked = (expected: { status: number; text: string }, region = WEST) =>
    until(
      async () => same(await ask(region), expected),
      () => JSON.stringify(expected),
    );
  const answerOf = ({ ip }: ModelServer, target = "/v1/completions") => ({
    status: 200,
    text: `${ip} ${target}`,
  });
  const log = () =>
    fs
      .readFileSync(path.join(directory, "access.log"), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test("clients of each region are answered by their own, without the proxy's headers", async () => {
    await bothHealthy();
    await asked(answerOf(west));
    await asked(answerOf(east, undefined), EAST);
    expect([weights(WEST), weights(EAST)]).toEqual([
      [100, 0],
      [0, 100],
    ]);
    const header = "x-gateway-destination-endpoint";
    const hinted = { ...POST, headers: { [header]: "127.71.2.1:8000" } };
    expect(await ask(WEST, "/v1/completions", hinted)).toEqual(answerOf(west));
    expect(Object.keys(west.headers).filter((name) => /envoy|gateway/.test(name))).toEqual([]);
  });

  test("the log names listener, member and endpoint of each answer", async () => {
    await bothHealthy();
    await asked(answerOf(west));
    const served = () => log().find(({ code }) => code === 200);
    await until(
      () => served() !== undefined,
      () => "no line",
    );
    expect(served()).toMatchObject({
      listener: WEST,
      member: "gke-west",
      pool: "default/llama",
      endpoint: "127.71.1.1:8000",
      method: "POST",
      path: "/v1/completions",
      code: 200,
      flags: "-",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test("a killed model server is passed by, and gets requests again when it is back", async () => {
    await bothHealthy();
    await west.kill();
    await asked(answerOf(east));
    await until(
      () => healthy()?.join() === "0,1",
      () => JSON.stringify(pool()),
    );
    expect(pool().members[0]?.endpoints[0]).toMatchObject({
      healthy: false,
      reason: "ECONNREFUSED",
    });
    west = await new ModelServer("127.71.1.1", 8000).start();
    await asked(answerOf(west));
  });

  test("where nothing is healthy, the answer is Envoy's own 503", async () => {
    await bothHealthy();
    west.healthy = false;
    east.healthy = false;
    await asked({ status: 503, text: "no healthy upstream" });
    const reason = () => pool().members[0]?.endpoints[0]?.reason;
    await until(
      () => reason() === "answers 500",
      () => String(reason()),
    );
  });

  test("a drained region finishes what it has and gets nothing new", async () => {
    await bothHealthy();
    await asked(answerOf(west));
    const held = ask(WEST, "/hold");
    await until(
      () => west.inFlight === 1,
      () => "nothing is held",
    );
    const [first, second] = members();
    const balancing = byGauge(60, { capacityPercent: 0 });
    forwardings = [forwarding([{ ...first, balancing }, second])];
    await asked(answerOf(east));
    const before = west.answered;
    for (let i = 0; i < 20; i++) expect(await ask()).toEqual(answerOf(east));
    expect([west.answered, west.inFlight]).toEqual([before, 1]);
    west.release();
    expect(await held).toEqual(answerOf(west, "/hold"));
  });

  test("a drain under load loses no request", async () => {
    for (const server of [west, east]) server.takes = 200;
    await bothHealthy();
    await asked(answerOf(west));
    const answers: number[] = [];
    const sending = send(50, async () => answers.push((await ask()).status));
    const [first, second] = members();
    const balancing = byGauge(60, { capacityPercent: 0 });
    for (let i = 0; i < 3; i++) {
      const before = east.answered;
      forwardings = [forwarding([{ ...first, balancing }, second])];
      await until(
        () => west.inFlight === 0 && east.answered > before,
        () => JSON.stringify(pool().pairs),
      );
      const again = west.answered;
      forwardings = [forwarding([first, second])];
      await until(
        () => west.answered > again && east.inFlight === 0,
        () => JSON.stringify(pool().pairs),
      );
    }
    await sending.stop();
    expect(answers.length).toBeGreaterThan(30);
    expect(answers.filter((status) => status !== 200)).toEqual([]);
  });

  test("a configuration that Envoy refuses is reported, and the last good one stays", async () => {
    await bothHealthy();
    await asked(answerOf(west));
    const headers = [{ name: "a", value: "(", isRegex: true }];
    const match = { path: { type: "PathPrefix", value: "/" } as const, headers };
    forwardings = [forwarding(members(), { rules: [rule({ match })] })];
    const { problems } = balancer.observe();
    expect(problems).toEqual([]);
    await until(
      () => balancer.observe().problems.length > 0,
      () => "nothing is reported",
    );
    expect(balancer.observe().problems[0]).toMatch(
      /^Envoy has refused a configuration \d+ times; its log is .*envoy\.log$/,
    );
    expect(await ask()).toEqual(answerOf(west));
  });

  test("a pod that ends finishes what it has and gets nothing new", async () => {
    await bothHealthy();
    await asked(answerOf(west));
    const held = ask(WEST, "/hold");
    await until(
      () => west.inFlight === 1,
      () => "nothing is held",
    );
    const [first, second] = members();
    const ending = { ...first, endpoints: [endpoint("127.71.1.1", { terminating: true })] };
    forwardings = [forwarding([ending, second])];
    await asked(answerOf(east));
    forwardings = [forwarding([{ ...first, endpoints: [] }, second])];
    await until(
      () => pool().members[0]?.endpoints.length === 0,
      () => "it is still there",
    );
    expect(await ask()).toEqual(answerOf(east));
    west.release();
    expect(await held).toEqual(answerOf(west, "/hold"));
  });

  test("a pod without a process gets no check and no request", async () => {
    forwardings = [forwarding([member("gke-west", WEST, ["10.4.0.7"]), members()[1]])];
    await until(
      () => healthy()?.join() === "0,1",
      () => JSON.stringify(pool()),
    );
    await asked(answerOf(east));
    expect(pool().members[0]?.endpoints[0]?.reason).toBe("no process runs for this pod");
  });

  test("the picker's choice decides among the member's pods", async () => {
    const second = await new ModelServer("127.71.1.2", 8000).start();
    let choice = "127.71.1.2:8000";
    const picker = await Picker.start("127.71.3.1", () => choice);
    try {
      const both = member("gke-west", WEST, ["127.71.1.1", "127.71.1.2"], {
        picker: { addresses: [picker.address], failOpen: false },
      });
      forwardings = [forwarding([both, members()[1]])];
      await until(
        () => healthy()?.join() === "2,1",
        () => JSON.stringify(pool()),
      );
      await asked(answerOf(second));
      for (let i = 0; i < 10; i++) expect(await ask()).toEqual(answerOf(second));
      choice = "127.71.1.1:8000";
      for (let i = 0; i < 10; i++) expect(await ask()).toEqual(answerOf(west));
      expect(picker.asked).toBeGreaterThanOrEqual(20);
    } finally {
      await picker.stop();
      await second.kill();
    }
  });

  test("the member is chosen before its picker is asked, and stays", async () => {
    const pickers = [
      await Picker.start("127.71.3.1", () => "127.71.1.1:8000"),
      await Picker.start("127.71.3.2", () => "127.71.2.1:8000"),
    ];
    try {
      // Both are full at once, however slowly this machine asks, and share what overflows.
      const balancing = { ...byGauge(), mode: "RATE", metrics: [], maxRatePerEndpoint: 1e-4 };
      const shared = members().map((each, i) => {
        const picker = { addresses: [pickers[i]?.address ?? ""], failOpen: false };
        return { ...each, picker, balancing };
      });
      forwardings = [forwarding(shared)];
      await bothHealthy();
      await until(
        async () => (await ask()).status === 200 && east.answered >= 20 && west.answered >= 20,
        () => JSON.stringify(pool().pairs),
      );
      await until(
        () => log().length >= 40,
        () => "fewer lines",
      );
      const choices = log().flatMap(({ code, member: name, endpoint: at }) =>
        code === 200 ? [`${String(name)} ${String(at)}`] : [],
      );
      expect([...new Set(choices)].sort()).toEqual([
        "gke-east 127.71.2.1:8000",
        "gke-west 127.71.1.1:8000",
      ]);
    } finally {
      for (const picker of pickers) await picker.stop();
    }
  });

  test.each([
    [true, 200],
    [false, 500],
  ])("a pool none of whose pickers is Ready: FailOpen %s gives %d", async (failOpen, status) => {
    const own = { addresses: [], failOpen };
    forwardings = [forwarding([{ ...members()[0], picker: own }, members()[1]])];
    await bothHealthy();
    await until(
      async () => (await ask()).status === status,
      () => String(status),
    );
  });

  test("a picker that breaks while it is asked fails what has a body, FailOpen or not", async () => {
    const picker = await Picker.start("127.71.3.9", BREAKS);
    try {
      const own = { addresses: [picker.address], failOpen: true };
      forwardings = [forwarding([{ ...members()[0], picker: own }, members()[1]])];
      await bothHealthy();
      await until(
        async () => (await ask()).status === 500,
        () => "no 500",
      );
      expect((await ask(WEST, "/v1/models", { method: "GET" })).status).toBe(200);
    } finally {
      await picker.stop();
    }
  });

  test("a picker that takes no connection counts as none, until it takes one", async () => {
    const deaf = createServer((socket) => socket.destroy());
    await once(deaf.listen(0, "127.71.3.8"), "listening");
    const { port } = deaf.address() as AddressInfo;
    const own = { addresses: [`127.71.3.8:${port}`], failOpen: true };
    forwardings = [forwarding([{ ...members()[0], picker: own }, members()[1]])];
    await bothHealthy();
    await asked(answerOf(west));
    for (let i = 0; i < 10; i++) expect((await ask()).status).toBe(200);
    deaf.close();
    await once(deaf, "close");

    const picker = await Picker.start("127.71.3.8", () => "127.71.1.1:8000", port);
    try {
      await until(
        async () => (await ask()).status === 200 && picker.asked > 0,
        () => "the picker is not asked",
      );
    } finally {
      await picker.stop();
    }
  });

  test("a request without a body is tried twice, and one with a body once", async () => {
    await bothHealthy();
    await asked(answerOf(west));
    const before = west.answered;
    expect((await ask(WEST, "/broken", { method: "GET" })).status).toBe(503);
    expect(west.answered - before).toBe(2);
    expect((await ask(WEST, "/broken")).status).toBe(503);
    expect(west.answered - before).toBe(3);
  });

  test("a path that no rule takes is not found, and a request may take as long as the policy says", async () => {
    const match = { path: { type: "PathPrefix", value: "/v1" } as const, headers: [] };
    forwardings = [forwarding(members(), { rules: [rule({ match })], pool: { timeoutSec: 1 } })];
    await bothHealthy();
    await asked(answerOf(west));
    expect((await ask(WEST, "/v10")).status).toBe(404);
    west.takes = 60_000;
    await until(
      async () => (await ask()).status === 504,
      () => "no 504",
    );
  });

  test("a full region spills what it has no room for", async () => {
    for (const server of [west, east]) {
      server.perRequest = 0.1;
      server.takes = 300;
    }
    const [first, second] = members();
    const balancing = reported(20);
    forwardings = [
      forwarding([
        { ...first, balancing },
        { ...second, balancing },
      ]),
    ];
    await bothHealthy();
    const sending = send(40, () => ask());
    // 40 a second for 0.3 s each would be 12 in flight, and 2 are its target.
    await until(
      () => east.answered > 10,
      () => JSON.stringify(pool()),
    );
    await until(
      () => (weights()[0] ?? 0) < 100,
      () => JSON.stringify(pool()),
    );
    expect(pool().members[0]?.gauges[0]).toMatchObject({
      name: GAUGE,
      targetPercent: 20,
      utilizationPercent: expect.any(Number),
    });
    await sending.stop();
  });

  test("a killed Envoy is started again with what it must know, and ends with the balancer", async () => {
    await bothHealthy();
    await asked(answerOf(west));
    const { pid } = balancer.observe();
    process.kill(pid ?? 0, "SIGKILL");
    await until(
      () => ![undefined, pid].includes(balancer.observe().pid),
      () => "it is gone",
    );
    await until(
      () =>
        ask().then(
          ({ text }) => text === answerOf(west).text,
          () => false,
        ),
      () => "no answer",
    );
    const again = balancer.observe().pid;
    await balancer.stop();
    expect(spawnSync("kill", ["-0", String(again)]).status).not.toBe(0);
  });

  test("without a Gateway there is no Envoy", async () => {
    await bothHealthy();
    const { pid } = balancer.observe();
    forwardings = [];
    await until(
      () => balancer.observe().pid === undefined,
      () => "it still runs",
    );
    await until(
      () => spawnSync("kill", ["-0", String(pid)]).status !== 0,
      () => "it still runs",
    );
    expect(balancer.observe()).toEqual({ problems: [], gateways: [] });
    forwardings = [forwarding(members())];
    await bothHealthy();
    await asked(answerOf(west));
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

const POST = { method: "POST", body: '{"model":"m"}' };

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Sends an open loop of requests a second, until it is stopped. */
function send(perSecond: number, request: () => Promise<unknown>): { stop(): Promise<void> } {
  const all: Promise<unknown>[] = [];
  const timer = setInterval(() => all.push(request()), 1000 / perSecond);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(all);
    },
  };
}

async function until(
  condition: () => boolean | Promise<boolean>,
  state: () => string,
): Promise<void> {
  // Shortly before the test itself is ended, without a word on the state.
  const deadline = Date.now() + 110_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`it did not come true: ${state()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
