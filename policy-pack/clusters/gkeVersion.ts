import type { Dated, Resource } from "../frame";

/** What came with which version of GKE. Floors to check against, and none to ask for. */
export const SINCE = {
  /** AutoscalingMetric, by which the load balancer learns of the KV cache. */
  autoscalingMetric: "1.34.1-gke.1127000",
  /** Its shape for pods. */
  podMetrics: "1.35.1-gke.1396000",
  /** Its shape for queries. */
  queryMetrics: "1.36.4-gke.1247000",
  /** Any label key may select its pods. */
  anyLabelKey: "1.37",
} as const;

/** What a new cluster of a release channel runs that asks for no version. */
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

/** As GKE names its versions: down to its own patch, or cut off after any part but one, for the newest of them. */
const GKE_VERSION = /^(\d+)\.(\d+)(?:\.(\d+)(?:-gke\.(\d+))?)?$/;

export function isGkeVersion(text: string): boolean {
  return GKE_VERSION.test(text);
}

/** Whether it names one version, which a channel has for some months only. */
export function isFullVersion(text: string): boolean {
  return GKE_VERSION.exec(text)?.[4] !== undefined;
}

/** `1.36` of `1.36.4-gke.1391002`. */
export function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** Whether what GKE installs for `version` is `floor` or newer. Where a version is cut off, GKE takes the newest. */
export function gkeIsAtLeast(version: string, floor: string): boolean {
  const [given, least] = [numbersOf(version, Infinity), numbersOf(floor, 0)];
  const difference = given.map((number, i) => number - (least[i] ?? 0)).find((n) => n !== 0);
  return (difference ?? 0) >= 0;
}

function numbersOf(version: string, missing: number): number[] {
  const [, ...parts] = GKE_VERSION.exec(version) ?? [];
  return parts.map((part: string | undefined) => Number(part ?? missing));
}

/** What a cluster that asks for no version gets: what its channel installs; undefined where that is not known. */
export function defaultVersion(cluster: Resource): string | undefined {
  return CHANNEL_DEFAULTS[cluster.props.at("releaseChannel", "channel").text ?? ""];
}

/** What a cluster's control plane runs, once it is there; undefined where that is not known. */
export function runningVersion(cluster: Resource): string | undefined {
  const { text } = cluster.props.at("masterVersion");
  return text !== undefined && isGkeVersion(text) ? text : undefined;
}
