import { inNodeConfigs, requireOfStandard } from "../clusters/gkeCluster";
import { clusters, clustersAndNodePools, nodePools } from "../fleet/cloudTypes";
import {
  ensure,
  type Finding,
  requireValue,
  type Resource,
  resourcePolicy,
  security,
  set,
  type Value,
} from "../frame";

const METADATA_SERVER = "GKE_METADATA";

/** A project id. A number also names a project, but not a workload pool. */
const PROJECT_ID = /^[a-z][a-z0-9-]*$/;

export const workloadIdentity = resourcePolicy({
  name: "workload-identity",
  description: "Pods get identities of their own from Google Cloud, not the one of their node.",
  severity: "high",
  framework: security,
  remediationSteps:
    "Set workloadIdentityConfig.workloadPool of the cluster to PROJECT_ID.svc.id.goog, and " +
    "workloadMetadataConfig.mode of each pool's nodeConfig to GKE_METADATA; leave " +
    "disable-legacy-endpoints out of its metadata. Autopilot clusters have both.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
  settings: {},
  judges: clustersAndNodePools,

  *judge(resource) {
    if (clusters.matches(resource)) {
      yield* poolFindings(resource);
    }
    yield* inNodeConfigs(resource, function* (nodeConfig) {
      yield* metadataFindings(nodeConfig);
      if (!nodeConfig.unknown) {
        yield* legacyFindings(nodeConfig.at("metadata", "disable-legacy-endpoints"));
      }
    });
  },

  *remedy(resource) {
    const { props } = resource;
    const only = onlyPoolOf(resource);
    const pool = props.at("workloadIdentityConfig", "workloadPool");
    const autopilot = props.at("enableAutopilot");
    // Only this changes a cluster in place; a change of its `nodeConfig` would replace it.
    if (clusters.matches(resource) && only !== undefined && !autopilot.unknown) {
      if ((pool.absent && autopilot.raw !== true) || (pool.present && pool.raw !== only)) {
        yield set(pool, only);
      }
    }
    const mode = props.at("nodeConfig", "workloadMetadataConfig", "mode");
    yield* nodePools.matches(resource) ? ensure(mode, METADATA_SERVER) : [];
  },
});

function poolFindings(cluster: Resource): Iterable<Finding> {
  const pool = cluster.props.at("workloadIdentityConfig", "workloadPool");
  const only = onlyPoolOf(cluster);
  const isRight = only === undefined ? isPool(pool) : pool.raw === only;
  const allowed = only === undefined ? "a workload pool" : "the pool of the cluster's project";
  return requireOfStandard(cluster, pool, {
    whenAbsent: "is not set, so pods act as their node, and no multi-cluster gateway works",
    whenWrong: isRight ? undefined : `${pool} is not ${allowed}`,
    fix: `set it to "${only ?? "PROJECT_ID.svc.id.goog"}"`,
  });
}

function metadataFindings(nodeConfig: Value): Iterable<Finding> {
  const mode = nodeConfig.at("workloadMetadataConfig", "mode");
  return requireValue(mode, {
    whenAbsent:
      "is not set, so pods act as their node in a pool that is older than the workload pool",
    allowed: [METADATA_SERVER],
    whenWrong: `is ${mode}, so pods act as their node`,
    fix: `set it to "${METADATA_SERVER}"`,
  });
}

/**
 * Disabled by default since GKE 1.12. They do not require the header that protects other metadata.
 */
function legacyFindings(off: Value): Iterable<Finding> {
  const isOn = off.raw === false || off.text?.toLowerCase() === "false";
  const problem = `is ${off}, so pods may read their node's credentials without the usual header`;
  const fix = 'remove it or set it to "true"';
  return requireValue(off, { whenWrong: isOn ? problem : undefined, fix });
}

/**
 * The only workload pool that GKE takes: that of the cluster's project, which the cluster or its
 * provider sets.
 */
function onlyPoolOf(cluster: Resource): string | undefined {
  const own = cluster.props.at("project");
  const project = own.absent ? cluster.provider?.props.at("project").text : own.text;
  return PROJECT_ID.test(project ?? "") ? `${project}.svc.id.goog` : undefined;
}

function isPool(pool: Value): boolean {
  return /^[a-z0-9.:-]+\.svc\.id\.goog$/.test(pool.text ?? "");
}
