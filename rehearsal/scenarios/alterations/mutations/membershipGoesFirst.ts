import { alter } from "../alter";

// Nothing keeps the membership of gke-east while its pool is exported.
alter("kubernetes:inference.networking.k8s.io/v1:InferencePool::gke-east-pool", ({ opts }) => {
  opts.dependsOn = [];
});
alter("gcp:gkehub/feature:Feature::cross-region-gateway-multiclusteringress", ({ opts }) => {
  opts.dependsOn = [];
});
// The Gateway does not go in time, so that pools stay; what does not hang on them goes.
alter("kubernetes:gateway.networking.k8s.io/v1:Gateway::cross-region-gateway", ({ opts }) => {
  opts.customTimeouts = { ...opts.customTimeouts, delete: "2s" };
});
