import type { Break } from "./break";

export const gatewayControllerRole: Break = {
  policy: "gateway-controller-role",
  at: { type: "gcp:projects/iAMMember:IAMMember", name: "apis-multiclusteringress-agent-role" },
  change: { set: "role", to: "roles/container.viewer" },
  says: [
    {
      resource: "cross-region-gateway-multiclusteringress",
      message:
        "name: nothing gives roles/container.admin to its service agent, " +
        "service-<project number>@gcp-sa-multiclusteringress.iam.gserviceaccount.com, so no gateway is ever " +
        "programmed; give it with an IAM member to the gcp.projects.ServiceIdentity of multiclusteringress.googleapis.com",
    },
  ],
};
