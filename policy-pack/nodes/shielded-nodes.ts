import { inNodeConfigs, unlessAutopilot } from "../clusters/gkeCluster";
import { clusters, clustersAndNodePools, nodePools } from "../fleet/cloudTypes";
import {
  type Edit,
  type Finding,
  pending,
  type Resource,
  resourcePolicy,
  security,
  set,
  type Value,
  violation,
} from "../frame";

export const shieldedNodes = resourcePolicy({
  name: "shielded-nodes",
  description: "Nodes start only what is signed, and prove to the cluster which machine they are.",
  severity: "medium",
  framework: security,
  remediationSteps:
    "Leave enableShieldedNodes of the cluster out or set it to true, and set enableSecureBoot in " +
    "shieldedInstanceConfig of each pool's nodeConfig to true. A pool that exists is replaced by " +
    "that. Autopilot clusters have both.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes",
  settings: {},
  judges: clustersAndNodePools,

  *judge(resource) {
    if (clusters.matches(resource)) {
      const shielded = resource.props.at("enableShieldedNodes");
      yield* notOffFindings(shielded, "any machine may pass for a node");
      yield* autoProvisionedFindings(resource);
    }
    yield* inNodeConfigs(resource, (nodeConfig) => {
      return instanceFindings(nodeConfig.at("shieldedInstanceConfig"));
    });
  },

  *remedy(resource) {
    if (clusters.matches(resource)) {
      yield* notOffEdits(resource.props.at("enableShieldedNodes"));
    }
    // A change of a cluster's own `nodeConfig` would replace the cluster.
    if (nodePools.matches(resource)) {
      const instance = resource.props.at("nodeConfig", "shieldedInstanceConfig");
      const secureBoot = instance.at("enableSecureBoot");
      yield* secureBoot.absent ? [set(secureBoot, true)] : notOffEdits(secureBoot);
      yield* notOffEdits(instance.at("enableIntegrityMonitoring"));
    }
  },
});

function* instanceFindings(instance: Value): Generator<Finding> {
  const secureBoot = instance.at("enableSecureBoot");
  const consequence = "nodes start unsigned drivers and boot loaders too";
  if (secureBoot.absent) {
    yield violation(secureBoot, `is not set, so ${consequence}`, "set it to true");
  }
  yield* notOffFindings(secureBoot, consequence);
  const monitoring = instance.at("enableIntegrityMonitoring");
  yield* notOffFindings(monitoring, "nobody sees that a node starts anything else than before");
}

/** Pools that GKE makes on its own, with the settings that the cluster gives for them. */
function* autoProvisionedFindings(cluster: Resource): Generator<Finding> {
  const autoscaling = cluster.props.at("clusterAutoscaling");
  const enabled = autoscaling.at("enabled");
  if (enabled.unknown) {
    yield pending(enabled);
  } else if (enabled.raw === true) {
    const instance = autoscaling.at("autoProvisioningDefaults", "shieldedInstanceConfig");
    for (const finding of instanceFindings(instance)) {
      yield* unlessAutopilot(cluster, finding);
    }
  }
}

/** Of a switch that is on where nothing is said. */
function* notOffFindings(on: Value, consequence: string): Generator<Finding> {
  if (on.unknown) {
    yield pending(on);
  } else if (on.present && on.raw !== true) {
    yield violation(on, `is ${on}, so ${consequence}`, "set it to true");
  }
}

function* notOffEdits(on: Value): Generator<Edit> {
  if (on.present && on.raw !== true) {
    yield set(on, true);
  }
}
