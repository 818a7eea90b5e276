import { ApiError } from "../../errors";
import { JsonObject } from "../../json";
import { Kind } from "../../kinds";

/** `projects/{project}/dashboards/{id}` */
export const DASHBOARD: Kind<JsonObject> = { type: "monitoring.googleapis.com/Dashboard" };
/** `projects/{project}/alertPolicies/{number}` */
export const ALERT_POLICY: Kind<JsonObject> = { type: "monitoring.googleapis.com/AlertPolicy" };
/** `projects/{project}/notificationChannels/{number}` */
export const CHANNEL: Kind<JsonObject> = {
  type: "monitoring.googleapis.com/NotificationChannel",
};

/** Source of the words: mockgcp/mockmonitoring/dashboard.go of GoogleCloudPlatform/k8s-config-connector. */
export function notFound(): ApiError {
  return new ApiError("NOT_FOUND", "Requested entity was not found.");
}

export function wrong(message: string): ApiError {
  return new ApiError("INVALID_ARGUMENT", message);
}

/** Source of the words: chainguard-dev/terraform-infra-common#401, google/exposure-notifications-verification-server#659. */
export function wrongField(field: string, value: string | number, why: string): ApiError {
  return wrong(`Field ${field} had an invalid value of "${value}": ${why}`);
}

/** Seconds of a duration, whose form the wire has checked: `600s`. */
export function secondsOf(duration: string): number {
  return Number(duration.replace(/s$/, ""));
}
