import { gkeVersionProblem } from "../../checks/gkeVersion";

describe("what a stack may ask for", () => {
  test.each(["1.34", "1.35", "1.36", "1.40", "2.0", "1.34.1-gke.1127000", "1.36.4-gke.1391002"])(
    "%s",
    (version) => {
      expect(gkeVersionProblem(version)).toBeUndefined();
    },
  );

  const forms = "a minor from 1.34 on, such as 1.36, or nothing for the channel's default";
  test.each([
    ["a patch without its build", "1.35.1"],
    ["a word", "latest"],
    ["an older minor", "1.33"],
    ["a build below the floor", "1.34.1-gke.1126999"],
    ["a version of Kubernetes' own form", "v1.35"],
    ["nothing in quotes", ""],
  ])("not %s", (_, version) => {
    expect(gkeVersionProblem(version)).toBe(forms);
  });

  test("not a minor whose last digit YAML took away", () => {
    expect(gkeVersionProblem("1.4")).toBe(`${forms}; in quotes, as YAML reads 1.40 as 1.4`);
  });
});
