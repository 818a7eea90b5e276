import { badRequest } from "../errors";

export const CHANNELS = ["RAPID", "REGULAR", "STABLE", "EXTENDED"] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * GKE versions on offer, newest first; the first that is not a preview is a channel's default.
 * Versions: those that Google's documentation of the Inference Gateway and of AutoscalingMetric
 * names, 2026-08. Which channel offers which of them is a choice of this table: the real list
 * changes weekly.
 */
const OFFERED: Record<Channel, { versions: string[]; default: string }> = {
  RAPID: {
    versions: [
      "1.37.0-gke.3100000",
      "1.36.4-gke.1247000",
      "1.35.2-gke.1842000",
      "1.35.1-gke.1396002",
      "1.35.1-gke.1396000",
      "1.34.1-gke.1822000",
      "1.34.1-gke.1127000",
      "1.34.0-gke.1626000",
    ],
    default: "1.35.2-gke.1842000",
  },
  REGULAR: {
    versions: [
      "1.35.1-gke.1396002",
      "1.35.1-gke.1396000",
      "1.34.1-gke.1822000",
      "1.34.1-gke.1127000",
    ],
    default: "1.34.1-gke.1822000",
  },
  STABLE: { versions: ["1.34.1-gke.1822000", "1.34.1-gke.1127000"], default: "1.34.1-gke.1127000" },
  EXTENDED: {
    versions: ["1.34.1-gke.1822000", "1.34.1-gke.1127000"],
    default: "1.34.1-gke.1127000",
  },
};

/** Every version that some channel offers, newest first. */
const ALL_VERSIONS = [...new Set(CHANNELS.flatMap((channel) => OFFERED[channel].versions))].sort(
  (a, b) => compareVersions(b, a),
);

export function compareVersions(a: string, b: string): number {
  const numbers = (version: string) => version.split(/\D+/).map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The version that GKE installs for what a program asked for.
 * @param wanted an exact version, a prefix at a dot (`1.34`), `latest`, or `-` and nothing for the
 * channel's default
 * @param channel `UNSPECIFIED` is offered every version
 */
export function chooseVersion(wanted: string | undefined, channel: string): string {
  const versions = isChannel(channel) ? OFFERED[channel].versions : ALL_VERSIONS;
  const standard = OFFERED[isChannel(channel) ? channel : "REGULAR"].default;
  if (wanted === undefined || wanted === "" || wanted === "-") return standard;
  if (wanted === "latest") return versions[0] ?? standard;
  if (!wanted.includes("-gke.")) return withPrefix(wanted, versions);
  if (versions.includes(wanted)) return wanted;
  if (!ALL_VERSIONS.includes(wanted))
    throw badRequest(`Master version "${wanted}" is unsupported.`);
  throw badRequest(
    `Master version must be one of "${channel}" channel supported versions ` +
      `[${versions.join(", ")}].`,
  );
}

function withPrefix(prefix: string, versions: string[]): string {
  const found = versions.find((v) => v.startsWith(`${prefix}.`) || v.startsWith(`${prefix}-`));
  if (found === undefined) throw badRequest(`No valid versions with the prefix "${prefix}" found.`);
  return found;
}

/** What the container API's `getServerConfig` answers. */
export function serverConfig() {
  return {
    defaultClusterVersion: OFFERED.REGULAR.default,
    validMasterVersions: ALL_VERSIONS,
    validNodeVersions: ALL_VERSIONS,
    channels: CHANNELS.map((channel) => ({
      channel,
      defaultVersion: OFFERED[channel].default,
      validVersions: OFFERED[channel].versions,
      upgradeTargetVersion: OFFERED[channel].default,
    })),
  };
}

function isChannel(name: string): name is Channel {
  return (CHANNELS as readonly string[]).includes(name);
}
