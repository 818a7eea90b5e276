import { remove, replace, update } from "../../../scenarios/changes/change";
import { breaches, type ChangeRun, movedRegions } from "../../../scenarios/changes/rules";

const CLUSTER = "gcp:container/cluster:Cluster::gke-east";
const POOL = "gcp:container/nodePool:NodePool::gke-east-gpu";
const both = ["gke-west", "gke-east"];

function run(changed: Partial<ChangeRun>): ChangeRun {
  return {
    steps: [],
    oldFirst: [],
    clusters: { before: both, after: both },
    about: both,
    ...changed,
  };
}

test("a cluster is updated, its pool replaced: no breach", () => {
  const steps = [update(CLUSTER, "minMasterVersion"), replace(POOL, "nodeConfig.spot")];
  expect(breaches(run({ steps }))).toEqual([]);
});

test("a cluster is replaced", () => {
  expect(breaches(run({ steps: [replace(CLUSTER, "network")] }))).toEqual([
    `a cluster of the configuration is lost: replace ${CLUSTER}`,
  ]);
});

test("a cluster is deleted although its name stays", () => {
  expect(breaches(run({ steps: [remove(CLUSTER)] }))).toEqual([
    `a cluster of the configuration is lost: delete ${CLUSTER}`,
  ]);
  const clusters = { before: both, after: ["gke-west"] };
  expect(breaches(run({ steps: [remove(CLUSTER)], clusters }))).toEqual([]);
});

test("a cluster is touched that the change is not about, also one that has just left", () => {
  const steps = [update(POOL, "autoscaling.totalMaxNodeCount")];
  const said = [`a cluster that it is not about: update ${POOL}`];
  expect(breaches(run({ steps, about: ["gke-west"] }))).toEqual(said);
  const clusters = { before: both, after: ["gke-west"] };
  expect(breaches(run({ steps, about: [], clusters }))).toEqual(said);
});

test("what is shared belongs to no cluster", () => {
  const steps = [update("gcp:compute/firewall:Firewall::network-load-balancer", "sourceRanges")];
  expect(breaches(run({ steps, about: [] }))).toEqual([]);
});

test("a pool goes before its successor is there", () => {
  expect(breaches(run({ oldFirst: [POOL, "gcp:gkehub/membership:Membership::x"] }))).toEqual([
    `deleted before its successor was there: ${POOL}`,
  ]);
});

test("a region moves when it stays and its address does not", () => {
  const before = { a: "10.0.0.1", b: "10.0.0.2", gone: "10.0.0.3" };
  const after = { a: "10.0.0.1", b: "10.0.0.9", new: "10.0.0.4" };
  expect(movedRegions({ before, after })).toEqual(["b"]);
});
