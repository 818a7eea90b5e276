import * as fc from "fast-check";

import { UNKNOWN } from "../support/unknown";
import { findings, fleet, gpuPool, groups, nodes, server } from "../fixtures/gpuPodsSchedulable";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import type { Registered } from "../support/policies";

const SEED = 20_261_129;
const AT = "spec.strategy.rollingUpdate.maxUnavailable";
const GROUP_AT = "spec.rolloutStrategy.rollingUpdateConfiguration.maxUnavailable";

const ofKind = (kind: string, resource: Registered): Registered => ({
  ...changed(resource, "kind", kind),
  type: `kubernetes:apps/v1:${kind}`,
});

const rollout = (rollingUpdateConfiguration: unknown) => ({
  rolloutStrategy: { type: "RollingUpdate", rollingUpdateConfiguration },
});

const stuck = (most: number, given: string, at = AT) =>
  `${at}: ${given}, so an update starts a pod before it stops one, but gpus hold no more than ` +
  `${most}; set it to 1, or raise the most nodes of the pool`;
const holds = (most: number, wanted: number) =>
  `spec.replicas: gpus hold ${most} of these ${wanted} pods at most; ` +
  "raise the most nodes of the pool, or run fewer pods";
const UNSET = "is not set, which stands for 0 here";

test.each<[string, readonly Registered[]]>([
  ["room for one more", [nodes(2), server(1)]],
  ["a pod that may be away", [nodes(2), server(2, { maxSurge: 1, maxUnavailable: 1 })]],
  ["a share that is a pod", [nodes(4), server(4)]],
  ["neither, which stands for a pod", [nodes(2), server(2, { maxSurge: 0, maxUnavailable: 0 })]],
  ["pods that are stopped first", [nodes(2), server(2, null, "Recreate")]],
  ["pods of a stateful set", [nodes(2), ofKind("StatefulSet", server(2))]],
  ["no pods", [nodes(1), server(0)]],
  ["a pool whose size is not known yet", [gpuPool({}, { autoscaling: UNKNOWN }), server(2)]],
  ["groups that are stopped first", [nodes(4), groups(2, { replicas: 2 })]],
  ["room for a group more", [nodes(4), groups(2, rollout({ maxUnavailable: 0, maxSurge: 1 }))]],
  ["a leader and its workers", [nodes(3), groups(3, { replicas: 1 }, {})]],
  ["malformed numbers", [nodes(2), server(2, { maxSurge: {}, maxUnavailable: "many" })]],
])("passes %s", async (_, resources) => {
  expect(await findings([...fleet, ...resources])).toEqual([]);
  expect(await findings([...fleet, ...resources], { firstPreview: true })).toEqual([]);
});

test.each<[string, readonly Registered[], string, string]>([
  [
    "an update that needs a third GPU of two",
    [nodes(2), server(2, { maxSurge: 1, maxUnavailable: 0 })],
    "mandatory",
    stuck(2, "is 0, which stands for 0"),
  ],
  [
    "a share that is less than a pod",
    [nodes(3), server(3, { maxSurge: "50%", maxUnavailable: "33%" })],
    "mandatory",
    stuck(3, 'is "33%", which stands for 0'),
  ],
  ["Kubernetes' own way with a single pod", [nodes(1), server(1)], "advisory", stuck(1, UNSET)],
  ["the same with three", [nodes(3), server(3)], "advisory", stuck(3, UNSET)],
  [
    "the same with a surge of its own",
    [nodes(2), server(2, { maxSurge: 1 })],
    "advisory",
    stuck(2, UNSET),
  ],
  [
    "groups that need a second one first",
    [nodes(3), groups(2, rollout({ maxUnavailable: 0, maxSurge: 1 }))],
    "mandatory",
    stuck(3, "is 0, which stands for 0", GROUP_AT),
  ],
  [
    "more groups than there is room for",
    [nodes(3), groups(2, { replicas: 2 })],
    "mandatory",
    holds(3, 4),
  ],
  ["more workers than there is room for", [nodes(1), groups(3, {}, {})], "mandatory", holds(1, 2)],
])("finds %s", async (_, resources, level, message) => {
  expect(await findings([...fleet, ...resources])).toEqual([[level, "server", message]]);
});

test.each<[string, Registered]>([
  [AT, server(2, { maxUnavailable: UNKNOWN })],
  ["spec.strategy.rollingUpdate.maxSurge", server(2, { maxSurge: UNKNOWN, maxUnavailable: 0 })],
  ["spec.strategy.type", changed(server(2), "spec.strategy", UNKNOWN)],
])("advises where %s is not known yet", async (path, resource) => {
  expect(await findings([...fleet, nodes(2), resource])).toEqual([
    ["advisory", "server", pending(path)],
  ]);
});

/** An update, step by step, as the Deployment's controller makes it; whether it ends. */
function ends(replicas: number, surge: number, unavailable: number, room: number): boolean {
  let [old, made] = [replicas, 0];
  for (;;) {
    const more = Math.min(replicas - made, replicas + surge - old - made);
    const serving = Math.min(made + more, room - old);
    const spare = old + serving - (replicas - unavailable);
    // Pods that wait for a node are made, but serve nothing.
    const stopped = Math.min(old, Math.max(0, spare));
    if (old === 0 && serving === replicas) return true;
    if (more <= 0 && stopped === 0) return false;
    [old, made] = [old - stopped, made + Math.max(0, more)];
  }
}

test("finds just the updates that never end, however the numbers are written", async () => {
  const amount = fc.oneof(
    fc.nat(4),
    fc.nat(100).map((percent) => `${percent}%`),
  );
  const inPods = (given: number | string, replicas: number, round: (n: number) => number) =>
    typeof given === "number" ? given : round((parseInt(given, 10) * replicas) / 100);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.nat(3),
      amount,
      amount,
      async (replicas, spare, maxSurge, maxUnavailable) => {
        const surge = inPods(maxSurge, replicas, Math.ceil);
        const away = inPods(maxUnavailable, replicas, Math.floor);
        const unavailable = surge === 0 && away === 0 ? 1 : away;
        const room = replicas + spare;
        const stack = [...fleet, nodes(room), server(replicas, { maxSurge, maxUnavailable })];
        expect((await findings(stack)).length === 0).toBe(ends(replicas, surge, unavailable, room));
      },
    ),
    { seed: SEED, numRuns: 200 },
  );
});
