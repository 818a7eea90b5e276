import type { Overlay, Step } from "../../../operations/rollout/plan";
import { rollOut } from "../../../operations/rollout/rollout";
import type { Change, Outcome } from "../../../operations/support/engine";
import { done, endOf, FakeDesk, FakeEngine, urn } from "../support/fakes";

const step = (title: string, drained: Overlay["drained"], more: Partial<Step> = {}): Step => ({
  title,
  waitSeconds: 0,
  drainsOnly: true,
  overlay: { drained, models: {} },
  ...more,
});
const STEPS = [
  step("drain a", ["us-east4"]),
  step("roll a", ["us-east4"], { waitSeconds: 600, drainsOnly: false }),
  step("drain b", ["europe-west3"], { waitSeconds: 60 }),
  step("back", [], { waitSeconds: 60 }),
];
const POLICY = "kubernetes:networking.gke.io/v1:GCPBackendPolicy";
const policy: Change = { operation: "update", type: POLICY, urn: urn(POLICY, "gateway") };
const HOW = [
  "To continue:",
  "  make rollout STACK=dev",
  "To roll back, restore the previous model in the configuration and run this command again: it goes region by region,",
  "while `pulumi up` would restart all regions at once.",
];

function run(
  engine: FakeEngine,
  { desk = new FakeDesk(), steps = STEPS, allowOtherChanges = false } = {},
): Promise<string> {
  const configFile = ({ drained }: Overlay) => `drained=${drained.join()}`;
  return endOf(rollOut(engine, steps, { configFile, allowOtherChanges }, desk));
}

test("each step is an `up` with its own configuration, the last with the stack's; between them it waits", async () => {
  const engine = new FakeEngine([done, done, done, done], undefined, [policy]);
  const desk = new FakeDesk();
  expect(await run(engine, { desk })).toBe("done");
  expect(engine.asked).toEqual([
    "preview drained=us-east4",
    "up drained=us-east4",
    "up drained=us-east4",
    "up drained=europe-west3",
    "up plain",
  ]);
  expect(desk.waits).toEqual([0, 600_000, 60_000, 60_000]);
  expect(desk.printed).toEqual([
    "[1/4] drain a",
    "in 600 s: [2/4] roll a",
    "[2/4] roll a",
    "in 60 s: [3/4] drain b",
    "[3/4] drain b",
    "in 60 s: [4/4] back",
    "[4/4] back",
    "Every region runs the model of the configuration, and none is drained.",
  ]);
});

const server: Change = {
  operation: "update",
  type: "kubernetes:apps/v1:Deployment",
  urn: urn("kubernetes:apps/v1:Deployment", "gke-west-epp"),
};

test("refused where more than the model has changed: it would go to all regions at once", async () => {
  const engine = new FakeEngine([], undefined, [policy, server]);
  expect(await run(engine)).toBe(
    [
      "Refused: These changes are not about the model and would reach all regions at once:",
      "  update gke-west-epp (kubernetes:apps/v1:Deployment)",
      "Run `pulumi up` for these changes, with the model that runs now, then run this command again; or set OTHER_CHANGES=1 to include these changes.",
    ].join("\n"),
  );
  expect(engine.asked).toEqual(["preview drained=us-east4"]);
});

test("what else has changed goes along where that is asked for", async () => {
  const engine = new FakeEngine([done, done, done, done], undefined, [server]);
  expect(await run(engine, { allowOtherChanges: true })).toBe("done");
});

test("a plan that begins with servers to roll is not previewed: they are what changes", async () => {
  const engine = new FakeEngine([done, done, done], undefined, [server]);
  expect(await run(engine, { steps: STEPS.slice(1) })).toBe("done");
  expect(engine.asked[0]).toBe("up drained=us-east4");
});

const failure: Outcome = {
  kind: "failed",
  errors: [],
  failures: [{ ...server, operation: "update", messages: ["0 of 2 pods are ready"] }],
};

test("the first step that fails ends it, and says what is drained", async () => {
  const engine = new FakeEngine([done, failure]);
  expect(await run(engine)).toBe(
    [
      "Failed: Stopped at: roll a.",
      "gke-west-epp (kubernetes:apps/v1:Deployment), update: 0 of 2 pods are ready",
      "Drained: us-east4. The other regions serve.",
      ...HOW,
    ].join("\n"),
  );
});

test("where a step takes one region back and drains another, either may be drained", async () => {
  const engine = new FakeEngine([done, done, failure]);
  expect(await run(engine)).toContain(
    "\nDrained: us-east4 or europe-west3. The other regions serve.\n",
  );
});

test.each([
  ["in a wait", new FakeEngine([done]), new FakeDesk(2)],
  ["in an `up`", new FakeEngine([done, { kind: "interrupted" }]), new FakeDesk()],
])("interrupted %s, it says how to go on", async (_, engine, desk) => {
  expect(await run(engine, { desk })).toBe(
    [
      "Interrupted: Interrupted at: roll a.",
      "Drained: us-east4. The other regions serve.",
      ...HOW,
    ].join("\n"),
  );
});

test("a lock is the user's to release", async () => {
  const engine = new FakeEngine([{ kind: "locked", said: "locked by me@here" }]);
  expect(await run(engine)).toBe(
    [
      'Refused: Stopped at: drain a. Another command holds stack "dev", or one that was killed left its lock:',
      "locked by me@here",
      "If that command no longer runs, `pulumi cancel dev` releases the lock.",
      "Drained: us-east4. The other regions serve.",
      ...HOW,
    ].join("\n"),
  );
});
