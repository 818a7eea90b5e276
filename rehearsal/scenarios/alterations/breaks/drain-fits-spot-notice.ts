import type { Break } from "./break";

export const drainFitsSpotNotice: Break = {
  policy: "drain-fits-spot-notice",
  at: { type: "kubernetes:apps/v1:Deployment", name: "gke-east" },
  change: { set: "spec.template.spec.terminationGracePeriodSeconds", to: 130 },
  says: [
    {
      resource: "gke-east",
      level: "advisory",
      message:
        "spec.template.spec.terminationGracePeriodSeconds: is 130 s, but a Spot node is gone before that; set it to " +
        "25 or less",
    },
  ],
};
