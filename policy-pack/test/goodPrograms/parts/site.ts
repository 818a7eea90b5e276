import type { Registered } from "../../support/policies";

/** A cluster of a program, and where it is. */
export interface Place {
  readonly name: string;
  /** A region, or a zone. */
  readonly location: string;
  /** The number in its addresses. */
  readonly block: number;
}

/** How a program calls what it makes. Every program may call everything as it likes. */
export interface Site {
  readonly project: string;
  readonly network: string;
  readonly namespace: string;
  readonly pool: string;
  readonly picker: string;
  readonly account: string;
  /** The first one is the config cluster. */
  readonly places: readonly Place[];
}

export const SITE: Site = {
  project: "acme-ml",
  network: "backbone",
  namespace: "chat",
  pool: "llama",
  picker: "llama-picker",
  account: "gpu-nodes",
  places: [
    { name: "ams", location: "europe-west4", block: 1 },
    { name: "ord", location: "us-central1", block: 2 },
  ],
};

/** The same with other names for everything. */
export const RENAMED: Site = {
  project: "zeta-inference",
  network: "vpc-7",
  namespace: "models",
  pool: "qwen-pool",
  picker: "scheduler",
  account: "workers",
  places: [
    { name: "tokyo", location: "asia-northeast1", block: 30 },
    { name: "sydney", location: "australia-southeast1", block: 40 },
  ],
};

export const CLUSTER = "gcp:container/cluster:Cluster";
export const NETWORK = "gcp:compute/network:Network";
export const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
export const PROVIDER = "pulumi:providers:kubernetes";
export const MEMBERSHIP = "gcp:gkehub/membership:Membership";

/** The region of a place, whose location is a region or a zone. */
export function regionOf({ location }: Place): string {
  return location.replace(/-[a-z]$/, "");
}

/** A resource of Google Cloud. */
export function cloud(
  type: string,
  name: string,
  inputs: object,
  propertyDependencies: Registered["propertyDependencies"] = {},
): Registered {
  return { type: `gcp:${type}`, name, inputs, propertyDependencies };
}

/** A Kubernetes object in the cluster of that name; `type` as in `kubernetes:<type>`. */
export function object(
  cluster: string,
  type: string,
  metadata: { readonly name: string; readonly namespace?: string },
  content: object = {},
): Registered {
  const [apiVersion = "", kind = ""] = type.split(":");
  return {
    type: `kubernetes:${type}`,
    name: `${cluster}-${kind.toLowerCase()}-${metadata.name}`,
    provider: `${PROVIDER}::${cluster}`,
    inputs: { apiVersion: apiVersion.replace(/^core\//, ""), kind, metadata, ...content },
  };
}
