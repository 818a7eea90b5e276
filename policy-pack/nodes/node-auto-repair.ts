import { inPools } from "../clusters/gkeCluster";
import { clusters, clustersAndNodePools } from "../fleet/cloudTypes";
import {
  type Finding,
  pending,
  reliability,
  requireSwitch,
  resourcePolicy,
  type Value,
} from "../frame";

export const nodeAutoRepair = resourcePolicy({
  name: "node-auto-repair",
  description: "GKE replaces broken nodes, and upgrades nodes with their cluster.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Leave management.autoRepair and management.autoUpgrade of the node pool out or set them to " +
    "true. A cluster on a release channel takes nothing else.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/node-auto-repair",
  settings: {},
  judges: clustersAndNodePools,

  *judge(resource) {
    if (clusters.matches(resource)) {
      const autoscaling = resource.props.at("clusterAutoscaling");
      yield* managementFindings(autoscaling.at("autoProvisioningDefaults", "management"));
    }
    yield* inPools(resource, (pool) =>
      managementFindings(pool.at("management"), withoutRepairOf(pool)),
    );
  },
});

/** Kinds of capacity that GKE offers only to pools without repair. */
function withoutRepairOf(pool: Value): readonly Value[] {
  return [pool.at("nodeConfig", "flexStart"), pool.at("queuedProvisioning", "enabled")];
}

function* managementFindings(
  management: Value,
  withoutRepair: readonly Value[] = [],
): Generator<Finding> {
  const repair = management.at("autoRepair");
  const hidden = withoutRepair.find(({ unknown }) => unknown);
  if (!withoutRepair.some(({ raw }) => raw === true)) {
    const off = repair.present && repair.raw !== true;
    const consequence = "a node with a broken GPU or a full disk stays in the pool";
    yield* off && hidden !== undefined
      ? [pending(hidden)]
      : requireSwitch(repair, true, consequence);
  }
  yield* requireSwitch(management.at("autoUpgrade"), true, "nodes fall behind the control plane");
}
