import { CHANNEL_DEFAULTS, GKE_VERSION, hasGke, MINIMUM_GKE_VERSION } from "../catalog/gkeVersion";

/** The versions that a cluster may ask for; undefined if this one is allowed. */
export function gkeVersionProblem(version: string): string | undefined {
  const isVersion = GKE_VERSION.test(version);
  if (
    isVersion &&
    hasGke({ gkeVersion: version, releaseChannel: "REGULAR" }, MINIMUM_GKE_VERSION)
  ) {
    return undefined;
  }
  const newest = CHANNEL_DEFAULTS.REGULAR;
  const full = isVersion
    ? `a full version from ${MINIMUM_GKE_VERSION} on`
    : `a full version of the form x.y.z-gke.n, such as ${newest}`;
  const forms =
    `a minor from ${minorOf(MINIMUM_GKE_VERSION)} on, such as ${minorOf(newest)}; ${full}; ` +
    "or nothing for the channel's default";
  // Without quotes, YAML reads 1.40 as the number 1.4.
  return /^\d\.\d$/.test(version) ? `${forms}; in quotes, as YAML reads 1.40 as 1.4` : forms;
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
