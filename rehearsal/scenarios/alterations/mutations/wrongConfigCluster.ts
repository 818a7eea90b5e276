import type { Membership } from "@pulumi/gcp/gkehub";

import { alter, at } from "../alter";

// The gateway's objects stay on gke-west, the feature looks at gke-east.
let east: Membership | undefined;
alter("gcp:gkehub/membership:Membership::gke-east", (_, membership) => {
  east = membership as Membership;
});
alter("gcp:gkehub/feature:Feature::cross-region-gateway-multiclusteringress", ({ props }) => {
  at(props, "spec", "multiclusteringress").configMembership = east?.id;
});
alter("kubernetes:gateway.networking.k8s.io/v1:Gateway::cross-region-gateway", ({ opts }) => {
  opts.customTimeouts = { create: "8s" };
});
