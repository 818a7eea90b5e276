import { Dated } from "../../dated";
import { badRequest } from "../errors";

export const OFFERED_DATED: Dated = {
  title: "GKE versions on offer in each channel",
  source:
    "GKE release notes 2026-R43, https://docs.cloud.google.com/kubernetes-engine/docs/release-notes",
  asOf: "2026-10-08",
  goodForMonths: 3,
};

export const CHANNELS = ["RAPID", "REGULAR", "STABLE", "EXTENDED"] as const;
export type Channel = (typeof CHANNELS)[number];

interface Offer {
  /** Newest first. */
  versions: string[];
  default: string;
}

const REGULAR: Offer = {
  versions: [
    "1.36.4-gke.1495002",
    "1.36.4-gke.1391002",
    "1.36.4-gke.1391000",
    "1.36.4-gke.1247000",
    "1.35.8-gke.1626001",
    "1.35.8-gke.1439001",
    "1.35.8-gke.1380001",
    "1.34.11-gke.1209000",
    "1.34.11-gke.1102000",
  ],
  default: "1.36.4-gke.1391002",
};

/**
 * GKE versions on offer, newest first, by Google's release notes of each channel:
 * what 2026-R43 adds, deprecates (it is still there) and upgrades to. An older note withdrew
 * everything else, 1.34.1-gke.1127000 in 2025-10-15 (2025-R43).
 * Not settled: builds that came between the notes of 2026-09-23 and of 2026-10-08, and STABLE's
 * default, which is of 2026-09-08 and which the notes of 09-23 and 10-08 leave as it is. The answer
 * of `gcloud container get-server-config` settles both.
 */
const OFFERED: Record<Channel, Offer> = {
  RAPID: {
    versions: [
      "1.37.1-gke.1552000",
      "1.36.4-gke.2326000",
      "1.36.4-gke.2304000",
      "1.36.4-gke.2202002",
      "1.36.4-gke.2046002",
      "1.36.4-gke.2046000",
      "1.35.8-gke.1919000",
      "1.35.8-gke.1796000",
      "1.34.12-gke.1153000",
      "1.34.12-gke.1011000",
    ],
    default: "1.36.4-gke.2046002",
  },
  REGULAR,
  STABLE: {
    versions: [
      "1.35.6-gke.1250000",
      "1.34.11-gke.1056000",
      "1.34.11-gke.1044000",
      "1.34.10-gke.1328000",
    ],
    default: "1.35.6-gke.1250000",
  },
  EXTENDED: {
    versions: [
      ...REGULAR.versions,
      "1.33.13-gke.1915000",
      "1.33.13-gke.1721000",
      "1.32.13-gke.2662000",
      "1.32.13-gke.2504000",
      "1.31.14-gke.2925000",
      "1.31.14-gke.2759000",
    ],
    default: REGULAR.default,
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
 * @param wanted an exact version, a prefix at a dot (`1.34`) for its newest version, `latest`, or
 * `-` and nothing for the channel's default
 * @param channel `UNSPECIFIED` is offered every version
 */
export function chooseVersion(wanted: string | undefined, channel: string): string {
  const versions = isChannel(channel) ? OFFERED[channel].versions : ALL_VERSIONS;
  const standard = OFFERED[isChannel(channel) ? channel : "REGULAR"].default;
  if (wanted === undefined || wanted === "" || wanted === "-") return standard;
  if (wanted === "latest") return versions[0] ?? standard;
  if (!wanted.includes("-gke.")) return withPrefix(wanted, versions);
  if (versions.includes(wanted)) return wanted;
  throw badRequest(
    isChannel(channel)
      ? `Master version must be one of "${channel}" channel supported versions ` +
          `[${[...versions].reverse().join(", ")}].`
      : `Master version "${wanted}" is unsupported.`,
  );
}

/** @throws unless GKE upgrades a control plane from one version to the other */
export function checkUpgrade(from: string, to: string): void {
  const refuse = (why: string) => badRequest(`Master cannot be upgraded to "${to}": ${why}.`);
  if (compareVersions(to, from) < 0) throw refuse(`cannot downgrade from "${from}"`);
  const minors = minorOf(to) - minorOf(from);
  if (minors > 1) throw refuse("cannot upgrade the master more than a minor version at a time");
}

function minorOf(version: string): number {
  return Number(version.split(".")[1]);
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
