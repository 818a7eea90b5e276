import { atLeast, kubernetesVersion, SINCE } from "../../../rehearsal/gke/versions";

test.each([
  ["1.34.1-gke.1127000", "1.34.1-gke.1127000", true],
  ["1.34.1-gke.1126999", "1.34.1-gke.1127000", false],
  ["1.34.1-gke.9", "1.34.1-gke.10", false],
  ["1.34.10-gke.1", "1.34.9-gke.2", true],
  ["1.9.0", "1.10.0", false],
  ["1.35", "1.34.1-gke.1127000", true],
  ["1.34.1", "1.34.1-gke.1", false],
  ["v1.35.1-gke.1396002", SINCE.autoscalingMetricPods, true],
])("%s is at least %s: %s", (version, floor, expected) => {
  expect(atLeast(version, floor)).toBe(expected);
});

test.each(["latest", "", "1", "1.34.1-gke", "1.34.1-eks.3"])("%p is refused", (version) => {
  expect(() => atLeast(version, "1.34.0")).toThrow(
    `"${version}" is not a GKE version; one looks like 1.34.1-gke.1127000`,
  );
});

test("the Kubernetes version is the first three numbers", () => {
  expect(kubernetesVersion("1.34.1-gke.1127000")).toBe("v1.34.1");
});
