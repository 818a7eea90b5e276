import { ApiError } from "./errors";
import { ADDRESS, FIREWALL, Kind, NETWORK, NODE_POOL, NodePool, ROUTER, SUBNETWORK } from "./kinds";
import { JsonObject } from "./json";
import { projectOf, regionOf } from "./names";
import { Store } from "./store";
import { machineFamily, machineType } from "../gke/nodes/machineTypes";
import { GPU_QUOTA_METRICS, gpuQuotaMetric } from "./tables/machineTypes";

/** What a resource takes of a quota. `region` is `global` for metrics that have no region. */
export interface Usage {
  metric: string;
  region: string;
  amount: number;
}

/** Metrics that count resources, as Compute Engine names them. */
const COUNTED: { metric: string; kind: Kind<JsonObject>; regional: boolean }[] = [
  { metric: "NETWORKS", kind: NETWORK, regional: false },
  { metric: "SUBNETWORKS", kind: SUBNETWORK, regional: false },
  { metric: "FIREWALLS", kind: FIREWALL, regional: false },
  { metric: "ROUTERS", kind: ROUTER, regional: false },
  { metric: "STATIC_ADDRESSES", kind: ADDRESS, regional: true },
];

const ALL_GPUS = "GPUS_ALL_REGIONS";
const CPUS = "CPUS";
const ALL_CPUS = "CPUS_ALL_REGIONS";
const IN_USE_ADDRESSES = "IN_USE_ADDRESSES";

const GLOBAL_METRICS = [
  ...COUNTED.filter(({ regional }) => !regional).map(({ metric }) => metric),
  ALL_GPUS,
  ALL_CPUS,
];
const REGIONAL_METRICS = [
  ...COUNTED.filter(({ regional }) => regional).map(({ metric }) => metric),
  CPUS,
  IN_USE_ADDRESSES,
  ...GPU_QUOTA_METRICS,
];

export const QUOTA_METRICS = [...GLOBAL_METRICS, ...REGIONAL_METRICS];

/** The limit that is shown of a quota which has none here. */
const UNLIMITED = 1e9;

/**
 * GPUs that Compute Engine's lists of quotas do not have, on demand or at all: they are counted by GPUS_PER_GPU_FAMILY,
 * of the Cloud Quotas API. Source: the values of `Quota.metric` in the discovery document of 2026-11-06.
 */
const UNLISTED =
  /^(NVIDIA_H100|(PREEMPTIBLE_)?NVIDIA_(H100_MEGA|H200|B200|GB200|RTX_PRO_6000))_GPUS$/;

/** Machines whose CPUs the metric CPUS counts; other families have metrics of their own. */
const SHARED_CPUS = ["e2", "n1"];

export class Quotas {
  constructor(
    private readonly store: Store,
    private readonly limits: () => Record<string, Record<string, number>>,
  ) {}

  /**
   * Refuses what would exceed a limit.
   * @param before what the resource takes already, when it is changed
   * @throws ApiError 403 quotaExceeded
   */
  check(project: string, after: Usage[], before: Usage[] = []): void {
    for (const { metric, region, amount } of after) {
      const limit = this.limits()[metric]?.[region];
      const had = before.find((u) => u.metric === metric && u.region === region)?.amount ?? 0;
      if (limit === undefined || amount <= had) continue;
      if (this.used(project, metric, region) - had + amount > limit) {
        throw exceeded(metric, region, limit);
      }
    }
  }

  /** The quotas of a region or of all together, as Compute Engine lists them. */
  listed(project: string, region: string): JsonObject[] {
    const metrics = region === "global" ? GLOBAL_METRICS : REGIONAL_METRICS;
    return metrics
      .filter((metric) => !UNLISTED.test(metric))
      .map((metric) => ({
        metric,
        limit: this.limits()[metric]?.[region] ?? UNLIMITED,
        usage: this.used(project, metric, region),
      }));
  }

  private used(project: string, metric: string, region: string): number {
    return this.store
      .all()
      .filter((resource) => projectOf(resource.name) === project)
      .flatMap(({ type, name, body }) => usageOf(type, name, body))
      .filter((usage) => usage.metric === metric && usage.region === region)
      .reduce((sum, usage) => sum + usage.amount, 0);
  }
}

/** What a resource takes of all quotas. */
export function usageOf(type: string, name: string, body: JsonObject): Usage[] {
  if (type === NODE_POOL.type) {
    return [...gpus(name, body as NodePool), ...cpus(name, body as NodePool)];
  }
  return [...addressesOf(type, name, body), ...counted(type, name)];
}

function counted(type: string, name: string): Usage[] {
  return COUNTED.filter(({ kind }) => kind.type === type).map(({ metric, regional }) => ({
    metric,
    region: regional ? locationOf(name) : "global",
    amount: 1,
  }));
}

function gpus(name: string, { config, currentLocations, currentNodeCount }: NodePool): Usage[] {
  const attached = config.accelerators?.[0];
  const gpu = attached
    ? { type: String(attached.acceleratorType), count: Number(attached.acceleratorCount) }
    : machineType(config.machineType)?.gpu;
  const amount = (gpu?.count ?? 0) * currentLocations.length * currentNodeCount;
  if (!gpu || amount === 0) return [];
  // Google counts flex-start with Spot. Source: "Consumption options", 2026-08.
  const preemptible = [config.spot, config.preemptible, config.flexStart].includes(true);
  const metric = (preemptible ? "PREEMPTIBLE_" : "") + gpuQuotaMetric(gpu.type);
  return [
    { metric, region: regionOf(locationOf(name)), amount },
    { metric: ALL_GPUS, region: "global", amount },
  ];
}

function cpus(name: string, { config, currentLocations, currentNodeCount }: NodePool): Usage[] {
  const machine = machineType(config.machineType);
  if (!machine || !SHARED_CPUS.includes(machineFamily(machine.name))) return [];
  const amount = machine.vcpus * currentLocations.length * currentNodeCount;
  return [
    { metric: CPUS, region: regionOf(locationOf(name)), amount },
    { metric: ALL_CPUS, region: "global", amount },
  ];
}

/** A NAT that has its addresses from Google has one at least. */
function addressesOf(type: string, name: string, body: JsonObject): Usage[] {
  const nats = type === ROUTER.type && Array.isArray(body.nats) ? (body.nats as JsonObject[]) : [];
  const amount = nats.filter(({ natIpAllocateOption: from }) => from === "AUTO_ONLY").length;
  return amount === 0 ? [] : [{ metric: IN_USE_ADDRESSES, region: locationOf(name), amount }];
}

/** `projects/p/regions/r/...` and `projects/p/locations/l/...` alike. */
function locationOf(name: string): string {
  return name.split("/")[3] ?? "";
}

function exceeded(metric: string, region: string, limit: number): ApiError {
  const where = region === "global" ? "globally" : `in region ${region}`;
  const message = `Quota '${metric}' exceeded. Limit: ${limit.toFixed(1)} ${where}.`;
  return new ApiError("PERMISSION_DENIED", message, "quotaExceeded");
}
