import { Kind } from "./definition";
import { conditions } from "./policyAttachment";
import { array, object, string } from "./schema";

/**
 * Written by GKE alone, on the config cluster, for each pool that a member of the fleet exports.
 * Google's own definition is not public; the status here has the shape of InferencePoolImport, the
 * kind of the same purpose in the Gateway API Inference Extension.
 */
export function gcpInferencePoolImport(): Kind {
  const controller = object(
    {
      name: string({ minLength: 1, maxLength: 253 }),
      exportingClusters: array(object({ name: string() }, { required: ["name"] })),
      conditions,
    },
    { required: ["name"] },
  );
  return {
    group: "networking.gke.io",
    version: "v1",
    kind: "GCPInferencePoolImport",
    plural: "gcpinferencepoolimports",
    scope: "Namespaced",
    status: object({ controllers: array(controller, { maxItems: 8 }) }),
    columns: [
      {
        name: "Clusters",
        type: "string",
        jsonPath: ".status.controllers[*].exportingClusters[*].name",
      },
    ],
  };
}
