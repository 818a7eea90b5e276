import { computeClass } from "../../../../emulator/gke/crds/computeClass";

const { spec, scope } = computeClass();
const priorities = spec?.properties?.priorities;

test("a compute class belongs to the cluster, and says what becomes of pods without room", () => {
  expect(scope).toBe("Cluster");
  expect(spec?.required).toEqual(["whenUnsatisfiable"]);
  expect(spec?.properties?.whenUnsatisfiable).toEqual({
    type: "string",
    enum: ["DoNotScaleUp", "ScaleUpAnyway"],
    default: "DoNotScaleUp",
  });
});

test("a priority that names pools says nothing else", () => {
  expect(priorities?.maxItems).toBe(1000);
  expect(priorities?.items?.properties?.nodepools).toEqual({
    type: "array",
    items: { type: "string" },
  });
  expect(priorities?.items?.["x-kubernetes-validations"]).toContainEqual({
    rule: "has(self.nodepools) ? (size(dyn(self)) == 1) : true",
    message: "Nodepool field cannot be set along with other fields",
  });
});

test("these pairs exclude each other in a priority", () => {
  const rules = priorities?.items?.["x-kubernetes-validations"] ?? [];
  expect(rules.map(({ message }) => message)).toEqual([
    "Nodepool field cannot be set along with other fields",
    "MachineFamily and MachineType cannot be set together",
    "MachineType cannot be set together with MinCores/MinMemoryGb",
    "Flex Start provisioning model is incompatible with Spot",
    "capacityCheckWaitTimeSeconds is only supported for Flex Start and for multi-host TPUs",
  ]);
});
