import type { Break } from "./break";

export const podsRestricted: Break = {
  policy: "pods-restricted",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east" },
  change: {
    set: "spec.template.spec.containers.0.securityContext.allowPrivilegeEscalation",
    to: true,
  },
  says: [
    {
      resource: "gke-east",
      level: "advisory",
      message:
        "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation: true, so a process may get more " +
        "rights than the server has; set it to false",
    },
  ],
};
