import { type Change, update } from "../../../scenarios/changes/change";
import { Course } from "../../../scenarios/changes/course";
import type { EngineEvent } from "../../../scenarios/changes/eventLog";
import type { Run, RunningStack } from "../../../scenarios/changes/runningStack";
import type { LoadBalancer } from "../../../emulator/gke/gke";

const POLICY = "kubernetes:networking.gke.io/v1:GCPBackendPolicy::policy";

const SECRET = "kubernetes:core/v1:Secret::token";
const STEP = update(POLICY, "spec.default.timeoutSec");

const change: Change = {
  ...{ name: "timeout", keys: ["timeoutSeconds"], effect: "none", clusters: [] },
  settings: { timeoutSeconds: 900 },
  steps: [STEP],
};

function events(...paths: string[]): EngineEvent[] {
  const detailedDiff = Object.fromEntries(paths.map((path) => [path, { diffKind: "update" }]));
  const urn = `urn:pulumi:dev::inference-gateway::${POLICY}`;
  return [{ resourcePreEvent: { metadata: { op: "update", urn, detailedDiff } } }];
}

interface Script {
  runs?: Partial<Record<"preview" | "up" | "destroy", Run>>;
  problems?: string[];
  /** Pods that are ready at each look; the last stays. */
  ready?: number[];
  addresses?: string[];
  /** More regions, which serve all the time. */
  regions?: string[];
}

/** A stack that does what it is told to do, and notes what it was asked for. */
function stack({
  runs = {},
  problems = [],
  ready = [1],
  addresses = ["10.0.0.1"],
  regions = [],
}: Script = {}) {
  const log: string[] = [];
  const nth = <T>(list: T[], i: number) => list[Math.min(i, list.length - 1)];
  let looks = 0;
  const cloud = {
    turn: (knobs: object) => Promise.resolve(void log.push(JSON.stringify(knobs))),
    loadBalancers: (): Promise<LoadBalancer[]> => {
      const exporter = { cluster: "c", capacityPercent: 100, preferred: false };
      const exportedBy = [
        { ...exporter, region: "a", readyPods: nth(ready, looks) ?? 0 },
        ...regions.map((region) => ({ ...exporter, region, readyPods: 1 })),
      ];
      return Promise.resolve([
        {
          ...{ gateway: "n/g", cluster: "c", programmed: true },
          addresses: { a: nth(addresses, looks++) ?? "" },
          backends: [{ pool: "n/p", exportedBy, metrics: [] }],
        },
      ]);
    },
  };
  const passed: Run = { events: events("spec.default.timeoutSec") };
  const fake = {
    sandbox: { cloud, up: () => Promise.resolve(void log.push("up")) },
    configure: (patches: object[]) => void log.push(`configure ${JSON.stringify(patches)}`),
    clusters: () => ["gke-west", "gke-east"],
    resources: () => Promise.resolve(["C::gke-east", "S::us-east4-proxy"]),
    run: (command: "preview" | "up" | "destroy", ...flags: string[]) => {
      log.push([command, ...flags].join(" "));
      return Promise.resolve(runs[command] ?? passed);
    },
    problems: () => Promise.resolve(problems),
  };
  return { log, fake: fake as unknown as RunningStack };
}

function course(fake: RunningStack, changes: Change[]): Course {
  return new Course(fake, { base: 1 }, changes, { cluster: "gke-east", region: "us-east4" });
}

async function problemsOf(made: Change, script: Script): Promise<string[]> {
  const { fake } = stack(script);
  return (await course(fake, [made]).make(made)).problems;
}

test("a change is made on top of those before it, which are made without a look", async () => {
  const second = { ...change, name: "second", settings: { second: true } };
  const { log, fake } = stack();
  const { steps, problems } = await course(fake, [change, second]).make(second);
  expect(problems).toEqual([]);
  expect(steps).toEqual(change.steps);
  expect(log).toEqual([
    '{"timeScale":0}',
    'configure [{"base":1},{"timeoutSeconds":900}]',
    "up",
    '{"timeScale":0.001}',
    'configure [{"base":1},{"timeoutSeconds":900},{"second":true}]',
    "preview",
    "up",
  ]);
});

test("a change that follows needs no other up", async () => {
  const second = { ...change, name: "second", settings: { second: true } };
  const { log, fake } = stack();
  const made = course(fake, [change, second]);
  await made.make(change);
  log.length = 0;
  await made.make(second);
  expect(log.slice(1)).toEqual(["preview", "up"]);
});

