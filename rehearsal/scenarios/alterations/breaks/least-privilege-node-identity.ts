import type { Break } from "./break";

export const leastPrivilegeNodeIdentity: Break = {
  policy: "least-privilege-node-identity",
  at: { type: "gcp:projects/iAMMember:IAMMember", name: "nodes-monitoring.viewer" },
  change: { set: "role", to: "roles/editor" },
  says: [
    {
      resource: "nodes-monitoring.viewer",
      message:
        'role: "roles/editor" is more than the service account of nodes may have; take it away; allowed are ' +
        "roles/artifactregistry.reader, roles/autoscaling.metricsWriter, roles/container.defaultNodeServiceAccount, " +
        "roles/logging.logWriter, roles/monitoring.metricWriter, roles/monitoring.viewer, " +
        "roles/stackdriver.resourceMetadata.writer",
    },
  ],
};

export const ownNodeIdentity: Break = {
  policy: "least-privilege-node-identity",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-gpu" },
  change: { unset: "nodeConfig.serviceAccount" },
  says: [
    {
      resource: "gke-east-gpu",
      message:
        "nodeConfig.serviceAccount: is not set, so nodes run as Compute Engine's default account, which the whole " +
        "project shares; set it to the email of a service account that is made for nodes",
    },
  ],
};
