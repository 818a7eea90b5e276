import { PropertyMap, Value } from "../../plugin";

/** What `gcp:*` in the stack's configuration and the environment say. */
export interface ProviderConfig {
  project?: string;
  region?: string;
  zone?: string;
  defaultLabels: Record<string, string>;
  /** `goog-pulumi-provisioned: "true"` on every new resource. */
  addPulumiAttributionLabel: boolean;
  deletionPolicy: string;
  /** Token of the calling account. */
  accessToken?: string;
}

/** Environment variables that stand in for settings, in the order in which they are looked at. */
const ENVIRONMENT = {
  project: ["GOOGLE_PROJECT", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT"],
  region: ["GOOGLE_REGION", "GCLOUD_REGION", "CLOUDSDK_COMPUTE_REGION"],
  zone: ["GOOGLE_ZONE", "GCLOUD_ZONE", "CLOUDSDK_COMPUTE_ZONE"],
};

export function readConfig(
  settings: PropertyMap,
  environment: Record<string, string | undefined>,
): ProviderConfig {
  const place = (key: keyof typeof ENVIRONMENT) =>
    text(settings[key]) ?? ENVIRONMENT[key].map((name) => environment[name]).find((v) => v);
  return {
    project: place("project"),
    region: place("region"),
    zone: place("zone"),
    defaultLabels: labels(structured(settings.defaultLabels)),
    addPulumiAttributionLabel: String(settings.addPulumiAttributionLabel ?? true) !== "false",
    deletionPolicy: text(settings.deletionPolicy) ?? "DELETE",
    accessToken: text(settings.accessToken) ?? text(environment.GOOGLE_OAUTH_ACCESS_TOKEN),
  };
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The engine hands structured settings over as JSON text. */
function structured(value: Value | undefined): unknown {
  return typeof value === "string" ? JSON.parse(value) : value;
}

function labels(value: unknown): Record<string, string> {
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter(([key]) => key !== "__defaults").map(([key, v]) => [key, String(v)]),
  );
}
