import { EXPORT_ANNOTATION } from "../fleet/annotations";
import { inferencePools } from "../fleet/kinds";
import { ensure, reliability, requireValue, resourcePolicy } from "../frame";

export const poolExported = resourcePolicy({
  name: "pool-exported",
  description: "Every inference pool is exported to the fleet, so that the gateway can reach it.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Add the annotation networking.gke.io/export with the text True to the InferencePool in " +
    "every cluster. The Helm chart has no value for it: use a transform.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway",
  settings: {},
  judges: inferencePools,

  *judge({ props }) {
    const annotation = props.at("metadata", "annotations", EXPORT_ANNOTATION);
    yield* requireValue(annotation, {
      whenAbsent: "is not set, so no gateway sees this pool",
      allowed: ["True"],
      whenWrong: `GKE does not take ${annotation} for an export`,
      fix: 'set it to "True", a text with a capital T',
    });
  },

  *remedy({ props }) {
    yield* ensure(props.at("metadata", "annotations", EXPORT_ANNOTATION), "True");
  },
});
