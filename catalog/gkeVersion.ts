import type { Dated } from "./dated";

/** First GKE version whose load balancer takes custom metrics. A floor for checks; no cluster asks for it. */
export const MINIMUM_GKE_VERSION = "1.34.1-gke.1127000";
/** First GKE version that takes AutoscalingMetric in shape B (`spec.metrics[].pod`). A floor as well. */
export const POD_METRICS_GKE_VERSION = "1.35.1-gke.1396000";

export const RELEASE_CHANNELS = ["RAPID", "REGULAR", "STABLE", "EXTENDED"] as const;

export type ReleaseChannel = (typeof RELEASE_CHANNELS)[number];

/** The version of a new cluster that asks for none. It rises every few weeks and never falls. */
export const CHANNEL_DEFAULTS: Record<ReleaseChannel, string> = {
  RAPID: "1.36.4-gke.2046002",
  REGULAR: "1.36.4-gke.1391002",
  STABLE: "1.35.6-gke.1250000",
  EXTENDED: "1.36.4-gke.1391002",
};

export const CHANNEL_DEFAULTS_DATED: Dated = {
  title: "GKE version that each release channel installs",
  source:
    "GKE release notes 2026-R43, https://docs.cloud.google.com/kubernetes-engine/docs/release-notes (Stable: as " +
    "2026-R38 of 2026-09-08 left it)",
  asOf: "2026-10-08",
  goodForMonths: 6,
};

/** The version that a cluster asks GKE for. */
export interface GkeRelease {
  /** A minor such as `1.36`, of which GKE takes the newest version, or a full version. @default the channel's default */
  gkeVersion?: string;
  releaseChannel: ReleaseChannel;
}

/** A minor, or a full version with GKE's own build. */
export const GKE_VERSION = /^([1-9]\d?)\.(0|[1-9]\d{0,2})(?:\.(0|[1-9]\d{0,3})-gke\.(\d{1,9}))?$/;

/**
 * Whether a cluster has what came with a version of GKE. A minor has all that came with any version of it: GKE installs
 * its newest, and no channel offers the floors of this file any more.
 * @throws Error if the cluster asks for an invalid version
 */
export function hasGke({ gkeVersion, releaseChannel }: GkeRelease, floor: string): boolean {
  const version = gkeVersion ?? CHANNEL_DEFAULTS[releaseChannel];
  const [ours, least] = [parts(version), parts(floor)];
  const differs = ours.findIndex((part, i) => part !== least[i]);
  return differs < 0 || (ours[differs] ?? 0) > (least[differs] ?? 0);
}

function parts(version: string): number[] {
  const match = GKE_VERSION.exec(version);
  if (!match) throw new Error(`"${version}" is not a GKE version; expected a form such as 1.36`);
  const [, major, minor, patch = Infinity, build = Infinity] = match;
  return [major, minor, patch, build].map(Number);
}
