import type * as pulumi from "@pulumi/pulumi";

export interface ModelServerArgs {
  /** Namespace of all its objects. */
  namespace: string;
  /** Label `app` of its pods; letters, digits and `-`, as the metric's selector takes no other. */
  app: string;
  /** The model that it serves. */
  model: ModelArgs;
  /** "spot": Google may reclaim some of its nodes, and its pods then have 15 seconds. */
  notice: Notice;
  /**
   * Names of the node pools it runs on, the preferred one first. Pods name them, so that a roll-out moves them to a
   * pool's successor before the pool is deleted; otherwise its nodes would stop in all regions at the same time.
   */
  nodePools: readonly pulumi.Input<string>[];
  /** Name of the ComputeClass that puts several pools in order. */
  computeClass?: string;
  /** Where weights are kept between two pods. */
  weightsCache: WeightsCache;
  /** Token of Hugging Face that may read the model and its adapters. */
  token: TokenSource;
  /** The cluster's workload pool, `<project>.svc.id.goog`. Taken from the cluster, so that grants wait for it. */
  workloadPool: pulumi.Input<string>;
  /** Scales with the use of the KV cache. @default as many pods as `model.replicas` says */
  autoscaling?: AutoscalingArgs;
  /** Resources that its pods need; the other objects do not wait for them. */
  runsOn?: pulumi.Resource[];
}

export interface ModelArgs {
  /** Repository of the base model on Hugging Face, and the name that a request gives. */
  id: string;
  /** Branch, tag or commit. */
  revision: string;
  /** LoRA adapters by the name that a request gives. */
  adapters: { name: string; source: string }[];
  /** Prompt and answer together, in tokens. */
  maxLength: number;
  /** Pods, one GPU each; with autoscaling the least of them. */
  replicas: number;
  /** Tag of the image `vllm/vllm-openai`: `v0.18.1`. */
  vllmVersion: string;
}

export type Notice = "spot" | "none";

/**
 * Where weights are kept between two pods:
 * - "none": nowhere, each pod loads them from Hugging Face;
 * - "node": on the boot disk of the node, for the pods that come after on the same node;
 * - "bucket": in a bucket of Cloud Storage, for all pods of all clusters. The bucket has to exist, with uniform
 *   bucket-level access. A branch stays at the commit at which it was first loaded; a new revision is loaded anew.
 */
export type WeightsCache = { kind: "none" } | { kind: "node" } | { kind: "bucket"; bucket: string };

/**
 * Where the token comes from:
 * - "value": from the stack's configuration, through a Kubernetes Secret;
 * - "secret-manager": from a secret that exists, `projects/<project>/secrets/<secret>`, in its newest version if none is
 *   named. It reaches the pod as a file and is in no Kubernetes object and no Pulumi state.
 */
export type TokenSource =
  | { kind: "value"; token: pulumi.Input<string> }
  | { kind: "secret-manager"; secret: string; version?: string };

export interface AutoscalingArgs {
  /** Most pods; more than `model.replicas`. */
  maxReplicas: number;
  /** Percent of the KV cache, over all pods, that the autoscaler aims at. 1 to 100. */
  targetUtilization: number;
}
