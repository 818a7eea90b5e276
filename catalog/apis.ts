/** The APIs that the gateway needs, without `.googleapis.com`. Model Armor is not among them: it has no multi-cluster form. */
export const APIS = [
  "autoscaling",
  "cloudresourcemanager",
  "compute",
  "container",
  "dns",
  "gkehub",
  "iam",
  "logging",
  "monitoring",
  "multiclusteringress",
  "multiclusterservicediscovery",
  "networkservices",
  "trafficdirector",
] as const;

/** APIs that only some stacks need: for a token in Secret Manager, for weights in a bucket. */
export type OptionalApi = "secretmanager" | "storage";

export type Api = (typeof APIS)[number] | OptionalApi;

/** What decides which optional APIs a stack needs. */
export interface ApiNeeds {
  huggingFaceSecret?: string;
  weightsCache: { kind: string };
}

export function optionalApis({ huggingFaceSecret, weightsCache }: ApiNeeds): OptionalApi[] {
  return [
    ...(huggingFaceSecret === undefined ? [] : (["secretmanager"] as const)),
    ...(weightsCache.kind === "bucket" ? (["storage"] as const) : []),
  ];
}
