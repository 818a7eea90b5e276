import { create, join, leave, remove, retire, update } from "../../../scenarios/changes/change";
import { differences, lineOf, spellOut } from "../../../scenarios/changes/expectation";
import { Inventory } from "../../../scenarios/changes/inventory";

const inventory = new Inventory(
  [
    "gcp:compute/subnetwork:Subnetwork::network-gke-east",
    "gcp:container/cluster:Cluster::gke-east",
    "gcp:compute/subnetwork:Subnetwork::us-east4-proxy",
    "gcp:compute/network:Network::network",
  ],
  { cluster: "gke-east", region: "us-east4" },
);

describe("a row, spelt out", () => {
  test("names a resource of each cluster", () => {
    const steps = [update("Deployment::<cluster>", "spec.replicas"), create("Gateway::one")];
    expect(spellOut(steps, ["gke-west", "gke-east"], inventory)).toEqual([
      update("Deployment::gke-west", "spec.replicas"),
      update("Deployment::gke-east", "spec.replicas"),
      create("Gateway::one"),
    ]);
  });

  test("of a cluster that joins names all that such a cluster has, and its region if that is new", () => {
    expect(spellOut([join("gke-south", "asia-east1")], [], inventory)).toEqual([
      create("gcp:compute/subnetwork:Subnetwork::network-gke-south"),
      create("gcp:container/cluster:Cluster::gke-south"),
      create("gcp:compute/subnetwork:Subnetwork::asia-east1-proxy"),
    ]);
    expect(spellOut([join("gke-south")], [], inventory)).toHaveLength(2);
  });

  test("of a cluster that leaves names the same", () => {
    expect(spellOut([leave("gke-south")], [], inventory)).toEqual([
      {
        operation: "delete",
        resource: "gcp:compute/subnetwork:Subnetwork::network-gke-south",
        properties: [],
      },
      { operation: "delete", resource: "gcp:container/cluster:Cluster::gke-south", properties: [] },
    ]);
  });
});

test("what serves in a cluster is all but what one without GPUs has", () => {
  const bare = [
    "gcp:container/cluster:Cluster::gke",
    "gcp:container/nodePool:NodePool::gke-system",
    "gcp:compute/subnetwork:Subnetwork::network-gke",
    "gcp:gkehub/membership:Membership::gke",
    "inference-gateway:index:FleetMembership::gke",
    "inference-gateway:index:InferenceCluster::gke",
    "kubernetes:core/v1:Namespace::gke",
    "pulumi:providers:kubernetes::gke",
  ];
  const serving = [
    "gcp:container/nodePool:NodePool::gke-gpu",
    "kubernetes:apps/v1:Deployment::gke",
  ];
  const of = new Inventory([...bare, ...serving, "S::a1-proxy"], { cluster: "gke", region: "a1" });
  expect(spellOut([retire("x")], [], of)).toEqual([
    remove("gcp:container/nodePool:NodePool::x-gpu"),
    remove("kubernetes:apps/v1:Deployment::x"),
  ]);
});

test("two clusters whose names begin alike are kept apart, and a stack without the model is refused", () => {
  const resources = ["Cluster::gke", "NodePool::gke-gpu", "Cluster::gke2", "Subnetwork::a1-proxy"];
  const of = new Inventory(resources, { cluster: "gke", region: "a1" });
  expect(of.ofCluster("x")).toEqual(["Cluster::x", "NodePool::x-gpu"]);
  expect(() => new Inventory(resources, { cluster: "gke-1", region: "a1" })).toThrow(
    new Error("the stack has no resource of gke-1"),
  );
});

describe("differences", () => {
  const expected = [update("Policy::p", "spec.a", "spec.b"), create("Gateway::g")];

  test("none, whatever the order", () => {
    const actual = [create("Gateway::g"), update("Policy::p", "spec.b", "spec.a")];
    expect(differences(expected, actual)).toEqual([]);
  });

  test("a property more, a step less", () => {
    expect(differences(expected, [update("Policy::p", "spec.a", "spec.b", "spec.c")])).toEqual([
      "missing: update Policy::p (spec.a, spec.b)",
      "missing: create Gateway::g",
      "not expected: update Policy::p (spec.a, spec.b, spec.c)",
    ]);
  });

  test("a whole stands for whatever is below, at least one", () => {
    const expected = [update("Policy::p", "metadata.name", "spec.*")];
    const changed = update("Policy::p", "metadata.name", "spec.a", "spec.b[0].c");
    expect(differences(expected, [changed])).toEqual([]);
    expect(differences(expected, [update("Policy::p", "metadata.name", "specs.a")])).toEqual([
      "missing: update Policy::p (metadata.name, spec.*)",
      "not expected: update Policy::p (metadata.name, specs.a)",
    ]);
  });

  test("another operation on the same resource", () => {
    const { resource, properties } = update("Policy::p", "spec.a");
    const replaced = { operation: "replace" as const, resource, properties };
    expect(differences([update("Policy::p", "spec.a")], [replaced])).toEqual([
      "missing: update Policy::p (spec.a)",
      "not expected: replace Policy::p (spec.a)",
    ]);
  });
});

test("a step as a line", () => {
  expect(lineOf(create("Gateway::g"))).toBe("create Gateway::g");
});
