import { alter } from "../alter";

// The feature keeps the membership of the config cluster alone.
alter("gcp:gkehub/feature:Feature::cross-region-gateway-multiclusteringress", ({ opts }) => {
  opts.dependsOn = [];
});
