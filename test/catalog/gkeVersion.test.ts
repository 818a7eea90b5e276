import {
  CHANNEL_DEFAULTS,
  hasGke,
  MINIMUM_GKE_VERSION,
  POD_METRICS_GKE_VERSION,
  RELEASE_CHANNELS,
} from "../../catalog/gkeVersion";

describe("what a cluster has", () => {
  test.each([
    ["1.34.1-gke.1127000", "1.34.1-gke.1127000", true],
    ["1.34.1-gke.1126999", "1.34.1-gke.1127000", false],
    ["1.34.10-gke.1", "1.34.9-gke.9999999", true],
    ["1.9.9-gke.9999999", "1.34.1-gke.1127000", false],
    ["2.0.0-gke.0", "1.35.1-gke.1396000", true],
    ["1.33", "1.34.1-gke.1127000", false],
    ["1.34", "1.34.1-gke.1127000", true],
    ["1.34", "1.35.1-gke.1396000", false],
    ["1.35", "1.35.1-gke.1396000", true],
    ["1.40", "1.35.1-gke.1396000", true],
  ])("by version %s it has what came with %s: %s", (gkeVersion, floor, expected) => {
    expect(hasGke({ gkeVersion, releaseChannel: "STABLE" }, floor)).toBe(expected);
  });

  test("by its channel it has what came with the channel's default", () => {
    const older = RELEASE_CHANNELS.filter(
      (releaseChannel) => !hasGke({ releaseChannel }, CHANNEL_DEFAULTS.REGULAR),
    );
    expect(older).toEqual(["STABLE"]);
  });

  // Neither the configuration nor a component asks what a channel's default is for anything else.
  test("by every channel it has all that this program needs", () => {
    for (const floor of [MINIMUM_GKE_VERSION, POD_METRICS_GKE_VERSION]) {
      const lacking = RELEASE_CHANNELS.filter(
        (channel) => !hasGke({ releaseChannel: channel }, floor),
      );
      expect([floor, lacking]).toEqual([floor, []]);
    }
  });

  test("what is no version is told so", () => {
    expect(() => hasGke({ gkeVersion: "latest", releaseChannel: "RAPID" }, "1.34")).toThrow(
      '"latest" is not a GKE version; expected a form such as 1.36',
    );
  });
});
