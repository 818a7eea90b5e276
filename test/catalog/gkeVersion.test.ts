import { isAtLeast, isGkeVersion } from "../../catalog/gkeVersion";

describe("GKE versions", () => {
  test.each([
    ["1.34.1-gke.1127000", "1.34.1-gke.1127000", true],
    ["1.34.1-gke.1126999", "1.34.1-gke.1127000", false],
    ["1.34.10-gke.1", "1.34.9-gke.9999999", true],
    ["1.9.9-gke.9999999", "1.34.1-gke.1127000", false],
    ["2.0.0-gke.0", "1.35.1-gke.1396000", true],
  ])("%s is at least %s: %s", (version, floor, expected) => {
    expect(isAtLeast(version, floor)).toBe(expected);
  });

  test("what is no version is told so", () => {
    expect(isGkeVersion("latest")).toBe(false);
    expect(() => isAtLeast("1.34", "1.34.1-gke.1127000")).toThrow(
      '"1.34" is not a GKE version; expected the form 1.34.1-gke.1127000',
    );
  });
});
