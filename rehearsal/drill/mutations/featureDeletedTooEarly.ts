import { Feature } from "@pulumi/gcp/gkehub";

import { alter } from "../alter";

// Without the edge, `destroy` takes the feature away beside the Gateway, not after it.
alter("kubernetes:gateway.networking.k8s.io/v1:Gateway::cross-region-gateway", ({ opts }) => {
  opts.dependsOn = opts.dependsOn?.filter((resource) => !Feature.isInstance(resource));
});
