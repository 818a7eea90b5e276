import { isMap, PropertyMap } from "../../plugin";
import { Json } from "../engine/cloud";
import { lastSegment } from "../engine/names";
import {
  block,
  blocks,
  blockSet,
  bool,
  Difference,
  list,
  map,
  num,
  opaque,
  Schema,
  set,
  str,
  switchBlock,
} from "../engine/schema";
import { each, fromApi, Move, toApi } from "../engine/translate";
import { omit } from "../engine/values";
import { atLeast } from "./checks";

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

const moves: Move[] = [{ here: "loggingVariant", there: "loggingConfig.variantConfig.variant" }];

export function nodeConfigToApi(value: unknown): unknown {
  if (!isMap(value as PropertyMap)) return value;
  const { guestAccelerators, ...config } = omit(value as PropertyMap, "effectiveTaints");
  const accelerators = each(guestAccelerators, ({ type, count, ...gpu }) => ({
    ...gpu,
    acceleratorType: lastSegment(String(type)),
    acceleratorCount: String(count),
  }));
  return { ...toApi(config, moves), ...(accelerators !== undefined && { accelerators }) };
}

/**
 * @param known the program's taints: the others in the cloud are GKE's, and show in
 * `effectiveTaints`
 */
export function nodeConfigFromApi(value: unknown, known: unknown): PropertyMap | undefined {
  if (!isMap(value as PropertyMap)) return undefined;
  const { accelerators, taints, nodeImageConfig, ...config } = value as Json;
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
    ...(guestAccelerators !== undefined && { guestAccelerators }),
    ...(effectiveTaints !== undefined && { effectiveTaints }),
    ...(nodeImageConfig !== undefined && { nodeImageConfigs: [nodeImageConfig as PropertyMap] }),
    taints: kept,
  };
}