test("after a change that was refused, the stack is put back", async () => {
  const refused = { ...change, steps: [], refused: /no/ };
  const second = { ...change, name: "second", settings: { second: true } };
  const { log, fake } = stack({ runs: { up: { events: [], failure: "no" } } });
  const made = course(fake, [refused, second]);
  expect((await made.make(refused)).problems).toEqual([]);
  log.length = 0;
  await made.make(second);
  expect(log.slice(1, 3)).toEqual(['configure [{"base":1}]', "up"]);
});

test("what has to go first goes while the stack file is as it was", async () => {
  const first = { command: "destroy" as const, target: "**::gateway", steps: [STEP] };
  const { log, fake } = stack();
  expect((await course(fake, [change]).make({ ...change, first })).problems).toEqual([]);
  expect(log.slice(4)).toEqual([
    'configure [{"base":1},{"timeoutSeconds":900}]',
    'configure [{"base":1}]',
    "destroy --target **::gateway --target-dependents",
    'configure [{"base":1},{"timeoutSeconds":900}]',
    "preview",
    "up",
  ]);
});

describe("it is told", () => {
  test("that preview plans more than the row has", async () => {
    const planned = { events: [...events("spec.default.timeoutSec"), ...events("spec.x")] };
    expect(await problemsOf(change, { runs: { preview: planned } })).toEqual([
      `preview: not expected: update ${POLICY} (spec.x)`,
    ]);
  });

  test("that up does less", async () => {
    expect(await problemsOf(change, { runs: { up: { events: [] } } })).toEqual([
      `up: missing: update ${POLICY} (spec.default.timeoutSec)`,
    ]);
  });

  test("that up failed", async () => {
    const up = { ...{ events: events("spec.default.timeoutSec") }, failure: "quota" };
    expect(await problemsOf(change, { runs: { up } })).toEqual(["up failed: quota"]);
  });

  test("that up passed, or failed otherwise, where it has to be refused", async () => {
    const refused = { ...change, refused: /conflicts/ };
    expect(await problemsOf(refused, {})).toEqual([
      "up passed; it should have failed with /conflicts/",
    ]);
    const up = { ...{ events: events("spec.default.timeoutSec") }, failure: "quota" };
    expect(await problemsOf(refused, { runs: { up } })).toEqual([
      "up failed, but not with /conflicts/: quota",
    ]);
  });

  test("that no region could serve for a while, or that one could though the row denies it", async () => {
    expect(await problemsOf(change, { ready: [1, 0] })).toEqual([
      expect.stringMatching(/^no region could serve at \d+ of the moments that were looked at$/),
    ]);
    expect(await problemsOf({ ...change, interrupts: true }, {})).toEqual([
      "some region served all the time, though the table says that it interrupts",
    ]);
  });

  test("that a region could not serve for a while, or served all the time though the row denies it", async () => {
    const twoRegions = { ready: [1, 0, 1], regions: ["b"] };
    expect(await problemsOf(change, twoRegions)).toEqual(["could not serve for a while: a"]);
    expect(await problemsOf({ ...change, pausesRegion: true }, twoRegions)).toEqual([]);
    expect(await problemsOf({ ...change, pausesRegion: true }, {})).toEqual([
      "every region served all the time, though the table says that one pauses",
    ]);
  });

  test("that an object went before its successor was made, or did not though the row says so", async () => {
    const goes = { op: "delete-replaced", urn: `urn:pulumi:dev::inference-gateway::${SECRET}` };
    const seen = [...events("spec.default.timeoutSec"), { resourcePreEvent: { metadata: goes } }];
    const runs = { up: { events: seen } };
    expect(await problemsOf(change, { runs })).toEqual([
      `successor later: not expected: delete ${SECRET}`,
    ]);
    const told = { ...change, deletesFirst: [SECRET] };
    expect(await problemsOf(told, { runs })).toEqual([]);
    expect(await problemsOf(told, {})).toEqual([`successor later: missing: delete ${SECRET}`]);
  });

  test("that the verifier does not find what the row says", async () => {
    const told = { ...change, complaint: /nobody balances/ };
    const problems = ["nobody balances", "no pod is ready"];
    expect(await problemsOf(told, { problems })).toEqual(["no pod is ready"]);
    expect(await problemsOf(told, {})).toEqual(["no complaint matches /nobody balances/"]);
  });

  test("that a region has lost its address, unless the row lets it", async () => {
    const addresses = ["10.0.0.1", "10.0.0.2"];
    expect(await problemsOf(change, { addresses })).toEqual([
      "a has lost its address: 10.0.0.1, now 10.0.0.2",
    ]);
    expect(await problemsOf({ ...change, movesAddresses: true }, { addresses })).toEqual([]);
  });

  test("what the verifier finds", async () => {
    expect(await problemsOf(change, { problems: ["no pod is ready"] })).toEqual([
      "no pod is ready",
    ]);
  });
});
