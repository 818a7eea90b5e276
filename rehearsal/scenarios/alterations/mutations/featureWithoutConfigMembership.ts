import { alter } from "../alter";

alter("gcp:gkehub/feature:Feature::cross-region-gateway-multiclusteringress", ({ props }) => {
  delete props.spec;
});
