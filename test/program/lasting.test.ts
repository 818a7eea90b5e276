import { LASTING } from "../../rehearsal/emulator/providers/gcp/lasting";
import { synthesize, type Synthesis } from "../support/program";

/** What the emulation holds against lasting differences stands in the program, on every resource of the type. */
describe.each(["dev", "prod"] as const)("%s", (stack) => {
  let registrations: Synthesis["registrations"];
  beforeAll(async () => ({ registrations } = await synthesize(stack)));

  const of = (settled: string) => LASTING.filter((row) => row.settled === settled);

  test.each(of("said"))("$type: $property is said", ({ type, property, machines }) => {
    const all = registrations.filter((resource) => resource.type === type);
    expect(all).not.toEqual([]);
    const resources = all.filter(
      ({ inputs }) => !machines || machines.test(String(valueAt(inputs, "nodeConfig.machineType"))),
    );
    const unsaid = resources.filter(({ inputs }) => valueAt(inputs, property) === undefined);
    expect(unsaid.map(({ id }) => id)).toEqual([]);
  });

  test.each(of("ignored"))("$type: $property is ignored", ({ type, property }) => {
    const [list = ""] = property.split("[*]");
    const resources = registrations.filter(
      (resource) => resource.type === type && valueAt(resource.inputs, list) !== undefined,
    );
    expect(resources).not.toEqual([]);
    expect(resources.map(({ ignoreChanges }) => ignoreChanges)).toEqual(
      resources.map(() => [property]),
    );
  });

  test("components stand in the order in which GKE answers", () => {
    const clusters = registrations.filter(({ type }) => type === "gcp:container/cluster:Cluster");
    expect(
      clusters.map(({ inputs }) => valueAt(inputs, "monitoringConfig.enableComponents")),
    ).toEqual(clusters.map(() => ["SYSTEM_COMPONENTS", "DCGM"]));
  });
});

function valueAt(inputs: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], inputs);
}
