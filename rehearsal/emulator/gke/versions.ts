import { Dated } from "../dated";

export const SINCE_DATED: Dated = {
  title: "What came with which GKE version",
  source:
    "https://docs.cloud.google.com/kubernetes-engine/docs/release-notes and the pages of GatewayClass capabilities and AutoscalingMetric",
  asOf: "2026-10-08",
  goodForMonths: 6,
};

/**
 * GKE versions from which something is there. Sources: Google's release notes and how-to pages;
 * those marked [field] are known from users' reports only, and for one marked [guess] there is none.
 */
export const SINCE = {
  /** [field] The InferencePool CRD comes with the cluster. */
  inferencePool: "1.34.0-gke.1626000",
  /**
   * [guess] InferencePool with `appProtocol`, of release v1.4.0 on 2026-03-19. GKE says nowhere
   * which release a version has. Older minors were made before it, and GKE keeps a bundle of CRDs
   * within a minor (as it does of Gateway API); this one was made after. `kubectl get crd
   * inferencepools.inference.networking.k8s.io -o yaml` on clusters of 1.35 and 1.36 settles it.
   */
  inferencePoolProtocol: "1.36.0",
  /** AutoscalingMetric, `spec.selector` and `spec.endpoints`. */
  autoscalingMetricEndpoints: "1.34.1-gke.1127000",
  /** AutoscalingMetric, `spec.metrics[].pod`; whether the older shape still works is not known. */
  autoscalingMetricPods: "1.35.1-gke.1396000",
  /** Gateway API 1.4.0, then 1.5.0; sources: GKE's page of GatewayClass capabilities, 2026-10. */
  gatewayApi14: "1.34.1-gke.1822000",
  gatewayApi15: "1.35.2-gke.1842000",
  /** [field] GCPBackendPolicy with IN_FLIGHT and trafficDuration; the dump of 1.33 lacks both. */
  longTraffic: "1.34.0",
  /** Any label key may select the pods of an AutoscalingMetric. */
  anySelectorKey: "1.37.0",
} as const;

/**
 * Whether a GKE version is `floor` or newer. Every number counts as a number, the one after `-gke.`
 * too; a part that is left out counts as 0.
 * @throws Error where either is not a GKE version
 */
export function atLeast(version: string, floor: string): boolean {
  const [left, right] = [numbers(version), numbers(floor)];
  for (const [i, wanted] of right.entries()) {
    const given = left[i] ?? 0;
    if (given !== wanted) return given > wanted;
  }
  return true;
}

const GKE_VERSION = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:-gke\.(\d+))?$/;

function numbers(version: string): number[] {
  const match = GKE_VERSION.exec(version);
  if (!match) {
    throw new Error(`"${version}" is not a GKE version; one looks like 1.34.1-gke.1127000`);
  }
  return match.slice(1).map((part) => Number(part ?? 0));
}

/** Minors that the binaries can behave as: their own, and three before it. */
export const EMULATED_MINORS = { oldest: 33, newest: 36 };

/**
 * The minor version of Kubernetes that a cluster's control plane behaves as: `1.34` of
 * `1.34.1-gke.1127000`. One that the binaries cannot is the nearest that they can.
 */
export function emulatedVersion(version: string): string {
  const [major = 1, minor = 0] = numbers(version);
  const { oldest, newest } = EMULATED_MINORS;
  return `${major}.${Math.min(Math.max(minor, oldest), newest)}`;
}

/** The Kubernetes version in a GKE version: `v1.34.1` of `1.34.1-gke.1127000`. */
export function kubernetesVersion(version: string): string {
  return `v${numbers(version).slice(0, 3).join(".")}`;
}
