import { isMap, PropertyMap } from "../../plugin";
import { Json } from "../engine/json";
import { goStruct, int64 } from "../engine/goStruct";
import { lastSegment } from "../engine/names";
import {
  block,
  blocks,
  blockSet,
  bool,
  Difference,
  isZero,
  list,
  map,
  num,
  opaque,
  Schema,
  set,
  str,
  switchBlock,
} from "../engine/schema";
import { each, fromApi, Move } from "../engine/translate";
import { omit } from "../engine/values";
import { atLeast } from "./checks";
import { nonEmpty } from "./computeApi";

const localSsd = { localSsdCount: num("RF", { check: atLeast(0) }) };

/** `nodeConfig` of a node pool, and of a cluster for its default pool. */
export const nodeConfigProperties: Schema = {
  advancedMachineFeatures: block("OF", {
    enableNestedVirtualization: bool("OF"),
    performanceMonitoringUnit: str("O", { allowed: ["ARCHITECTURAL", "STANDARD", "ENHANCED"] }),
    threadsPerCore: num("RF"),
  }),
  bootDisk: block("OC", {
    diskType: str("OC"),
    provisionedIops: num("OC"),
    provisionedThroughput: num("OC"),
    sizeGb: num("OC", { check: atLeast(10) }),
  }),
  bootDiskKmsKey: str("OF"),
  confidentialNodes: block("OC", {
    confidentialInstanceType: str("OF", { allowed: ["SEV", "SEV_SNP", "TDX"] }),
    enabled: bool("R"),
  }),
  containerdConfig: opaque("OC"),
  diskSizeGb: num("OC", { check: atLeast(10) }),
  diskType: str("OC"),
  effectiveTaints: blocks("C", { effect: str("C"), key: str("C"), value: str("C") }),
  enableConfidentialStorage: bool("OF"),
  ephemeralStorageConfig: block("OF", localSsd),
  ephemeralStorageLocalSsdConfig: block("OF", { dataCacheCount: num("OF"), ...localSsd }),
  fastSocket: switchBlock("O"),
  flexStart: bool("OF"),
  gcfsConfig: switchBlock("OC"),
  gpudirectStrategy: str("OC"),
  guestAccelerators: blocks(
    "OCF",
    {
      count: num("RF"),
      gpuDriverInstallationConfig: block("OCF", {
        gpuDriverVersion: str("RF", {
          allowed: ["GPU_DRIVER_VERSION_UNSPECIFIED", "INSTALLATION_DISABLED", "DEFAULT", "LATEST"],
        }),
      }),
      gpuPartitionSize: str("OF"),
      gpuSharingConfig: block("OF", {
        gpuSharingStrategy: str("RF"),
        maxSharedClientsPerGpu: num("RF"),
      }),
      type: str("RF", { same: (a, b) => lastSegment(a) === lastSegment(b) }),
    },
    "guest_accelerator",
  ),
  gvnic: switchBlock("O"),
  hostMaintenancePolicy: block("OF", {
    maintenanceInterval: str("RF", {
      allowed: ["MAINTENANCE_INTERVAL_UNSPECIFIED", "AS_NEEDED", "PERIODIC"],
    }),
    opportunisticMaintenanceStrategy: block("O", {
      maintenanceAvailabilityWindow: str("R"),
      minNodesPerPool: num("R"),
      nodeIdleTimeWindow: str("R"),
    }),
  }),
  imageType: str("OC", { same: (a, b) => a.toUpperCase() === b.toUpperCase() }),
  kubeletConfig: opaque("OC"),
  labels: map("OC"),
  linuxNodeConfig: opaque("OC"),
  localNvmeSsdBlockConfig: block("OF", localSsd),
  localSsdCount: num("OCF", { check: atLeast(0) }),
  localSsdEncryptionMode: str("OF", {
    allowed: ["STANDARD_ENCRYPTION", "EPHEMERAL_KEY_ENCRYPTION"],
  }),
  loggingVariant: str("OC", { allowed: ["DEFAULT", "MAX_THROUGHPUT"] }),
  machineType: str("OC"),
  maxRunDuration: str("OF"),
  metadata: map("OCF"),
  minCpuPlatform: str("OCF"),
  nodeGroup: str("OF"),
  nodeImageConfigs: blocks("OC", { image: str("OC"), imageProject: str("OC") }),
  oauthScopes: set("OCF"),
  preemptible: bool("OF"),
  reservationAffinity: block("OF", {
    consumeReservationType: str("RF", {
      allowed: [
        "UNSPECIFIED",
        "NO_RESERVATION",
        "ANY_RESERVATION",
        "SPECIFIC_RESERVATION",
        "ANY_RESERVATION_THEN_FAIL",
      ],
    }),
    key: str("OF"),
    values: set("OF"),
  }),
  resourceLabels: map("O", { suppress: onlyOfGke }),
  resourceManagerTags: map("O"),
  sandboxConfig: block("OF", {
    sandboxType: str("O", { allowed: ["gvisor"] }),
    type: str("O", { allowed: ["GVISOR"] }),
  }),
  secondaryBootDisks: blocks("OF", { diskImage: str("RF"), mode: str("OF") }),
  serviceAccount: str("OCF"),
  shieldedInstanceConfig: block("OCF", {
    enableIntegrityMonitoring: bool("OF", { default: true }),
    enableSecureBoot: bool("OF"),
  }),
  soleTenantConfig: block("OF", {
    minNodeCpus: num("O"),
    nodeAffinities: blockSet("RF", {
      key: str("RF"),
      operator: str("RF", { allowed: ["IN", "NOT_IN"] }),
      values: list("RF"),
    }),
  }),
  spot: bool("OF"),
  storagePools: list("O"),
  tags: list("O"),
  taintConfig: block("O", {
    architectureTaintBehavior: str("R", {
      allowed: ["ARCHITECTURE_TAINT_BEHAVIOR_UNSPECIFIED", "NONE", "ARM"],
    }),
  }),
  taints: blocks(
    "O",
    {
      effect: str("R", { allowed: ["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"] }),
      key: str("R"),
      value: str("R"),
    },
    "taint",
  ),
  windowsNodeConfig: block("OC", {
    osversion: str("O", {
      default: "OS_VERSION_UNSPECIFIED",
      allowed: ["OS_VERSION_UNSPECIFIED", "OS_VERSION_LTSC2019", "OS_VERSION_LTSC2022"],
    }),
  }),
  workloadMetadataConfig: block("OC", {
    mode: str("R", { allowed: ["MODE_UNSPECIFIED", "GCE_METADATA", "GKE_METADATA"] }),
  }),
};

