import { inNodeConfigs, unlessAutopilot } from "../clusters/gkeCluster";
import { clusters, clustersAndNodePools, nodePools } from "../fleet/cloudTypes";
import {
  correct,
  ensure,
  type Finding,
  pending,
  requireSwitch,
  requireValue,
  type Resource,
  resourcePolicy,
  security,
  type Value,
} from "../frame";

const FIX = "set it to true";

export const shieldedNodes = resourcePolicy({
  name: "shielded-nodes",
  description: "Nodes start only what is signed, and prove to the cluster which machine they are.",
  severity: "medium",
  framework: security,
  remediationSteps:
    "Leave enableShieldedNodes of the cluster out or set it to true, and set enableSecureBoot in " +
    "shieldedInstanceConfig of each pool's nodeConfig to true. That replaces an existing pool. " +
    "Autopilot clusters have both.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes",
  settings: {},
  judges: clustersAndNodePools,

  *judge(resource) {
    if (clusters.matches(resource)) {
      const shielded = resource.props.at("enableShieldedNodes");
      yield* requireSwitch(shielded, true, "any machine may pass for a node", FIX);
      yield* autoProvisionedFindings(resource);
    }
    yield* inNodeConfigs(resource, (nodeConfig) => {
      return instanceFindings(nodeConfig.at("shieldedInstanceConfig"));
    });
  },

  *remedy(resource) {
    if (clusters.matches(resource)) {
      yield* correct(resource.props.at("enableShieldedNodes"), true);
    }
    // A change of a cluster's own `nodeConfig` would replace the cluster.
    if (nodePools.matches(resource)) {
      const instance = resource.props.at("nodeConfig", "shieldedInstanceConfig");
      yield* ensure(instance.at("enableSecureBoot"), true);
      yield* correct(instance.at("enableIntegrityMonitoring"), true);
    }
  },
});

function* instanceFindings(instance: Value): Generator<Finding> {
  const secureBoot = instance.at("enableSecureBoot");
  const consequence = "nodes start unsigned drivers and boot loaders too";
  yield* requireValue(secureBoot, {
    whenAbsent: `is not set, so ${consequence}`,
    allowed: [true],
    whenWrong: `is ${secureBoot}, so ${consequence}`,
    fix: FIX,
  });
  const monitoring = instance.at("enableIntegrityMonitoring");
  const unseen = "a node that boots changed software goes unnoticed";
  yield* requireSwitch(monitoring, true, unseen, FIX);
}

/** Pools that GKE creates by auto-provisioning, with settings of the cluster. */
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
