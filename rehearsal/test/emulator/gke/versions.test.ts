import {
  atLeast,
  EMULATED_MINORS,
  emulatedVersion,
  kubernetesVersion,
  SINCE,
} from "../../../emulator/gke/versions";
import { BINARIES } from "../../../toolchain/binaries";

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

test.each([
  ["1.34.11-gke.1102000", "1.34"],
  ["1.36.4-gke.1391002", "1.36"],
  ["1.37.1-gke.1552000", "1.36"],
  ["1.31.14-gke.2759000", "1.33"],
])("the control plane of GKE %s behaves as Kubernetes %s", (version, kubernetes) => {
  expect(emulatedVersion(version)).toBe(kubernetes);
});

test("what a control plane can behave as is what its binaries can", () => {
  const version = BINARIES.find(({ name }) => name === "kube-apiserver")?.version;
  expect(version).toMatch(`1.${EMULATED_MINORS.newest}.`);
  expect(EMULATED_MINORS.newest - EMULATED_MINORS.oldest).toBe(3);
});
