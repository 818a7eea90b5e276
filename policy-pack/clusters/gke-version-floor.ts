import { clusters, clustersAndNodePools } from "../fleet/cloudTypes";
import {
  advice,
  allOn,
  asAsked,
  type Finding,
  reliability,
  requireValue,
  type Resource,
  type SettingSchema,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { inPools, requireOfStandard } from "./gkeCluster";
import {
  CHANNEL_DEFAULTS,
  defaultVersion,
  gkeIsAtLeast,
  isFullVersion,
  isGkeVersion,
  minorOf,
  runningVersion,
  SINCE,
} from "./gkeVersion";

const CHANNELS = Object.keys(CHANNEL_DEFAULTS);

const floorSetting: SettingSchema<string> = {
  type: "string",
  minLength: 1,
  default: SINCE.autoscalingMetric,
  description: "Oldest version of GKE that clusters and node pools may run.",
};

export const gkeVersionFloor = stackPolicy({
  name: "gke-version-floor",
  description:
    "Clusters and nodes run a version of GKE that has what the gateway needs, and GKE upgrades " +
    "them.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set minMasterVersion of the cluster to a minor version from the floor's on, or leave it out " +
    "on a channel that installs a newer one; leave version of its node pools out; set " +
    "releaseChannel.channel to RAPID, REGULAR, STABLE or EXTENDED.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway",
  settings: { floor: floorSetting },
  settingsProblem: ({ floor }) => {
    const example = `write it as ${floorSetting.default}`;
    return isGkeVersion(floor)
      ? undefined
      : `floor is "${floor}", which is not a version of GKE; ${example}`;
  },

  *judge(stack, { floor }) {
    for (const resource of stack.select(clustersAndNodePools)) {
      yield* allOn(resource, resourceFindings(resource, floor));
    }
  },
});

/** The versions that the program asks for, and the control plane's, which only GKE knows. */
function* resourceFindings(resource: Resource, floor: string): Generator<Finding> {
  const asked = asAsked(resource);
  const ofNodes = "leave it out: nodes follow the control plane";
  if (clusters.matches(asked)) {
    yield* controlPlaneFindings(asked, runningVersion(resource), floor);
    yield* channelFindings(asked);
    yield* versionFindings(asked.props.at("nodeVersion"), floor, ofNodes);
  }
  yield* inPools(asked, (pool) => versionFindings(pool.at("version"), floor, ofNodes));
}

function* controlPlaneFindings(
  cluster: Resource,
  running: string | undefined,
  floor: string,
): Generator<Finding> {
  const version = cluster.props.at("minMasterVersion");
  const given = version.text ?? "";
  const installed = defaultVersion(cluster);
  const fix = `write a minor version such as "${minorOf(floor)}", or a newer one`;
  yield* versionFindings(version, floor, fix);
  const unasked = version.absent ? (running ?? installed) : undefined;
  if (unasked !== undefined && !gkeIsAtLeast(unasked, floor)) {
    const from = running === undefined ? "cluster's channel installs" : "cluster runs";
    const problem = `is not set, and the ${from} ${unasked}, which is below ${floor}`;
    yield violation(version, problem, fix);
  } else if (installed !== undefined && isFullVersion(given) && gkeIsAtLeast(given, floor)) {
    const problem =
      `${version} is an exact version, which a channel offers for some months only: after them ` +
      "GKE refuses to create this cluster again";
    yield advice(version, problem, `write "${minorOf(given)}", or leave it out`);
  }
}

function versionFindings(version: Value, floor: string, fix: string): Iterable<Finding> {
  const given = version.text ?? "";
  const isBelow = isGkeVersion(given) && !gkeIsAtLeast(given, floor);
  const tooOld = isBelow ? `${version} is below ${floor}` : undefined;
  const whenWrong = isGkeVersion(given) ? tooOld : `${version} is not a version of GKE`;
  return requireValue(version, { whenWrong, fix });
}

function channelFindings(cluster: Resource): Iterable<Finding> {
  const channel = cluster.props.at("releaseChannel", "channel");
  return requireOfStandard(cluster, channel, {
    whenAbsent: "is not set, so it is not clear which versions GKE upgrades to",
    allowed: CHANNELS,
    whenWrong: `${channel} is not a release channel`,
    fix: `set it to one of ${CHANNELS.join(", ")}`,
  });
}
