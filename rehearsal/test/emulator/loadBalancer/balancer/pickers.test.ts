import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

import { forwarding, member, WEST } from "../support/forwarding";
import { ModelServer } from "../support/modelServer";
import { BREAKS, Picker } from "../support/picker";
import { byGauge } from "../support/plant";
import { answerOf, TwoRegions } from "../support/twoRegions";
import { until } from "../support/until";

describe("with Envoy", () => {
  const regions = TwoRegions.forEach("127.71");

  test("the picker's choice decides among the member's pods", async () => {
    const second = await new ModelServer("127.71.1.2", 8000).start();
    let choice = "127.71.1.2:8000";
    const picker = await Picker.start("127.71.3.1", () => choice);
    try {
      const both = member("gke-west", WEST, ["127.71.1.1", "127.71.1.2"], {
        picker: { addresses: [picker.address], failOpen: false },
      });
      regions.forwardings = [forwarding([both, regions.members()[1]])];
      await until(
        () => regions.healthy()?.join() === "2,1",
        () => JSON.stringify(regions.pool()),
      );
      await regions.asked(answerOf(second));
      for (let i = 0; i < 10; i++) expect(await regions.ask()).toEqual(answerOf(second));
      choice = "127.71.1.1:8000";
      for (let i = 0; i < 10; i++) expect(await regions.ask()).toEqual(answerOf(regions.west));
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
      const shared = regions.members().map((each, i) => {
        const picker = { addresses: [pickers[i]?.address ?? ""], failOpen: false };
        return { ...each, picker, balancing };
      });
      regions.forwardings = [forwarding(shared)];
      await regions.bothHealthy();
      await until(
        async () =>
          (await regions.ask()).status === 200 &&
          regions.east.answered >= 20 &&
          regions.west.answered >= 20,
        () => JSON.stringify(regions.pool().pairs),
      );
      await until(
        () => regions.log().length >= 40,
        () => "fewer lines",
      );
      const choices = regions
        .log()
        .flatMap(({ code, member: name, endpoint: at }) =>
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
    regions.forwardings = [
      forwarding([{ ...regions.members()[0], picker: own }, regions.members()[1]]),
    ];
    await regions.bothHealthy();
    await until(
      async () => (await regions.ask()).status === status,
      () => String(status),
    );
  });

  test("a picker that breaks while it is asked fails what has a body, FailOpen or not", async () => {
    const picker = await Picker.start("127.71.3.9", BREAKS);
    try {
      const own = { addresses: [picker.address], failOpen: true };
      regions.forwardings = [
        forwarding([{ ...regions.members()[0], picker: own }, regions.members()[1]]),
      ];
      await regions.bothHealthy();
      await until(
        async () => (await regions.ask()).status === 500,
        () => "no 500",
      );
      expect((await regions.ask(WEST, "/v1/models", { method: "GET" })).status).toBe(200);
    } finally {
      await picker.stop();
    }
  });

  test("a picker that takes no connection counts as none, until it takes one", async () => {
    const deaf = createServer((socket) => socket.destroy());
    await once(deaf.listen(0, "127.71.3.8"), "listening");
    const { port } = deaf.address() as AddressInfo;
    const own = { addresses: [`127.71.3.8:${port}`], failOpen: true };
    regions.forwardings = [
      forwarding([{ ...regions.members()[0], picker: own }, regions.members()[1]]),
    ];
    await regions.bothHealthy();
    await regions.asked(answerOf(regions.west));
    for (let i = 0; i < 10; i++) expect((await regions.ask()).status).toBe(200);
    deaf.close();
    await once(deaf, "close");

    const picker = await Picker.start("127.71.3.8", () => "127.71.1.1:8000", port);
    try {
      await until(
        async () => (await regions.ask()).status === 200 && picker.asked > 0,
        () => "the picker is not asked",
      );
    } finally {
      await picker.stop();
    }
  });
});
