import { Kind } from "./definition";
import { conditionsOnly, targetRef } from "./policyAttachment";
import { boolean, object, string } from "./schema";

export function gcpGatewayPolicy(): Kind {
  return {
    group: "networking.gke.io",
    version: "v1",
    kind: "GCPGatewayPolicy",
    plural: "gcpgatewaypolicies",
    scope: "Namespaced",
    spec: object(
      {
        targetRef,
        default: object({ allowGlobalAccess: boolean(), region: string(), sslPolicy: string() }),
      },
      { required: ["targetRef"] },
    ),
    status: conditionsOnly,
  };
}
