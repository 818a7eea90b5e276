import { ApiError } from "./errors";
import { SERVICE } from "./kinds";
import type { Store } from "./store";
import { apiTitle, DEFAULT_APIS } from "./tables/apis";

export function isApiEnabled(store: Store, project: string, api: string): boolean {
  if (DEFAULT_APIS.includes(api)) return true;
  return store.get(SERVICE, `projects/${project}/services/${api}`)?.body.state === "ENABLED";
}

/** @throws ApiError 403 that names API and project */
export function requireApi(store: Store, project: string, api: string): void {
  if (isApiEnabled(store, project, api)) return;
  const url = `https://console.developers.google.com/apis/api/${api}/overview?project=${project}`;
  throw new ApiError(
    "PERMISSION_DENIED",
    `${apiTitle(api)} has not been used in project ${project} before or it is disabled. Enable ` +
      `it by visiting ${url} then retry. If you enabled this API recently, wait a few minutes ` +
      "for the action to propagate to our systems and retry.",
    "accessNotConfigured",
    [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "SERVICE_DISABLED",
        domain: "googleapis.com",
        metadata: { service: api, consumer: `projects/${project}` },
      },
    ],
  );
}
