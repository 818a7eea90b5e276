import type { synthesize } from "../../../support/program";

type Variant = Parameters<typeof synthesize>;

const GPUS = { machineType: "g2-standard-8", provisioning: "spot", minNodes: 1, maxNodes: 2 };
/** 253 characters, the most that a DNS name has. */
const LONGEST_DNS_NAME = [..."abcd"].map((c) => c.repeat(c === "d" ? 61 : 63)).join(".");
/** 21 characters, the most that a cluster's name has; the widest letter. */
const widest = (n: number) => `${"m".repeat(19)}-${n}`;

/** Stacks whose pictures differ. */
export const variants = {
  dev: ["dev"],
  prod: ["prod"],
  "five regions, one with two clusters": [
    "dev",
    {
      config: {
        clusters: {
          "gke-west": { region: "europe-west3" },
          "gke-west-2": { region: "europe-west3", block: 1 },
          "gke-east": { region: "us-east4" },
          "gke-central": { region: "us-central1" },
          "gke-asia": { region: "asia-southeast1" },
          "gke-north": { region: "europe-west4" },
        },
      },
    },
  ],
  "two clusters in the only region": [
    "dev",
    {
      config: {
        clusters: {
          "gke-west": { region: "europe-west3" },
          "gke-west-2": { region: "europe-west3", block: 1 },
        },
      },
    },
  ],
  "a drained region": ["dev", { config: { drained: ["us-east4"] } }],
  "a preferred region, and one with half of its capacity": [
    "dev",
    {
      config: {
        scopes: [
          { region: "europe-west3", preferred: true },
          { region: "us-east4", capacityPercent: 50 },
        ],
      },
    },
  ],
  "a config cluster without GPUs": [
    "dev",
    {
      config: {
        clusters: {
          "gke-ops": { region: "europe-west4", gpus: false },
          "gke-west": { region: "europe-west3" },
          "gke-east": { region: "us-east4" },
        },
        configCluster: "gke-ops",
      },
    },
  ],
  "a config cluster without GPUs beside one with": [
    "dev",
    {
      config: {
        clusters: {
          "gke-west": { region: "europe-west3" },
          "gke-east": { region: "us-east4" },
          "gke-ops": { region: "us-east4", block: 1, gpus: false },
        },
        configCluster: "gke-ops",
      },
    },
  ],
  "further fallbacks": [
    "prod",
    {
      config: {
        fallbacks: [
          {
            machineType: "a3-highgpu-8g",
            provisioning: "reservation",
            reservation: "mine",
            zones: ["europe-west3-c", "us-east4-a"],
            minNodes: 0,
            maxNodes: 1,
          },
          { machineType: "g2-standard-96", provisioning: "flex-start", minNodes: 0, maxNodes: 3 },
          { machineType: "g2-standard-96", provisioning: "on-demand", minNodes: 0, maxNodes: 2 },
        ],
      },
    },
  ],
  "requests in flight": [
    "dev",
    { config: { loadBalancing: { mode: "in-flight", maxInFlightRequestsPerEndpoint: 1e9 } } },
  ],
  "requests per second": [
    "dev",
    { config: { loadBalancing: { mode: "rate", maxRatePerEndpoint: 1e9 } } },
  ],
  "a dry run": ["dev", { config: { loadBalancing: { mode: "kv-cache", dryRun: true } } }],
  "a private name": ["dev", { config: { privateDnsName: "llm.corp.internal" } }],
  "model servers that are scaled, weights in a bucket, another model in one cluster": [
    "prod",
    {
      config: {
        clusters: {
          "gke-west": { region: "europe-west3" },
          "gke-east": { region: "us-east4", model: { id: "meta-llama/Llama-3.2-3B-Instruct" } },
        },
        autoscaling: { maxReplicas: 8, targetUtilization: 60 },
        weightsCache: { kind: "bucket", bucket: "my-weights" },
      },
    },
  ],
  "the longest names": [
    "dev",
    {
      config: {
        "gcp:project": `${"w".repeat(60)}.example.com:${"m".repeat(30)}`,
        clusters: {
          [widest(1)]: { region: "northamerica-northeast1" },
          [widest(2)]: { region: "us-east4" },
        },
        configCluster: widest(1),
        accelerator: {
          ...GPUS,
          provisioning: "reservation",
          reservation: `projects/${"m".repeat(30)}/reservations/${"w".repeat(63)}`,
          zones: ["northamerica-northeast1-b"],
        },
        poolName: "m".repeat(40),
        model: { id: `${"w".repeat(50)}/${"M".repeat(96)}`, adapters: [] },
        privateDnsName: LONGEST_DNS_NAME,
      },
    },
  ],
} satisfies Record<string, Variant>;
