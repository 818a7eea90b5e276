import { z } from "zod";

import { BLOCKS_PER_REGION, NODES_PER_CLUSTER } from "../catalog/addressPlan";
import { NEWEST_CHART } from "../catalog/chartVersions";
import { RELEASE_CHANNELS } from "../catalog/gkeVersion";
import { gpuMachines } from "../catalog/gpuMachines";
import { WEEKDAYS } from "../catalog/maintenance";
import { DEFAULT_VLLM_VERSION, VLLM_FLOOR } from "../catalog/modelServers";
import { PROVISIONINGS } from "../catalog/provisioning";
import { regions } from "../catalog/regions";
import { gkeVersionProblem } from "../checks/gkeVersion";

import {
  adapterName,
  bucket,
  channelName,
  dnsName,
  type Grammar,
  imageRelease,
  namespace,
  objectName,
  repository,
  reservation,
  revision,
  secretName,
} from "./texts";

/**
 * The longest timeout that Google's guide of this gateway names; the CRD takes up to 2,147,483,647.
 * https://cloud.google.com/kubernetes-engine/docs/how-to/customize-backend-multicluster-inference-gateway
 */
export const LONGEST_TIMEOUT_SECONDS = 3600;

/** Longest context of a published model, in tokens: Llama 4 Scout's (`max_position_embeddings` of its config.json). */
const LONGEST_CONTEXT = 10_485_760;
/** Go's int32, as which the successor of InferenceObjective declares it (llm-d.ai/v1alpha2). */
const HIGHEST_PRIORITY = 2_147_483_647;
/** The load balancer samples so many of a million requests. */
const LEAST_LOG_PERCENT = 0.0001;

/** A text that names something outside of this program. */
function text(grammar: Grammar) {
  const problemOf = (input: unknown) => grammar(typeof input === "string" ? input : "");
  const missing = ({ input }: { input?: unknown }) =>
    input === undefined ? problemOf(input) : undefined;
  return z
    .string({ error: missing })
    .refine((given) => grammar(given) === undefined, { error: ({ input }) => problemOf(input) });
}

const region = z.enum(regions);

const adapter = z.strictObject({
  name: text(adapterName).describe("What a request calls it in its field `model`"),
  source: text(repository).describe("Repository on Hugging Face"),
});

const modelFields = {
  id: text(repository).describe("Repository on Hugging Face, and what a request calls the model"),
  revision: text(revision).describe("Branch, tag or commit of the weights"),
  adapters: z.array(adapter).describe("LoRA adapters that are loaded at start"),
  maxLength: z
    .int()
    .min(256)
    .max(LONGEST_CONTEXT)
    .describe("Longest prompt and answer together, in tokens; no more than the model's own limit"),
  replicas: z.int().min(1).describe("Model servers in each cluster, one GPU each"),
  vllmVersion: text(imageRelease).describe(`Release of vLLM, ${VLLM_FLOOR} or newer`),
};

const model = z.strictObject({
  id: modelFields.id.default("meta-llama/Llama-3.1-8B-Instruct"),
  revision: modelFields.revision.default("main"),
  adapters: modelFields.adapters.default([
    { name: "food-review-1", source: "Kawon/llama3.1-food-finetune_v14_r8" },
  ]),
  maxLength: modelFields.maxLength.default(8192),
  replicas: modelFields.replicas.default(1),
  vllmVersion: modelFields.vllmVersion.default(DEFAULT_VLLM_VERSION),
});

const cluster = z.strictObject({
  region: region.describe("Region of the cluster, its subnet and its address of the gateway"),
  zones: z
    .array(z.string())
    .min(1)
    .optional()
    .describe("Zones of its nodes without GPUs; if not set, GKE takes three"),
  block: z
    .int()
    .min(0)
    .max(BLOCKS_PER_REGION - 1)
    .default(0)
    .describe(
      "Which of its region's four address blocks it uses; two clusters in one region need two",
    ),
  gpus: z
    .boolean()
    .default(true)
    .describe("Whether it serves the model; false is for a config cluster without GPUs"),
  model: z
    .strictObject(modelFields)
    .partial()
    .optional()
    .describe("Overrides `model` for this cluster, for example while a model is rolled out"),
  maintenanceDays: z
    .array(z.enum(WEEKDAYS))
    .min(1)
    .max(WEEKDAYS.length)
    .optional()
    .describe("Days of its maintenance window; if not set, two that follow from region and block"),
});

