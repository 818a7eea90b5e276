import { inPools } from "../clusters/gkeCluster";
import { clusters, clustersAndNodePools } from "../fleet/cloudTypes";
import { type Finding, pending, resourcePolicy, security, type Value, violation } from "../frame";

export const privateNodes = resourcePolicy({
  name: "private-nodes",
  description: "Nodes have no address that the internet can reach.",
  severity: "high",
  framework: security,
  remediationSteps:
    "Set privateClusterConfig.enablePrivateNodes of the cluster to true, and leave " +
    "networkConfig.enablePrivateNodes of its node pools out or set it to true. Such nodes reach " +
    "the internet through Cloud NAT.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation",
  settings: {},
  judges: clustersAndNodePools,

  *judge(resource) {
    if (clusters.matches(resource)) {
      yield* clusterFindings(resource.props.at("privateClusterConfig", "enablePrivateNodes"));
    }
    yield* inPools(resource, (pool) => poolFindings(pool.at("networkConfig")));
  },
});

/** Asked of Autopilot clusters too: their nodes are public where nothing is said. */
function* clusterFindings(enabled: Value): Generator<Finding> {
  const consequence = "so every node gets a public address";
  const fix = "set it to true";
  if (enabled.unknown) {
    yield pending(enabled);
  } else if (enabled.absent) {
    yield violation(enabled, `is not set, ${consequence}`, fix);
  } else if (enabled.raw !== true) {
    yield violation(enabled, `is ${enabled}, ${consequence}`, fix);
  }
}

/** A pool that does not say takes what its cluster has. */
function* poolFindings(network: Value): Generator<Finding> {
  const enabled = network.at("enablePrivateNodes");
  if (enabled.unknown) {
    yield pending(enabled);
  } else if (enabled.present && enabled.raw !== true) {
    const problem = `is ${enabled}, so every node of this pool gets a public address`;
    yield violation(enabled, problem, "remove it or set it to true");
  }
}
