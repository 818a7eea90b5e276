import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { BLOCKS_PER_REGION } from "./catalog/addressPlan";
import { isAtLeast, isGkeVersion, MINIMUM_GKE_VERSION } from "./catalog/gkeVersion";
import { gpuMachines } from "./catalog/gpuMachines";
import { type Region, regions } from "./catalog/regions";

/** Name of a GKE cluster, a pool or a namespace: a DNS label of at most 40 characters (GKE's limit). */
const name = z
  .string()
  .regex(
    /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
    "lower-case letters, digits and -, 1 to 40, starting with a letter",
  );

const cluster = z.strictObject({
  region: z
    .enum(regions)
    .describe("Region of the cluster, its subnet and its address of the gateway"),
  zones: z
    .array(z.string())
    .min(1)
    .optional()
    .describe("Zones of its nodes; left out, GKE chooses"),
  block: z
    .int()
    .min(0)
    .max(BLOCKS_PER_REGION - 1)
    .default(0)
    .describe(
      "Which of its region's four address blocks it uses; two clusters in one region need two",
    ),
});

const accelerator = z.strictObject({
  machineType: z
    .string()
    .refine((type) => type in gpuMachines, {
      error: `one of ${Object.keys(gpuMachines).join(", ")}`,
    })
    .describe("GPU machine type"),
  spot: z.boolean().default(true).describe("Spot VMs: cheaper, taken back with 25 to 30 s notice"),
  minNodes: z.int().min(0).max(1000).default(1).describe("Nodes of each cluster that always run"),
  maxNodes: z.int().min(1).max(1000).default(4).describe("Nodes of each cluster at most"),
});

const adapter = z.strictObject({
  name: name.describe("What a request calls it in its field `model`"),
  source: z.string().min(1).describe("Repository on Hugging Face"),
});

const model = z.strictObject({
  id: z
    .string()
    .min(1)
    .default("meta-llama/Llama-3.1-8B-Instruct")
    .describe("Repository on Hugging Face"),
  revision: z.string().min(1).default("main").describe("Branch, tag or commit of the weights"),
  adapters: z
    .array(adapter)
    .default([{ name: "food-review-1", source: "Kawon/llama3.1-food-finetune_v14_r8" }])
    .describe("LoRA adapters that are loaded at start"),
  maxLength: z
    .int()
    .min(256)
    .default(8192)
    .describe("Longest prompt and answer together, in tokens"),
  replicas: z.int().min(1).default(1).describe("Model servers in each cluster, one GPU each"),
});

const scope = z
  .strictObject({
    region: z.enum(regions),
    preferred: z.boolean().default(false).describe("Fill this region before any other"),
    capacityPercent: z.int().min(0).max(100).default(100).describe("0 drains the region"),
  })
  .describe("A region that is treated otherwise than the rest");

const percent = z.int().min(1).max(100);
const loadBalancing = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("kv-cache"),
    maxUtilization: percent
      .default(60)
      .describe("Percent of the KV cache at which requests spill over"),
    dryRun: z.boolean().default(false).describe("Report the metric without balancing on it"),
  }),
  z.strictObject({
    mode: z.literal("in-flight"),
    maxInFlightRequestsPerEndpoint: z.int().min(1).max(1e9),
    trafficDuration: z.literal("LONG").default("LONG"),
  }),
  z.strictObject({ mode: z.literal("rate"), maxRatePerEndpoint: z.int().min(1).max(1e9) }),
]);

const objective = z.strictObject({
  name: name.describe("Value of the header x-gateway-inference-objective"),
  priority: z.int().describe("Higher goes first; negative may be shed"),
});

/** Read as a secret, so not part of the schema. */
const TOKEN = "huggingFaceToken";
const LONGEST_TIMEOUT_SECONDS = 3600;
const MAX_ADDRESSES = 16;
const MAX_NEGS = 50;
/** How many zones GKE takes where a cluster names none. */
const ZONES_OF_A_REGION = 3;

