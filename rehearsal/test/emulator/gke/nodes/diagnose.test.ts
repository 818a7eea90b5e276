import { diagnoseComputeClasses } from "../../../../emulator/gke/nodes/diagnose";
import { NodePoolSpec } from "../../../../emulator/gke/gke";
import { clusterSpec, FakeCluster, nodePool, object } from "../support/world";

const spec = clusterSpec("gke-east", "us-east4");
const KEY = "cloud.google.com/compute-class";
const MARKED: Partial<NodePoolSpec> = {
  labels: { [KEY]: "model-server" },
  taints: [{ key: KEY, value: "model-server", effect: "NoSchedule" }],
};

function diagnosed(...pools: Partial<NodePoolSpec>[]): string[] {
  const priorities = [{ nodepools: ["gpu"] }, { nodepools: ["fallback"] }];
  const cluster = new FakeCluster(spec, [
    object("ComputeClass", "model-server", { spec: { priorities } }),
  ]);
  cluster.pools = pools.map((pool) => nodePool(spec, pool));
  return diagnoseComputeClasses(cluster);
}

const line = (what: string) => `cluster gke-east: ComputeClass model-server: ${what}`;

test("a compute class whose pools carry its marks is as it should be", () => {
  expect(diagnosed({ name: "gpu", ...MARKED }, { name: "fallback", ...MARKED })).toEqual([]);
});

test("a pool that is not there is named", () => {
  expect(diagnosed({ name: "gpu", ...MARKED })).toEqual([line("there is no node pool fallback")]);
});

test.each<[string, Partial<NodePoolSpec>]>([
  ["label", { ...MARKED, labels: { [KEY]: "another" } }],
  ["taint", { ...MARKED, taints: [{ key: KEY, value: "another", effect: "NoSchedule" }] }],
])("a pool without the %s is named", (mark, marks) => {
  expect(diagnosed({ name: "gpu", ...MARKED }, { name: "fallback", ...marks })).toEqual([
    line(`node pool fallback has no ${mark} ${KEY}=model-server`),
  ]);
});

test("a class that names no pools asks for none", () => {
  const cluster = new FakeCluster(spec, [object("ComputeClass", "any", { spec: {} })]);
  expect(diagnoseComputeClasses(cluster)).toEqual([]);
});
