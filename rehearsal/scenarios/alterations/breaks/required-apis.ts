import type { Break } from "./break";

const SERVICE = "gcp:projects/service:Service";

export const requiredApis: Break = {
  policy: "required-apis",
  at: { type: SERVICE, name: "apis-trafficdirector" },
  change: { drop: true },
  says: [
    {
      resource: "cross-region-gateway-multiclusteringress",
      message:
        'name: "multiclusteringress" needs APIs that this stack does not enable: trafficdirector.googleapis.com; ' +
        "add a gcp.projects.Service for each",
    },
  ],
};

export const lastingApis: Break = {
  policy: "required-apis",
  at: { type: SERVICE, name: "apis-compute" },
  change: { set: "disableOnDestroy", to: true },
  says: [
    {
      resource: "apis-compute",
      message:
        "disableOnDestroy: destroying this stack takes compute.googleapis.com from everybody in the project; set it to " +
        "false",
    },
  ],
};