/** GKE labels its machines for itself. */
function onlyOfGke({ before, after }: Difference): boolean {
  const [own, asked] = [before, after].map((labels) => (isMap(labels) ? labels : {}));
  const keys = new Set([...Object.keys(own ?? {}), ...Object.keys(asked ?? {})]);
  return [...keys].every(
    (key) => own?.[key] === asked?.[key] || (key.startsWith("goog-gke") && !(key in (asked ?? {}))),
  );
}

/** What a pool asks for whose program says nothing of its machines. Source: node_config.go, `defaultOauthScopes`. */
const DEFAULT_SCOPES = [
  "devstorage.read_only",
  "logging.write",
  "monitoring",
  "service.management.readonly",
  "servicecontrol",
  "trace.append",
].map((scope) => `https://www.googleapis.com/auth/${scope}`);

/** What stands in these is passed on as it is. */
const OPAQUE = ["containerdConfig", "kubeletConfig", "linuxNodeConfig"];

/** A configuration as a new pool is made with it. Source: `expandNodeConfig` in node_config.go of 93c65b2d60. */
export function nodeConfigToApi(value: unknown): Json {
  if (!isMap(value as PropertyMap)) return { oauthScopes: DEFAULT_SCOPES };
  const given = omit(value as PropertyMap, "effectiveTaints");
  const { guestAccelerators, loggingVariant, bootDisk, advancedMachineFeatures, ...others } = given;
  const { nodeImageConfigs, resourceManagerTags, ...config } = others;
  const accelerators = (Array.isArray(guestAccelerators) ? guestAccelerators : [])
    .filter(isMap)
    .filter(({ count }) => !isZero(count))
    .map(acceleratorToApi);
  const [image] = Array.isArray(nodeImageConfigs) ? nodeImageConfigs : [];
  return {
    ...(goStruct(nonEmpty(omit(config, ...OPAQUE))) as Json),
    ...nonEmpty(pick(config, OPAQUE)),
    loggingConfig: { variantConfig: isZero(loggingVariant) ? {} : { variant: loggingVariant } },
    ...(accelerators.length > 0 && { accelerators }),
    ...(isMap(bootDisk) && { bootDisk: bootDiskToApi(bootDisk) }),
    ...(isMap(advancedMachineFeatures) && {
      advancedMachineFeatures: {
        ...advancedMachineFeatures,
        threadsPerCore: int64(advancedMachineFeatures.threadsPerCore),
      },
    }),
    ...(image !== undefined && { nodeImageConfig: image }),
    ...(!isZero(resourceManagerTags) && { resourceManagerTags: { tags: resourceManagerTags } }),
  };
}