const schema = z
  .strictObject({
    clusters: z.record(name, cluster).describe("The clusters that serve the model, by name"),
    configCluster: name.describe("The cluster that holds Gateway, route and policies"),
    accelerator: accelerator.describe("GPU nodes of each cluster"),
    fallback: accelerator.optional().describe("Second GPU pool, used while the first cannot grow"),
    model: model.prefault({}),
    namespace: name.default("inference").describe("Namespace of model server, pool and gateway"),
    poolName: name
      .default("vllm-llama3-8b-instruct")
      .describe("Name of the InferencePool in every cluster"),
    objectives: z.array(objective).default([{ name: "food-review", priority: 10 }]),
    loadBalancing: loadBalancing.prefault({ mode: "kv-cache" }),
    scopes: z.array(scope).max(16).default([]),
    p99LatencySeconds: z
      .number()
      .positive()
      .default(60)
      .describe("Longest answer but one in a hundred, in seconds"),
    timeoutSeconds: z.int().min(1).max(LONGEST_TIMEOUT_SECONDS).optional(),
    gkeVersion: z
      .string()
      .refine((v) => isGkeVersion(v) && isAtLeast(v, MINIMUM_GKE_VERSION), {
        error: `${MINIMUM_GKE_VERSION} or newer`,
      })
      .default(MINIMUM_GKE_VERSION),
    releaseChannel: z.enum(["RAPID", "REGULAR", "STABLE"]).default("RAPID"),
    deletionProtection: z.boolean().default(true).describe("Refuse to delete clusters"),
  })
  .superRefine((config, context) => {
    for (const problem of crossFieldProblems(config)) {
      context.addIssue({
        code: "custom",
        path: problem.path,
        message: problem.allowed,
        input: problem.given,
      });
    }
  });

type Schema = z.output<typeof schema>;

/** The configuration of a stack, complete and checked. Field by field: `docs/configuration.md`. */
export interface GatewayConfig extends Schema {
  project: string;
  /** The gateway gives up on a request after this many seconds; at least twice the P99 latency. */
  timeoutSeconds: number;
  /** Regions of all clusters, each once. */
  regions: Region[];
  /** GPU pools of each cluster, by name. */
  gpuPools: Record<string, Schema["accelerator"]>;
  huggingFaceToken: pulumi.Output<string>;
}

interface Problem {
  path: (string | number)[];
  given: unknown;
  allowed: string;
}

/** What no single key can tell: rules that join several. */
function crossFieldProblems(config: Schema): Problem[] {
  const clusters = Object.entries(config.clusters);
  return [
    ...(clusters.length >= 2 ? [] : [tooFewClusters(clusters.map(([given]) => given))]),
    ...tooManyProblems(config),
    ...(config.configCluster in config.clusters ? [] : [unknownConfigCluster(config)]),
    ...clusters.flatMap(([given, { region, block }], i) =>
      clusters
        .slice(0, i)
        .filter(([, other]) => other.region === region && other.block === block)
        .map(([other]) => sharedBlock(given, other, region, block)),
    ),
    ...(["accelerator", "fallback"] as const).flatMap((pool) => poolProblems(pool, config)),
    ...scopeProblems(config),
    ...timeoutProblems(config),
  ];
}

function tooFewClusters(given: string[]): Problem {
  return {
    path: ["clusters"],
    given,
    allowed: "two or more: one cluster has no other to spill over to",
  };
}

/** Limits of one gateway: addresses (Gateway API), and network endpoint groups of one backend service (Google Cloud). */
function tooManyProblems(config: Schema): Problem[] {
  const places = Object.values(config.clusters);
  const regionCount = regionsOf(config).length;
  const negs = places.reduce((sum, { zones }) => sum + (zones?.length ?? ZONES_OF_A_REGION), 0);
  const path = ["clusters"];
  return [
    ...(regionCount <= MAX_ADDRESSES
      ? []
      : [
          {
            path,
            given: `${regionCount} regions`,
            allowed: `at most ${MAX_ADDRESSES}: a Gateway has no more addresses`,
          },
        ]),
    ...(negs <= MAX_NEGS
      ? []
      : [
          {
            path,
            given: `${negs} zones in all`,
            allowed: `at most ${MAX_NEGS}: each is a network endpoint group; name fewer \`zones\``,
          },
        ]),
  ];
}

function unknownConfigCluster(config: Schema): Problem {
  const allowed = `one of the clusters: ${Object.keys(config.clusters).join(", ")}`;
  return { path: ["configCluster"], given: config.configCluster, allowed };
}

function sharedBlock(name: string, other: string, region: string, block: number): Problem {
  const allowed = `a block that "${other}" does not use in ${region}: 0 to ${BLOCKS_PER_REGION - 1}`;
  return { path: ["clusters", name, "block"], given: block, allowed };
}

