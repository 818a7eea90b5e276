import { projectNumber } from "../numericIds";
import { ApiError, badRequest } from "../errors";
import { JsonObject } from "../json";
import { baseName } from "../names";
import { Caller } from "./caller";
import { Need } from "./permissions";

/** How a service phrases that its caller lacks permissions. @param first of the needs, and all */
type Wording = (first: Need, needs: Need[], caller: Caller) => ApiError;

const WORDINGS: Record<string, Wording> = {
  // Source: hashicorp/terraform#18873; several at once: world-federation-of-advertisers/
  // cross-media-measurement#2956.
  compute: (_first, needs) => {
    const messages = needs.map((n) => `Required '${n.permission}' permission for '${n.resource}'`);
    return new ApiError("PERMISSION_DENIED", messages[0] ?? "", "forbidden", [], messages.slice(1));
  },
  // Source: pulumi/examples#150; with the cluster's name: 2i2c-org/infrastructure#488.
  container: ({ permission, resource }) =>
    forbidden(`Required "${permission}" permission(s) for "${resource}".`),
  // Source: everycure-org/matrix#75, crossplane-contrib/provider-upjet-gcp#411.
  iam: ({ permission }) =>
    forbidden(`Permission '${permission}' denied on resource (or it may not exist).`, [
      deniedInfo("iam.googleapis.com", { permission }),
    ]),
  // Source: kubeflow/kubeflow#7140; writing: hashicorp/terraform-provider-google#10079.
  cloudresourcemanager: ({ permission }) =>
    forbidden(
      permission.endsWith(".setIamPolicy")
        ? "Policy update access denied."
        : "The caller does not have permission",
    ),
  // Source: polyseam/cndi#96; listing: aquasecurity/cloudsploit#1606; the others like the first.
  serviceusage: ({ permission, resource }) => {
    const verb = permission.slice(permission.lastIndexOf(".") + 1);
    if (verb !== "list") {
      return forbidden(`Permission denied to ${verb} service [${baseName(resource)}]`);
    }
    const number = projectNumber(baseName(resource));
    return forbidden(
      `Permission denied to list services for consumer container [projects/${number}]`,
    );
  },
  // Source: rhesis-ai/rhesis#2337.
  gkehub: ({ permission, resource }) =>
    new ApiError(
      "PERMISSION_DENIED",
      `Permission '${permission}' denied on '${resource}'`,
      undefined,
      [deniedInfo("gkehub.googleapis.com", { permission, resource })],
    ),
  // Source: hashicorp/terraform-provider-google#20808.
  dns: () => forbidden("Forbidden"),
  // Source: GoogleCloudPlatform/java-docs-samples#6571.
  secretmanager: ({ permission, resource }) =>
    new ApiError(
      "PERMISSION_DENIED",
      `Permission '${permission}' denied for resource '${numbered(resource)}' (or it may not exist).`,
    ),
  // Source: hashicorp/terraform-provider-google#14598; of dashboards: dynatrace-oss/dynatrace-gcp-monitor#161.
  monitoring: () => new ApiError("PERMISSION_DENIED", "The caller does not have permission"),
  // Source: ansible-collections/google.cloud#575.
  storage: ({ permission, resource }, _needs, caller) => {
    const what = resource.startsWith("projects/_/") ? "bucket" : "project";
    const email = caller.slice(caller.indexOf(":") + 1);
    return forbidden(
      `${email} does not have ${permission} access to the Google Cloud Storage ${what}. ` +
        `Permission '${permission}' denied on resource (or it may not exist).`,
    );
  },
};

export const ACT_AS = "iam.serviceAccounts.actAs";

/** @param service the API's short name @param needs at least one */
export function refusal(service: string, needs: Need[], caller: Caller): ApiError {
  const [first] = needs;
  const wording = WORDINGS[service];
  if (!first || !wording) throw new Error(`${service}: no wording for a refusal`);
  // Source: rancher/rancher#10553.
  if (service === "container" && first.permission === ACT_AS) {
    const account = baseName(first.resource);
    return badRequest(`The user does not have access to service account "${account}".`);
  }
  return wording(first, needs, caller);
}

function forbidden(message: string, details: JsonObject[] = []): ApiError {
  return new ApiError("PERMISSION_DENIED", message, "forbidden", details);
}

function deniedInfo(domain: string, metadata: JsonObject): JsonObject {
  return {
    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
    reason: "IAM_PERMISSION_DENIED",
    domain,
    metadata,
  };
}

/** As the service calls projects: by their number. */
function numbered(resource: string): string {
  const [, project = "", ...rest] = resource.split("/");
  return ["projects", projectNumber(project), ...rest].join("/");
}