function acceleratorToApi({ type, count, gpuSharingConfig, ...gpu }: PropertyMap): Json {
  return {
    ...(goStruct(gpu) as Json),
    acceleratorType: lastSegment(String(type)),
    acceleratorCount: int64(count),
    ...(isMap(gpuSharingConfig) && {
      gpuSharingConfig: {
        ...gpuSharingConfig,
        maxSharedClientsPerGpu: int64(gpuSharingConfig.maxSharedClientsPerGpu),
      },
    }),
  };
}

export function bootDiskToApi({ diskType, ...numbers }: PropertyMap): Json {
  const texts = Object.entries(numbers).map(([key, number]) => [key, int64(number)] as const);
  return goStruct({ diskType, ...Object.fromEntries(texts) }) as Json;
}

function bootDiskFromApi({ diskType, ...texts }: Json): PropertyMap {
  const numbers = Object.entries(texts).map(([key, text]) => [key, Number(text)] as const);
  return {
    ...(diskType !== undefined && { diskType: String(diskType) }),
    ...Object.fromEntries(numbers),
  };
}

function pick(properties: PropertyMap, keys: string[]): PropertyMap {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => keys.includes(key)));
}

const moves: Move[] = [
  { here: "loggingVariant", there: "loggingConfig.variantConfig.variant" },
  { here: "resourceManagerTags", there: "resourceManagerTags.tags" },
];

/**
 * @param known the program's taints: the others in the cloud are GKE's, and show in
 * `effectiveTaints`
 */
export function nodeConfigFromApi(value: unknown, known: unknown): PropertyMap | undefined {
  if (!isMap(value as PropertyMap)) return undefined;
  const { accelerators, taints, nodeImageConfig, bootDisk, ...config } = value as Json;
  const guestAccelerators = each(accelerators, ({ acceleratorType, acceleratorCount, ...gpu }) => ({
    ...gpu,
    type: acceleratorType,
    count: Number(acceleratorCount),
  }));
  const effectiveTaints = each(taints, (taint) => taint);
  const own = isMap(known as PropertyMap) ? (known as PropertyMap).taints : undefined;
  const keys = Array.isArray(own) ? own.map((taint) => isMap(taint) && taint.key) : [];
  const kept = Array.isArray(effectiveTaints)
    ? effectiveTaints.filter((taint) => isMap(taint) && keys.includes(taint.key as string))
    : [];
  return {
    ...fromApi(config, moves),
    ...(isMap(bootDisk as PropertyMap) && { bootDisk: bootDiskFromApi(bootDisk as Json) }),
    ...(guestAccelerators !== undefined && { guestAccelerators }),
    ...(effectiveTaints !== undefined && { effectiveTaints }),
    ...(nodeImageConfig !== undefined && { nodeImageConfigs: [nodeImageConfig as PropertyMap] }),
    taints: kept,
  };
}
