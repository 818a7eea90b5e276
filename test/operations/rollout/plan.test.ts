import { isDeepStrictEqual } from "node:util";

import fc from "fast-check";

import type { Region } from "../../../catalog/regions";
import { schema, type Model, type Settings } from "../../../config/schema";
import {
  type Overlay,
  type Pauses,
  planRollout,
  type Running,
  type Step,
} from "../../../operations/rollout/plan";

const PAUSES: Pauses = { drainSeconds: 600, settleSeconds: 60 };
const REGIONS = ["europe-west3", "us-east4", "us-central1", "asia-southeast1"] as const;

function settings(keys: object = {}): Settings {
  return schema.parse({
    clusters: { "gke-west": { region: "europe-west3" }, "gke-east": { region: "us-east4" } },
    configCluster: "gke-west",
    accelerator: { machineType: "g2-standard-8" },
    ...keys,
  });
}

const PLAIN = settings();
const OLD: Model = { ...PLAIN.model, revision: "old" };
const NEW: Model = { ...OLD, revision: "new" };
const running = (west: Model, east: Model, drained: Region[] = []): Running => ({
  models: { "gke-west": west, "gke-east": east },
  drained,
});
const step = (title: string, waitSeconds: number, overlay: Overlay, drainsOnly = true): Step => ({
  title,
  waitSeconds,
  drainsOnly,
  overlay,
});
const LAST = step("restore traffic to us-east4: the stack's own configuration", 60, {
  drained: [],
  models: {},
});
const EAST_ROLLS = step(
  "roll gke-east in us-east4",
  600,
  { drained: ["us-east4"], models: {} },
  false,
);
const EAST_DRAINS = { drained: ["us-east4" as const], models: { "gke-east": OLD } };

test("each region is drained, rolled, and taken back while the next is drained", () => {
  expect(planRollout(settings({ model: NEW }), running(OLD, OLD), PAUSES)).toEqual([
    step("drain europe-west3", 0, {
      drained: ["europe-west3"],
      models: { "gke-west": OLD, "gke-east": OLD },
    }),
    step(
      "roll gke-west in europe-west3",
      600,
      { drained: ["europe-west3"], models: { "gke-east": OLD } },
      false,
    ),
    step("restore traffic to europe-west3 and drain us-east4", 60, EAST_DRAINS),
    EAST_ROLLS,
    LAST,
  ]);
});

test("what an earlier roll-out has done is not done again", () => {
  expect(planRollout(settings({ model: NEW }), running(NEW, OLD), PAUSES)).toEqual([
    step("drain us-east4", 0, EAST_DRAINS),
    EAST_ROLLS,
    LAST,
  ]);
});

test("a region that an earlier roll-out left drained comes first, and is not drained again", () => {
  const plan = planRollout(settings({ model: NEW }), running(OLD, OLD, ["us-east4"]), PAUSES);
  expect(plan.map(({ title }) => title)).toEqual([
    "roll gke-east in us-east4",
    "restore traffic to us-east4 and drain europe-west3",
    "roll gke-west in europe-west3",
    "restore traffic to europe-west3: the stack's own configuration",
  ]);
});

test("a roll-out that failed at its last step only takes the region back, with its servers settled before", () => {
  const plan = planRollout(settings({ model: NEW }), running(NEW, NEW, ["us-east4"]), PAUSES);
  expect(plan).toEqual([EAST_ROLLS, LAST]);
});

test("clusters of one region roll together; one without GPUs does not count", () => {
  const config = settings({
    model: NEW,
    clusters: {
      hub: { region: "us-central1", gpus: false },
      a: { region: "us-east4" },
      b: { region: "us-east4", block: 1 },
      c: { region: "europe-west3", model: { revision: "old" } },
    },
  });
  const models = { a: OLD, b: OLD, c: OLD };
  expect(planRollout(config, { models, drained: [] }, PAUSES)).toEqual([
    step("drain us-east4", 0, { drained: ["us-east4"], models: { a: OLD, b: OLD } }),
    step("roll a and b in us-east4", 600, { drained: ["us-east4"], models: {} }, false),
    LAST,
  ]);
});

