import {
  hasGke,
  MINIMUM_GKE_VERSION,
  POD_METRICS_GKE_VERSION,
  type ReleaseChannel,
} from "../../../catalog/gkeVersion";
import type { Region } from "../../../catalog/regions";
import type { Settings } from "../../../config/schema";
import { type Finding, ok, problem, unknown } from "../finding";
import { CONTAINER } from "../google/apis";
import { allAnswered } from "../notAsked";
import { setKey, type Target } from "../target";

import type { Check } from "./check";

interface ServerConfig {
  channels?: { channel?: string; defaultVersion?: string; validVersions?: string[] }[];
}

/** What a release channel offers in a region. */
interface Offer {
  channel: ReleaseChannel;
  standard: string;
  versions: string[];
}

export const gkeVersion: Check = {
  name: "GKE version",
  asks: "whether the release channel offers the stack's version in each region",
  ask: (target) => {
    const { clusters } = target.settings;
    const regions = [...new Set(Object.values(clusters).map(({ region }) => region))];
    return allAnswered(
      target,
      regions.map((region) => async () => [await inRegion(region, target)]),
    );
  },
};

async function inRegion(region: Region, target: Target): Promise<Finding> {
  const { google, project, settings } = target;
  const { releaseChannel: channel, gkeVersion: wanted } = settings;
  const url = `${CONTAINER}/${project}/locations/${region}/serverConfig`;
  const { channels = [] } = await google.get<ServerConfig>(url);
  const ours = channels.find((each) => each.channel === channel);
  if (!ours?.defaultVersion) {
    return unknown(`${region}: GKE names no version of channel ${channel}`);
  }
  const offer = { channel, standard: ours.defaultVersion, versions: ours.validVersions ?? [] };
  return wanted === undefined
    ? ofDefault(region, offer, target)
    : ofWanted(region, wanted, offer, target);
}

/** Without a version of its own, a cluster gets the channel's default. */
function ofDefault(
  region: Region,
  { channel, standard, versions }: Offer,
  target: Target,
): Finding {
  const floor = floorOf(target.settings);
  const has = (version: string) => hasGke({ gkeVersion: version, releaseChannel: channel }, floor);
  if (has(standard)) return ok(`${region}: ${channel} installs ${standard}`);
  const found = `${region}: ${channel} installs ${standard}; the stack needs ${floor} or newer`;
  const newer = versions.find(has);
  return problem(
    found,
    newer === undefined
      ? setKey(target, "releaseChannel", channel === "RAPID" ? "REGULAR" : "RAPID")
      : setKey(target, "gkeVersion", minorOf(newer)),
  );
}

function ofWanted(
  region: Region,
  wanted: string,
  { channel, standard, versions }: Offer,
  target: Target,
): Finding {
  const isFull = wanted.includes("-gke.");
  const chosen = versions.find((version) =>
    isFull ? version === wanted : version.startsWith(`${wanted}.`),
  );
  if (chosen) return ok(`${region}: ${channel} offers ${chosen}`);
  const minors = [...new Set(versions.map(minorOf))].join(", ");
  const shown = isFull ? versions.filter((version) => minorOf(version) === minorOf(wanted)) : [];
  const offered = shown.length > 0 ? shown.join(", ") : minors;
  return problem(
    `${region}: ${channel} does not offer ${wanted}; it offers ${offered}`,
    setKey(target, "gkeVersion", minorOf(standard)),
  );
}

/** The program registers the metrics in the shape that the version of the table takes, so the real one must take it too. */
function floorOf(settings: Settings): string {
  return hasGke(settings, POD_METRICS_GKE_VERSION) ? POD_METRICS_GKE_VERSION : MINIMUM_GKE_VERSION;
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