const accelerator = z.strictObject({
  machineType: z.enum(Object.keys(gpuMachines)).describe("GPU machine type"),
  provisioning: z
    .enum(PROVISIONINGS)
    .default("spot")
    .describe("How Google sells its nodes; it reclaims spot nodes with 25 to 30 s notice"),
  reservation: text(reservation)
    .optional()
    .describe(
      "Name of the reservation that its nodes use, with `provisioning: reservation`; one that another project " +
        "shares is `projects/<project>/reservations/<name>`",
    ),
  zones: z
    .array(z.string())
    .default([])
    .describe(
      "Zones of its nodes, for all regions in one list; a region without one uses the zones known to have the GPU",
    ),
  diskGb: z
    .int()
    .min(10)
    .max(65536)
    .optional()
    .describe("Boot disk of each node in GB; if not set, as large as its model servers need"),
  minNodes: z
    .int()
    .min(0)
    .max(NODES_PER_CLUSTER)
    .default(1)
    .describe("Nodes of each cluster that GKE keeps once pods have needed them"),
  maxNodes: z.int().min(1).max(NODES_PER_CLUSTER).default(4).describe("Most nodes of each cluster"),
});

const weightsCache = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none").describe("Each pod loads them from Hugging Face") }),
  z.strictObject({ kind: z.literal("node").describe("On the node's disk, for its next pod") }),
  z.strictObject({
    kind: z.literal("bucket").describe("In Cloud Storage, loaded once for all nodes"),
    bucket: text(bucket).describe("Name of a bucket that exists"),
  }),
]);

const autoscaling = z.strictObject({
  maxReplicas: z.int().min(2).describe("Most model servers in each cluster"),
  targetUtilization: z
    .int()
    .min(1)
    .max(100)
    .describe("Percent of the KV cache in use that the autoscaler aims at"),
});

/** `pulumi config set --path` writes 4 as a number and true as a boolean. */
const flagValue = z
  .union([z.string(), z.number(), z.boolean()], { error: "text, a number, true or false" })
  .transform(String);

const endpointPicker = z.strictObject({
  version: z
    .string()
    .default(NEWEST_CHART)
    .describe("Version of the chart `inferencepool` and its image"),
  replicas: z
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe("Number of its pods; one leads, the others stand by"),
  flowControl: z
    .boolean()
    .default(true)
    .describe("Queue requests by priority; otherwise objectives have no effect"),
  flags: z
    .record(z.string(), flagValue)
    .default({})
    .describe("Command-line flags, without their dashes"),
  plugins: z
    .record(z.string(), z.unknown())
    .refine((body) => Object.keys(body).length > 0, {
      error: "one of its keys or more; left out, the picker has the chart's own",
    })
    .optional()
    .describe("Body of an EndpointPickerConfig in place of the chart's own"),
});

const percent = z.int().min(1).max(100);
const loadBalancing = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("kv-cache").describe("Balance by free KV cache"),
    maxUtilization: percent
      .default(60)
      .describe("Percent of the KV cache at which requests spill over"),
    dryRun: z.boolean().default(false).describe("Report the metric without balancing on it"),
  }),
  z.strictObject({
    mode: z.literal("in-flight").describe("Balance by requests in flight"),
    maxInFlightRequestsPerEndpoint: z
      .int()
      .min(1)
      .max(1e9)
      .describe("Most requests in flight in one model server"),
    trafficDuration: z.literal("LONG").default("LONG").describe("The only value that Google takes"),
  }),
  z.strictObject({
    mode: z.literal("rate").describe("Balance by requests per second"),
    maxRatePerEndpoint: z
      .int()
      .min(1)
      .max(1e9)
      .describe("Most requests per second of one model server"),
  }),
]);

const scope = z.strictObject({
  region: region.describe("Region of a cluster"),
  preferred: z.boolean().default(false).describe("Fill this region before any other"),
  capacityPercent: z.int().min(0).max(100).default(100).describe("Percent of its capacity to use"),
});

const objective = z.strictObject({
  name: text(objectName).describe("Value of the header `x-gateway-inference-objective`"),
  priority: z
    .int()
    .min(-HIGHEST_PRIORITY - 1)
    .max(HIGHEST_PRIORITY)
    .describe("Higher is served first; negative may be shed"),
});