test.each<[string, object, Running, string]>([
  [
    "nothing has changed",
    { model: OLD },
    running(OLD, OLD),
    "Every cluster runs the model of the configuration; there is nothing to roll out.",
  ],
  [
    "only the number of servers has changed",
    { model: { ...OLD, replicas: 2 } },
    running(OLD, OLD),
    "Only `replicas` changes, which restarts nothing: run `pulumi up`.",
  ],
  [
    "the only other region has no GPUs",
    {
      model: NEW,
      clusters: { hub: { region: "us-east4", gpus: false }, a: { region: "europe-west3" } },
    },
    { models: { a: OLD }, drained: [] },
    "Only one region has GPUs: while it is drained, no other could serve. `pulumi up` replaces its model servers one by one.",
  ],
  [
    "the configuration drains a region",
    { model: NEW, drained: ["us-east4"] },
    running(OLD, OLD, ["us-east4"]),
    "The configuration drains us-east4; a roll-out would drain a second region beside it. " +
      "Remove it from `drained`, run `pulumi up` with the model that runs now, then run this command again.",
  ],
  [
    "a scope drains a region",
    { model: NEW, scopes: [{ region: "us-east4", capacityPercent: 0 }] },
    running(OLD, OLD),
    "The configuration drains us-east4; a roll-out would drain a second region beside it. " +
      "Remove it from `scopes`, run `pulumi up` with the model that runs now, then run this command again.",
  ],
  [
    "two regions are drained",
    { model: NEW },
    running(OLD, OLD, ["europe-west3", "us-east4"]),
    "europe-west3, us-east4 are drained, more than a roll-out drains at a time. " +
      "Run `pulumi up` with the model that runs now, then run this command again.",
  ],
  [
    "clusters come and go",
    { model: NEW },
    { models: { "gke-west": OLD, "gke-south": OLD }, drained: [] },
    "The configuration adds or removes clusters: gke-east, gke-south. " +
      "Run `pulumi up` for these changes, with the model that runs now, then run this command again.",
  ],
])("refused where %s", (_, keys, state, message) => {
  expect(() => planRollout(settings(keys), state, PAUSES)).toThrow(new Error(message));
});

/** Fleets of two to four regions with up to two clusters each, of which some already run the new model. */
const fleets = fc
  .record({
    places: fc.uniqueArray(fc.tuple(fc.constantFrom(...REGIONS), fc.constantFrom(0, 1)), {
      minLength: 2,
      maxLength: 8,
      selector: String,
    }),
    done: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    override: fc.boolean(),
    leftDrained: fc.boolean(),
  })
  .filter(({ places }) => new Set(places.map(([region]) => region)).size > 1)
  .map(({ places, done, override, leftDrained }) => {
    const model = override ? { maxLength: 4096 } : undefined;
    const clusters = Object.fromEntries(
      places.map(([region, block], i) => [
        `c${i}`,
        { region, block, gpus: true, ...(i === 0 && { model }) },
      ]),
    );
    const config: Settings = { ...PLAIN, clusters, configCluster: "c0", model: NEW };
    const models = Object.fromEntries(
      Object.keys(clusters).map((name, i) => [name, done[i] ? targetOf(config, name) : OLD]),
    );
    const drained: Region[] = leftDrained ? places.slice(0, 1).map(([region]) => region) : [];
    return { config, state: { models, drained } };
  })
  .filter(({ config, state }) => {
    const outdated = Object.keys(state.models).some(
      (name) => !isDeepStrictEqual(state.models[name], targetOf(config, name)),
    );
    return outdated || state.drained.length > 0;
  });

function targetOf(config: Settings, name: string): Model {
  return { ...config.model, ...config.clusters[name]?.model };
}

/** What each cluster runs in a step. */
function effective(config: Settings, { models }: Overlay): Record<string, Model> {
  return Object.fromEntries(
    Object.keys(config.clusters).map((name) => [name, models[name] ?? targetOf(config, name)]),
  );
}

test("never are two regions drained, and the last step is the plain configuration", () => {
  fc.assert(
    fc.property(fleets, ({ config, state }) => {
      const plan = planRollout(config, state, PAUSES);
      expect(plan.filter(({ overlay }) => overlay.drained.length > 1)).toEqual([]);
      expect(plan.at(-1)?.overlay).toEqual({ drained: [], models: {} });
      expect(plan.slice(0, -1).filter(({ overlay }) => overlay.drained.length === 0)).toEqual([]);
    }),
  );
});

test("a region is drained in the step before its clusters change and while they do; a step that drains changes none", () => {
  fc.assert(
    fc.property(fleets, ({ config, state }) => {
      let { drained } = state;
      let models: Record<string, Model> = state.models;
      for (const { overlay, drainsOnly, waitSeconds } of planRollout(config, state, PAUSES)) {
        const next = effective(config, overlay);
        const changed = Object.keys(next).filter(
          (name) => !isDeepStrictEqual(next[name], models[name]),
        );
        for (const name of changed) {
          const region = config.clusters[name]?.region;
          expect([drained, overlay.drained]).toEqual([[region], [region]]);
        }
        if (changed.length > 0) expect(waitSeconds).toBe(PAUSES.drainSeconds);
        if (drainsOnly) expect(changed).toEqual([]);
        ({ drained } = overlay);
        models = next;
      }
      expect(models).toEqual(effective(config, { drained: [], models: {} }));
    }),
  );
});

test("stopped after any step, the rest of the plan is what is planned then", () => {
  fc.assert(
    fc.property(fleets, fc.nat(), ({ config, state }, at) => {
      const plan = planRollout(config, state, PAUSES);
      const stopped = at % (plan.length - 1);
      const reached = plan[stopped]?.overlay ?? { drained: [], models: {} };
      const then = { models: effective(config, reached), drained: reached.drained };
      // A region that has rolled is settled once more before it is taken back.
      const from = plan[stopped]?.drainsOnly ? stopped + 1 : stopped;
      expect(planRollout(config, then, PAUSES)).toEqual(plan.slice(from));
    }),
  );
});
