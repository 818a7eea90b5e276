import type { Break } from "./break";

export const oneVpc: Break = {
  policy: "one-vpc",
  at: { type: "gcp:container/cluster:Cluster", name: "gke-east" },
  change: { set: "network", to: "default" },
  says: [
    {
      resource: "gke-east",
      message:
        "network: cluster gke-east is in VPC my-project-dev/default, but cluster gke-west is in VPC network; put both " +
        "in the same VPC",
    },
  ],
};
