import { masked, replaced } from "../../../../emulator/cloud/wire/fieldMask";

describe("a field mask", () => {
  test("takes what it names and nothing else, in either spelling", () => {
    const body = { spec: { multiclusteringress: { configMembership: "m" } }, labels: { a: "b" } };
    expect(masked("spec.multiclusteringress.config_membership", body)).toEqual({
      spec: { multiclusteringress: { configMembership: "m" } },
    });
  });

  test("takes away what it names and the body lacks", () => {
    expect(masked("labels,description", { labels: { a: "b" } })).toEqual({
      labels: { a: "b" },
      description: null,
    });
  });

  test("is needed", () => {
    expect(() => masked(undefined, {})).toThrow("update_mask is required");
  });
});

describe("a resource after a patch with a mask", () => {
  const kept = { name: "f", labels: { a: "1", b: "2" }, spec: { x: { y: 1, z: 2 } } };
  const settable = ["labels", "spec"];

  test("has what it names as the body has it, a map as a whole", () => {
    const body = { labels: { a: "3" }, spec: { x: { y: 4 } } };
    expect(replaced("labels", body, kept, settable)).toEqual({ ...kept, labels: { a: "3" } });
    expect(replaced("spec.x.y", body, kept, settable)).toEqual({
      ...kept,
      spec: { x: { y: 4, z: 2 } },
    });
  });

  test("lacks what it names and the body lacks", () => {
    expect(replaced("labels,spec.x.z", {}, kept, settable)).toEqual({
      name: "f",
      spec: { x: { y: 1 } },
    });
  });

  test("cannot have another name", () => {
    expect(() => replaced("labels,name", { name: "g" }, kept, settable)).toThrow(
      'Invalid update_mask: "name" cannot be changed, but labels, spec.',
    );
  });
});
