/**
 * Clusters and nodes run a version of GKE that has what the gateway needs, and go on to newer ones.
 *
 * @name gke-version-floor
 * @severity high
 * @level mandatory
 * @framework Reliability
 * @remediation Set minMasterVersion of the cluster to the floor or newer, and version of its node
 * pools too where it is set; set releaseChannel.channel to RAPID, REGULAR, STABLE or EXTENDED.
 * @link https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway
 */
import { clusters, clustersAndNodePools } from "../support/fleet/cloudTypes";
import { isAtLeast } from "../support/fleet/version";
import { type Finding, pending, violation } from "../support/frame/finding";
import { reliability } from "../support/frame/framework";
import { resourcePolicy } from "../support/frame/policy";
import type { Resource } from "../support/frame/resource";
import type { SettingSchema } from "../support/frame/settings";
import type { Value } from "../support/frame/value";
import { inPools, unlessAutopilot } from "../support/nodes/gkeCluster";

/** As GKE names its versions: down to the patch of its own, or cut off after any part but one. */
const GKE_VERSION = /^\d+\.\d+(\.\d+(-gke\.\d+)?)?$/;

const CHANNELS = ["RAPID", "REGULAR", "STABLE", "EXTENDED"];

/** The first version with AutoscalingMetric, by which the load balancer learns of the KV cache. */
const floorSetting: SettingSchema<string> = {
  type: "string",
  minLength: 1,
  default: "1.34.1-gke.1127000",
  description: "Oldest version of GKE that clusters and node pools may run.",
};

export const gkeVersionFloor = resourcePolicy({
  name: "gke-version-floor",
  description:
    "Clusters and nodes run a version of GKE that has what the gateway needs, and go on to " +
    "newer ones.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set minMasterVersion of the cluster to the floor or newer, and version of its node pools " +
    "too where it is set; set releaseChannel.channel to RAPID, REGULAR, STABLE or EXTENDED.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway",
  settings: { floor: floorSetting },
  settingsProblem: ({ floor }) => {
    const example = `write it as ${floorSetting.default}`;
    return GKE_VERSION.test(floor)
      ? undefined
      : `floor is "${floor}", no version of GKE; ${example}`;
  },
  judges: clustersAndNodePools,

  *judge(resource, { floor }) {
    if (clusters.matches(resource)) {
      yield* controlPlaneFindings(resource, floor);
      yield* versionFindings(resource.props.at("nodeVersion"), floor);
    }
    yield* inPools(resource, (pool) => versionFindings(pool.at("version"), floor));
  },
});

function* controlPlaneFindings(cluster: Resource, floor: string): Generator<Finding> {
  const version = cluster.props.at("minMasterVersion");
  if (version.absent) {
    const problem = `is not set, so the control plane may be older than ${floor}`;
    yield violation(version, problem, fixTo(floor));
  }
  yield* versionFindings(version, floor);
  yield* channelFindings(cluster);
}

function* versionFindings(version: Value, floor: string): Generator<Finding> {
  const given = version.text ?? "";
  if (version.unknown) {
    yield pending(version);
  } else if (version.absent) {
    return;
  } else if (!GKE_VERSION.test(given)) {
    yield violation(version, `${version} is not a version of GKE`, fixTo(floor));
  } else if (leavesOpen(given, floor)) {
    const problem = `${version} may stand for a version below ${floor}`;
    yield violation(version, problem, `write it in full, "${floor}" or newer`);
  } else if (isAtLeast(given, floor) !== true) {
    yield violation(version, `${version} is below ${floor}`, fixTo(floor));
  }
}

function* channelFindings(cluster: Resource): Generator<Finding> {
  const channel = cluster.props.at("releaseChannel", "channel");
  const fix = `set it to one of ${CHANNELS.join(", ")}`;
  if (channel.unknown) {
    yield pending(channel);
  } else if (channel.absent) {
    const problem = "is not set, so it is open which versions GKE goes on to";
    yield* unlessAutopilot(cluster, violation(channel, problem, fix));
  } else if (!CHANNELS.includes(channel.text ?? "")) {
    yield violation(channel, `${channel} is not a release channel`, fix);
  }
}

/** Whether a version is cut off where the floor goes on, as GKE then takes one of several. */
function leavesOpen(version: string, floor: string): boolean {
  return floor.startsWith(`${version}.`) || floor.startsWith(`${version}-`);
}

function fixTo(floor: string): string {
  return `set it to "${floor}" or newer`;
}
