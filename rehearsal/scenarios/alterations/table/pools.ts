import type { Alteration, PolicedAlteration } from "../alteration";
import { cluster, gpuPool, healthCheck, namespace, objective, pool, westPool } from "./resources";

/** For those who need one alteration that a policy catches, whichever it is. */
export const poolNotExported: PolicedAlteration = {
  name: "poolNotExported",
  edits: [{ at: pool, unset: 'metadata.annotations["networking.gke.io/export"]' }],
  policy: {
    name: "pool-exported",
    says: [
      {
        resource: "gke-east-pool",
        message:
          'metadata.annotations["networking.gke.io/export"]: is not set, so no gateway sees this pool; set it to "True", ' +
          "a text with a capital T",
      },
    ],
  },
  cloud: {
    fails: "verify",
    says: /gke-east: InferencePool inference\/vllm-llama3-8b-instruct is not exported/,
  },
};

export const poolsAlterations: readonly Alteration[] = [
  // A policy left over from a pool of another name.
  {
    name: "importWithoutPool",
    edits: [
      {
        at: healthCheck,
        duplicate: "stray-health-check",
        with: { "metadata.name": "stray", "spec.targetRef.name": "llama3-8b-instruct" },
      },
    ],
    policy: {
      name: "import-has-pool",
      says: [
        {
          resource: "stray-health-check",
          message:
            'spec.targetRef.name: "llama3-8b-instruct" is not the name of an InferencePool in namespace inference; ' +
            "name one of these: " +
            "inference/vllm-llama3-8b-instruct",
        },
      ],
    },
  },
  // The program makes what GKE makes.
  {
    name: "importMade",
    edits: [
      {
        at: westPool,
        duplicate: "import",
        as: "kubernetes:networking.gke.io/v1:GCPInferencePoolImport",
        with: { apiVersion: "networking.gke.io/v1", kind: "GCPInferencePoolImport" },
      },
    ],
    policy: {
      name: "import-has-pool",
      says: [
        {
          resource: "import",
          message:
            "kind: GKE makes each GCPInferencePoolImport itself, where a pool is exported; remove it from the program, and " +
            "export the InferencePool",
        },
      ],
    },
  },
  {
    name: "poolSelectsNoPods",
    edits: [{ at: pool, set: "spec.selector.matchLabels.app", to: "vllm-llama3-8b" }],
    policy: {
      name: "model-server-in-pool",
      says: [
        {
          resource: "gke-east",
          message:
            "spec.template.metadata.labels: cluster gke-east has no pool inference/vllm-llama3-8b-instruct, which selects such " +
            "pods in cluster gke-west; create that pool here too, by the same name",
        },
        {
          resource: "gke-east-pool",
          message:
            'spec.selector.matchLabels: {"app":"vllm-llama3-8b"} selects no pods in namespace inference of cluster gke-east; ' +
            'write labels that the pods of gke-east have: {"app":"vllm-llama3-8b-instruct","inference.networking.k8...',
        },
      ],
    },
  },
  // No smaller change goes beyond 50 groups: the other cluster needs 3, and a region has 3 zones. The ports are all one:
  // the firewall has to let in every other.
  {
    name: "tooManyNegs",
    edits: [
      {
        at: pool,
        set: "spec.targetPorts",
        to: Array.from({ length: 16 }, () => ({ number: 8000 })),
      },
    ],
    policy: {
      name: "negs-within-limit",
      says: [
        {
          resource: "gke-east-pool",
          message:
            "spec.targetPorts: the pool needs 51 groups (ports x zones: gke-east 16 x 3 + gke-west 1 x 3); up to 50 are " +
            "allowed, so take fewer ports, zones or clusters",
        },
      ],
    },
  },
  {
    name: "objectiveOfOtherPool",
    edits: [{ at: objective, set: "spec.poolRef.name", to: "llama3-8b-instruct" }],
    policy: {
      name: "objective-names-pool",
      says: [
        {
          resource: "gke-east-food-review",
          message:
            'spec.poolRef.name: "llama3-8b-instruct" is not the name of an InferencePool in namespace inference of ' +
            "cluster gke-east; name one " +
            "of these: inference/vllm-llama3-8b-instruct",
        },
      ],
    },
  },
  poolNotExported,
  {
    name: "poolInRelease",
    edits: [
      {
        at: namespace,
        duplicate: "second-pool",
        as: "kubernetes:helm.sh/v3:Release",
        with: {
          apiVersion: undefined,
          kind: undefined,
          metadata: undefined,
          chart: "oci://registry.k8s.io/gateway-api-inference-extension/charts/inferencepool",
          version: "v1.5.0",
          values: {
            inferencePool: { modelServers: { matchLabels: { app: "second" } } },
            provider: { name: "gke" },
          },
        },
      },
    ],
    policy: {
      name: "pool-visible",
      says: [
        {
          resource: "second-pool",
          message:
            "chart: no preview and no policy sees the objects of a Release, or exports its pool; install it by " +
            "helm.v4.Chart, with a transform, or register the objects themselves",
        },
      ],
    },
  },
  {
    name: "oneRegion",
    edits: [
      { at: cluster, set: "location", to: "europe-west3" },
      { at: gpuPool, set: "nodeLocations", to: ["europe-west3-a", "europe-west3-b"] },
    ],
    policy: {
      name: "two-regions",
      says: [
        {
          resource: "gke-east-pool",
          message:
            "metadata.name: pool inference/vllm-llama3-8b-instruct is in 1 of the 2 regions that it needs (clusters: gke-east " +
            "in europe-west3, gke-west in europe-west3); create it in a cluster of 1 more region",
        },
      ],
    },
  },

  // As the chart v1.5.0 has it, in a cluster whose InferencePool is older than the field.
  {
    name: "poolProtocol",
    edits: [{ at: pool, set: "spec.appProtocol", to: "http" }],
    cloud: {
      settings: { "inference-gateway:gkeVersion": "1.35" },
      fails: "up",
      says: /InferencePool\)[^.]*\.spec\.appProtocol: field not declared in schema/,
    },
  },
];
