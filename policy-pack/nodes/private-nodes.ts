import { inPools } from "../clusters/gkeCluster";
import { clusters, clustersAndNodePools } from "../fleet/cloudTypes";
import {
  type Finding,
  requireSwitch,
  requireValue,
  resourcePolicy,
  security,
  type Value,
} from "../frame";

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
    // A pool that does not set it inherits it from its cluster.
    yield* inPools(resource, (pool) => {
      const enabled = pool.at("networkConfig", "enablePrivateNodes");
      return requireSwitch(enabled, true, "every node of this pool gets a public address");
    });
  },
});

/** Autopilot clusters are judged too: their nodes are public by default. */
function clusterFindings(enabled: Value): Iterable<Finding> {
  const consequence = "so every node gets a public address";
  return requireValue(enabled, {
    whenAbsent: `is not set, ${consequence}`,
    allowed: [true],
    whenWrong: `is ${enabled}, ${consequence}`,
    fix: "set it to true",
  });
}
