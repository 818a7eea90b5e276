import { InferenceObjectives } from "../../../components/inferenceObjectives";
import { register } from "../../support/components";
import { find } from "../../../rehearsal/stage/registrations";

const KIND = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition::west-kind";
const type = "kubernetes:inference.networking.x-k8s.io/v1alpha2:InferenceObjective";

describe("InferenceObjectives", () => {
  const registerObjectives = (objectives: { name: string; priority: number }[]) =>
    register(
      () =>
        new InferenceObjectives("west", { namespace: "inference", poolName: "llm", objectives }),
    );

  test("an objective for each name, after the kind, which nobody else installs", async () => {
    const made = await registerObjectives([
      { name: "food-review", priority: 10 },
      { name: "batch", priority: -1 },
    ]);
    const parent = "inference-gateway:index:InferenceObjectives::west";
    expect(made.registrations.slice(1).map((r) => [r.id, r.parent, r.dependsOn])).toEqual([
      [KIND, parent, []],
      [`${type}::west-food-review`, parent, [KIND]],
      [`${type}::west-batch`, parent, [KIND]],
    ]);
    expect(find(made, `${type}::west-batch`).inputs).toEqual({
      apiVersion: "inference.networking.x-k8s.io/v1alpha2",
      kind: "InferenceObjective",
      metadata: { name: "batch", namespace: "inference" },
      spec: {
        priority: -1,
        poolRef: { group: "inference.networking.k8s.io", kind: "InferencePool", name: "llm" },
      },
    });
  });

  test("without one, the kind is there all the same: users make objectives of their own", async () => {
    const { registrations } = await registerObjectives([]);
    expect(registrations.slice(1).map(({ id }) => id)).toEqual([KIND]);
  });
});
