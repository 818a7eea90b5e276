import type { Break } from "./break";

/** A second policy, for what was to be the other kind of pool. */
export const policyTargetKnown: Break = {
  policy: "policy-target-known",
  at: {
    type: "kubernetes:networking.gke.io/v1:GCPBackendPolicy",
    name: "cross-region-gateway-backend-policy",
  },
  change: {
    duplicate: "stray-backend-policy",
    set: { "metadata.name": "stray", "spec.targetRef.kind": "GCPInferencePoolImports" },
  },
  says: [
    {
      resource: "stray-backend-policy",
      message:
        'spec.targetRef.kind: "GCPInferencePoolImports" is nothing that such a policy attaches to; did you mean ' +
        "GCPInferencePoolImport?",
    },
  ],
};
