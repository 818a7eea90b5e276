import { gkeVersionProblem } from "../../checks/gkeVersion";

describe("what a stack may ask for", () => {
  test.each(["1.34", "1.35", "1.36", "1.40", "2.0", "1.34.1-gke.1127000", "1.36.4-gke.1391002"])(
    "%s",
    (version) => {
      expect(gkeVersionProblem(version)).toBeUndefined();
    },
  );

  const minor = "a minor from 1.34 on, such as 1.36";
  const nothing = "or nothing for the channel's default";
  const form = `${minor}; a full version of the form x.y.z-gke.n, such as 1.36.4-gke.1391002; ${nothing}`;
  const floor = `${minor}; a full version from 1.34.1-gke.1127000 on; ${nothing}`;
  test.each([
    ["a patch without its build", "1.35.1", form],
    ["a patch with another build", "1.35.1-eks.5", form],
    ["a word", "latest", form],
    ["a version of Kubernetes' own form", "v1.35", form],
    ["nothing in quotes", "", form],
    ["an older minor", "1.33", floor],
    ["a build below the floor", "1.34.1-gke.1126999", floor],
    ["a minor with a zero before it", "1.035", form],
  ])("not %s", (_, version, allowed) => {
    expect(gkeVersionProblem(version)).toBe(allowed);
  });

  test("not a minor whose last digit YAML took away", () => {
    const yaml = "in quotes, as YAML reads 1.40 as 1.4";
    expect(gkeVersionProblem("1.4")).toBe(`${floor}; ${yaml}`);
  });
});