function poolProblems(key: "accelerator" | "fallback", config: Schema): Problem[] {
  const pool = config[key];
  const machine = pool && gpuMachines[pool.machineType];
  if (!machine) return [];
  const problems: Problem[] = [];
  if (machine.spotOnly && !pool.spot) {
    problems.push({
      path: [key, "spot"],
      given: false,
      allowed: `true: ${pool.machineType} is sold as Spot only`,
    });
  }
  if (pool.minNodes > pool.maxNodes) {
    problems.push({
      path: [key, "minNodes"],
      given: pool.minNodes,
      allowed: `at most maxNodes, ${pool.maxNodes}`,
    });
  }
  for (const [name, { region }] of Object.entries(config.clusters)) {
    if (machine.regions.includes(region)) continue;
    const allowed = `a region with ${pool.machineType}: ${machine.regions.join(", ")}`;
    problems.push({ path: ["clusters", name, "region"], given: region, allowed });
  }
  return problems;
}

function scopeProblems(config: Schema): Problem[] {
  const known = regionsOf(config);
  return config.scopes.flatMap(({ region }, i) =>
    known.includes(region)
      ? []
      : [
          {
            path: ["scopes", i, "region"],
            given: region,
            allowed: `a region of a cluster: ${known.join(", ")}`,
          },
        ],
  );
}

function timeoutProblems(config: Schema): Problem[] {
  const least = Math.ceil(2 * config.p99LatencySeconds);
  if (least > LONGEST_TIMEOUT_SECONDS) {
    const allowed = `at most ${LONGEST_TIMEOUT_SECONDS / 2}: the timeout is twice this and ends at 3600`;
    return [{ path: ["p99LatencySeconds"], given: config.p99LatencySeconds, allowed }];
  }
  if (config.timeoutSeconds === undefined || config.timeoutSeconds >= least) return [];
  const allowed = `${least} to ${LONGEST_TIMEOUT_SECONDS}: at least twice p99LatencySeconds (${config.p99LatencySeconds})`;
  return [{ path: ["timeoutSeconds"], given: config.timeoutSeconds, allowed }];
}

function regionsOf(config: Schema): Region[] {
  return [...new Set(Object.values(config.clusters).map(({ region }) => region))];
}

/**
 * Reads and checks the stack's configuration.
 * @throws pulumi.RunError that lists every problem with its key, what was given and what is allowed
 */
export function loadConfig(): GatewayConfig {
  const own = new pulumi.Config();
  const project = new pulumi.Config("gcp").get("project");
  const token = own.getSecret(TOKEN);
  const parsed = schema.safeParse(readAll(own), { reportInput: true });

  const problems = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue) => describeIssue(own.name, issue));
  if (!project)
    problems.push("gcp:project: got nothing; allowed: the id of a Google Cloud project");
  if (!token) {
    problems.push(
      `${own.name}:${TOKEN}: got nothing; allowed: a secret, a Hugging Face token that may read the model`,
    );
  }
  if (!parsed.success || !project || !token) throw new pulumi.RunError(report(problems));

  const config = parsed.data;
  const timeoutSeconds =
    config.timeoutSeconds ?? Math.max(600, Math.ceil(2 * config.p99LatencySeconds));
  const gpuPools = {
    gpu: config.accelerator,
    ...(config.fallback && { fallback: config.fallback }),
  };
  return {
    ...config,
    project,
    timeoutSeconds,
    gpuPools,
    regions: regionsOf(config),
    huggingFaceToken: token,
  };
}

/** Every key of this program that the stack sets, so that a misspelt one is told: text as it is, the rest as JSON. */
function readAll(config: pulumi.Config): Record<string, unknown> {
  const prefix = `${config.name}:`;
  const given = Object.entries(pulumi.runtime.allConfig() ?? {}).flatMap(([key, text]) => {
    const own = key.startsWith(prefix) ? key.slice(prefix.length) : TOKEN;
    return own === TOKEN ? [] : [[own, asValue(text)] as const];
  });
  return Object.fromEntries(given);
}

function asValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function describeIssue(namespace: string, issue: z.core.$ZodIssue): string[] {
  const path = (steps: PropertyKey[]) =>
    steps
      .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i ? "." : ""}${String(step)}`))
      .join("");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${namespace}:${path([...issue.path, key])}: no such key`);
  }
  const given = issue.input === undefined ? "nothing" : JSON.stringify(issue.input);
  return [`${namespace}:${path(issue.path)}: got ${given}; allowed: ${issue.message}`];
}

function report(problems: string[]): string {
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const lines = problems.map((problem) => `  ${problem}`);
  return [`The configuration of stack ${pulumi.getStack()} has ${count}:`, ...lines].join("\n");
}
