import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { fetch as fetchBy } from "undici";

import { readConfig } from "../../../emulator/cloud/config";
import { proxyTo } from "../../../emulator/google/transport";
import { envoyProgram } from "../loadBalancer/support/envoy";
import { forwarding, member, EAST, WEST } from "../loadBalancer/support/forwarding";
import { ModelServer } from "../loadBalancer/support/modelServer";
import { TestCloud } from "./support/testCloud";

describe("without an Envoy", () => {
  test("nothing is carried, and the proxy answers for Google alone", async () => {
    const cloud = await TestCloud.start([]);
    cloud.gke.forwarded = [forwarding([member("gke-west", WEST, ["127.74.1.1"])])];
    expect((await cloud.call("GET", "/admin/traffic")).json).toEqual({
      problems: [],
      gateways: [],
    });
    expect(fs.existsSync(path.join(cloud.stateDir, "loadBalancer"))).toBe(false);
    await cloud.stop();
  });
});

test("an Envoy that does not start is a line of the diagnosis", async () => {
  const cloud = await TestCloud.start([], { envoy: "/nowhere/envoy" });
  cloud.gke.forwarded = [forwarding([member("gke-west", WEST, [])])];
  const diagnosis = async () => String((await cloud.call("GET", "/admin/diagnose")).json);
  await until(async () => (await diagnosis()).includes("Envoy ended with code 127"));
  await cloud.stop();
});

describe("with an Envoy", () => {
  test("the daemon's proxy leads to the model servers, until the daemon ends", async () => {
    const west = await new ModelServer("127.74.1.1", 8000).start();
    const cloud = await TestCloud.start([], { envoy: envoyProgram() });
    cloud.gke.forwarded = [
      forwarding([member("gke-west", WEST, [west.ip]), member("gke-east", EAST, [])]),
    ];
    const proxy = proxyTo(
      cloud.url,
      fs.readFileSync(path.join(cloud.stateDir, "pki", "ca.crt"), "utf8"),
    );
    const ask = () =>
      fetchBy("http://10.20.0.253/v1/models", { dispatcher: proxy }).then(
        (response) => response.text(),
        () => "",
      );
    await until(async () => (await ask()) === "127.74.1.1 /v1/models");
    const { json } = await cloud.call("GET", "/admin/traffic");
    expect(json).toMatchObject({
      pid: expect.any(Number),
      problems: [],
      gateways: [
        {
          gateway: "default/cross-region",
          listeners: [
            { region: WEST, address: "10.10.0.253", port: 80 },
            { region: EAST, address: "10.20.0.253", port: 80 },
          ],
          pools: [{ members: [{ healthyEndpoints: 1 }, { healthyEndpoints: 0 }] }],
        },
      ],
    });
    await proxy.destroy();
    await cloud.stop();
    await west.kill();
    expect(fs.existsSync(`/proc/${String(json.pid)}`)).toBe(false);
  });
});

describe("the daemon's configuration", () => {
  const read = (dataPlane: unknown) => {
    const binaries = { etcd: "", kubeApiserver: "", kubeControllerManager: "", kubeScheduler: "" };
    const crds = { gatewayApi: {}, inferencePool: {} };
    const rest = { stateDir: "", discovery: "", timeScale: 0, followParent: false };
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "config-"));
    const file = path.join(directory, "config.json");
    fs.writeFileSync(file, JSON.stringify({ ...rest, binaries, crds, dataPlane }));
    try {
      return readConfig(file);
    } finally {
      fs.rmSync(directory, { recursive: true });
    }
  };

  test("may name an Envoy", () => {
    expect(read({ envoy: "/bin/envoy" }).dataPlane).toEqual({ envoy: "/bin/envoy" });
    expect(read(undefined).dataPlane).toBeUndefined();
  });

  test.each([
    [{ envoy: 1 }, "dataPlane.envoy: not a string"],
    ["/bin/envoy", "dataPlane: not paths of binaries"],
    [null, "dataPlane: not paths of binaries"],
  ])("is refused with %j: %s", (dataPlane, message) => {
    expect(() => read(dataPlane)).toThrow(message);
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("it did not come true");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
