import { EXPORT_ANNOTATION } from "../fleet/annotations";
import { inferencePools } from "../fleet/kinds";
import { pending, reliability, resourcePolicy, set, violation } from "../frame";

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
    const fix = 'set it to "True", a text with a capital T';
    if (annotation.unknown) {
      yield pending(annotation);
    } else if (annotation.absent) {
      yield violation(annotation, "is not set, so no gateway sees this pool", fix);
    } else if (annotation.raw !== "True") {
      yield violation(annotation, `GKE does not take ${annotation} for an export`, fix);
    }
  },

  *remedy({ props }) {
    const annotation = props.at("metadata", "annotations", EXPORT_ANNOTATION);
    if (!annotation.unknown && annotation.raw !== "True") {
      yield set(annotation, "True");
    }
  },
});