const maintenanceWindow = z.strictObject({
  startTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day in UTC such as 02:00")
    .default("02:00")
    .describe("Start in UTC"),
  hours: z
    .int()
    .min(4)
    .max(24)
    .default(6)
    .describe("Length in hours; GKE ignores windows shorter than 4 hours"),
});

const monitoring = z.strictObject({
  notificationChannels: z
    .array(text(channelName))
    .default([])
    .describe("Where incidents are reported, by name; without one, only the console shows them"),
});

/** Every key of a stack's configuration but the token, which is read as a secret. */
export const schema = z.strictObject({
  // A rule judges the names, because zod reads nothing below a bad one.
  clusters: z.record(z.string(), cluster).describe("The clusters of the fleet, by name"),
  configCluster: z.string().describe("The cluster that holds Gateway, route and policies"),
  accelerator: accelerator.describe("GPU nodes of each cluster"),
  fallbacks: z
    .array(accelerator)
    .max(9)
    .default([])
    .describe("Further GPU pools in order, each used when those before it cannot grow"),
  model: model.prefault({}).describe("The model that is served"),
  weightsCache: weightsCache
    .prefault({ kind: "none" })
    .describe("Where a starting model server finds its weights"),
  autoscaling: autoscaling
    .optional()
    .describe(
      "Scales model servers with load, from `model.replicas` up; if not set, always that many",
    ),
  namespace: text(namespace)
    .default("inference")
    .describe("Namespace of model server, pool and gateway"),
  poolName: text(objectName)
    .default("vllm-llama3-8b-instruct")
    .describe("Name of the InferencePool in every cluster"),
  endpointPicker: endpointPicker
    .prefault({})
    .describe("The endpoint picker, which chooses the model server in a cluster"),
  objectives: z
    .array(objective)
    .default([{ name: "food-review", priority: 10 }])
    .describe("Priorities of requests"),
  loadBalancing: loadBalancing
    .prefault({ mode: "kv-cache" })
    .describe("When requests spill over to another region"),
  scopes: z
    .array(scope)
    .max(16)
    .default([])
    .describe("Regions with a preference or a capacity of their own"),
  drained: z.array(region).default([]).describe("Regions that get no request"),
  p99LatencySeconds: z
    .number()
    .positive()
    .default(60)
    .describe(
      `99 % of the answers come within this many seconds, ${LONGEST_TIMEOUT_SECONDS / 2} at most`,
    ),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(LONGEST_TIMEOUT_SECONDS)
    .optional()
    .describe(
      "The gateway gives up on a request after this many seconds; if not set, twice the P99 latency, at least 600",
    ),
  requestLogPercent: z
    .number()
    .min(0)
    .max(100)
    .refine((percent) => percent === 0 || percent >= LEAST_LOG_PERCENT, {
      error: `0, or ${LEAST_LOG_PERCENT} to 100: less would log none`,
    })
    .default(100)
    .describe("Percent of the requests that the gateway logs"),
  privateDnsName: text(dnsName)
    .optional()
    .describe(
      "DNS name under which a client in the VPC reaches the nearest address of the gateway",
    ),
  monitoring: monitoring
    .optional()
    .describe("Dashboard and alerts in Cloud Monitoring; if not set, there are none"),
  gkeVersion: text(gkeVersionProblem)
    .optional()
    .describe(
      "Oldest version of the control planes, a minor such as 1.36: GKE takes its newest version; if not set, the " +
        "channel's default, which is assumed to be 1.35 or newer",
    ),
  releaseChannel: z
    .enum(RELEASE_CHANNELS)
    .default("REGULAR")
    .describe("Channel that installs and upgrades the clusters"),
  maintenanceWindow: maintenanceWindow.prefault({}).describe("When GKE may upgrade a cluster"),
  deletionProtection: z.boolean().default(true).describe("Refuse to delete clusters"),
  huggingFaceSecret: text(secretName)
    .optional()
    .describe(
      "Secret of Secret Manager with the token, in place of `huggingFaceToken`; its newest version, or the one that " +
        "`/versions/<version>` names",
    ),
});

export type Settings = z.output<typeof schema>;
export type Model = Settings["model"];
export type Accelerator = Settings["accelerator"];
