import { CHANNEL_DEFAULTS, GKE_VERSION, hasGke, MINIMUM_GKE_VERSION } from "../catalog/gkeVersion";

/** The versions that a cluster may ask for; undefined if this one is allowed. */
export function gkeVersionProblem(version: string): string | undefined {
  if (
    GKE_VERSION.test(version) &&
    hasGke({ gkeVersion: version, releaseChannel: "REGULAR" }, MINIMUM_GKE_VERSION)
  ) {
    return undefined;
  }
  const [minor] = /^\d+\.\d+/.exec(CHANNEL_DEFAULTS.REGULAR) ?? [];
  const [oldest] = /^\d+\.\d+/.exec(MINIMUM_GKE_VERSION) ?? [];
  const forms = `a minor from ${oldest} on, such as ${minor}, or nothing for the channel's default`;
  // Without quotes, YAML reads 1.40 as the number 1.4.
  return /^\d\.\d$/.test(version) ? `${forms}; in quotes, as YAML reads 1.40 as 1.4` : forms;
}
