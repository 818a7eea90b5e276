import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { askForCompletions } from "../../../scenarios/rehearsal/completions";
import { Operation } from "../../../stage/operation";
import { FakeGateway, json, outputsFor } from "../../../../test/operations/verify/fakeGateway";
import { writeEngine } from "../../../../test/operations/verify/fakeEngine";

const CHECKOUT = path.resolve(__dirname, "../../../..");
const OUTPUTS = outputsFor({ "europe-west3": "http://10.0.0.9", "us-east4": "http://10.0.0.10" });
const PART = { path: "/x", version: "1", source: "cache", seconds: 0 };

/** The proxy of the emulated cloud: it gets the whole URL. */
let cloud: FakeGateway;
let directory: string;
beforeAll(async () => {
  cloud = await FakeGateway.start();
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "completions-"));
  fs.copyFileSync(path.join(CHECKOUT, "Pulumi.yaml"), path.join(directory, "Pulumi.yaml"));
  writeEngine(directory, OUTPUTS);
});
afterAll(async () => {
  fs.rmSync(directory, { recursive: true });
  await cloud.stop();
});

/** How many model servers of each cluster are healthy, from one look to the next. */
let looks: number[][] = [];
const pool = () => ({
  members: (looks.shift() ?? [1, 1]).map((healthyEndpoints) => ({ healthyEndpoints })),
});

const place = (dataPlane: object = { proxy: PART, picker: PART, modelServer: PART }) =>
  ({
    directories: { checkout: CHECKOUT },
    cloud: { url: cloud.url, traffic: async () => ({ gateways: [{ pools: [pool()] }] }) },
    toolchain: { dataPlane },
    start: (command: [string, ...string[]], { settings }: { settings: object }) =>
      Operation.start(command, directory, {
        ...process.env,
        PATH: `${directory}:${process.env.PATH}`,
        NO_PROXY: "127.0.0.1",
        MANIFEST: "1",
        ...settings,
      }),
  }) as unknown as Parameters<typeof askForCompletions>[0];

test("the user's command reaches every region through the emulated cloud", async () => {
  cloud.received.length = 0;
  expect(await askForCompletions(place(), "dev")).toBe(
    "20 answers, as expected, from europe-west3, us-east4.",
  );
  const hosts = new Set(cloud.received.map(({ headers }) => headers.host));
  expect([...hosts].sort()).toEqual(["10.0.0.10", "10.0.0.9"]);
});

test("it waits until each cluster has a healthy model server", async () => {
  looks = [[], [1, 0], [0, 1], [2, 1]];
  await askForCompletions(place(), "dev");
  expect(looks).toEqual([]);
});

test("a check that fails is an error with the whole table", async () => {
  cloud.fault = ({ path: asked, headers }, response) =>
    headers.host === "10.0.0.10" && asked === "/v1/models" && json(response, 200, { data: [] });
  await expect(askForCompletions(place(), "dev")).rejects.toThrow(
    /^it ended with 1:\n[\s\S]*\nus-east4 +models +failed +200, no model\n[\s\S]*\n1 check failed: models at us-east4\.\n$/,
  );
  cloud.fault = () => false;
});

test("without a data plane it says why it asks nothing", async () => {
  const modelServer = { why: "no Go to build it with" };
  const absent = place({ proxy: PART, picker: PART, modelServer });
  expect(await askForCompletions(absent, "dev")).toBe("not asked: no Go to build it with");
});
