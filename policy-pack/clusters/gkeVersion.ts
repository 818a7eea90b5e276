import type { Dated, Resource } from "../frame";

/**
 * Versions of GKE that introduced a feature. They are floors to compare with, not versions to ask
 * for.
 */
export const SINCE = {
  /** AutoscalingMetric, which reports the KV cache to the load balancer. */
  autoscalingMetric: "1.34.1-gke.1127000",
  /** Its shape for pods. */
  podMetrics: "1.35.1-gke.1396000",
  /** Its shape for queries. */
  queryMetrics: "1.36.4-gke.1247000",
  /** Any label key may select its pods. */
  anyLabelKey: "1.37",
} as const;

/** Version of a new cluster of a release channel that asks for no version. */
export const CHANNEL_DEFAULTS: Readonly<Record<string, string>> = {
  RAPID: "1.36.4-gke.2046002",
  REGULAR: "1.36.4-gke.1391002",
  STABLE: "1.35.6-gke.1250000",
  EXTENDED: "1.36.4-gke.1391002",
};

export const CHANNEL_DEFAULTS_DATED: Dated = {
  title: "What GKE's release channels install, and what came with which version",
  source:
    "GKE release notes 2026-R43, https://docs.cloud.google.com/kubernetes-engine/docs/release-notes; GKE " +
    "documentation of AutoscalingMetric",
  asOf: "2026-10-08",
  goodForMonths: 6,
};

/**
 * A version of GKE, in full or shortened to any part after the major one; GKE takes the newest that
 * fits a short one.
 */
const GKE_VERSION = /^(\d+)\.(\d+)(?:\.(\d+)(?:-gke\.(\d+))?)?$/;

export function isGkeVersion(text: string): boolean {
  return GKE_VERSION.test(text);
}

/** Whether it names an exact version, which a channel offers for some months only. */
export function isFullVersion(text: string): boolean {
  return GKE_VERSION.exec(text)?.[4] !== undefined;
}

/** `1.36` of `1.36.4-gke.1391002`. */
export function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/**
 * Whether GKE installs `floor` or newer for `version`. For a shortened version GKE takes the newest
 * that fits.
 */
export function gkeIsAtLeast(version: string, floor: string): boolean {
  const [given, least] = [numbersOf(version, Infinity), numbersOf(floor, 0)];
  const difference = given.map((number, i) => number - (least[i] ?? 0)).find((n) => n !== 0);
  return (difference ?? 0) >= 0;
}

function numbersOf(version: string, missing: number): number[] {
  const [, ...parts] = GKE_VERSION.exec(version) ?? [];
  return parts.map((part: string | undefined) => Number(part ?? missing));
}

/** The version that a cluster gets from its channel if it asks for none; undefined if not known. */
export function defaultVersion(cluster: Resource): string | undefined {
  return CHANNEL_DEFAULTS[cluster.props.at("releaseChannel", "channel").text ?? ""];
}

/** Version of an existing cluster's control plane; undefined if not known. */
export function runningVersion(cluster: Resource): string | undefined {
  const { text } = cluster.props.at("masterVersion");
  return text !== undefined && isGkeVersion(text) ? text : undefined;
}
