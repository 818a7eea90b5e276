import { block, blocks, bool, Schema, str, switchBlock } from "../../engine/schema";

/** Most add-ons are switched on, those that new clusters have are switched off. */
const SWITCHED_ON = [
  "agentSandboxConfig",
  "configConnectorConfig",
  "dnsCacheConfig",
  "gcePersistentDiskCsiDriverConfig",
  "gcpFilestoreCsiDriverConfig",
  "gcsFuseCsiDriverConfig",
  "gkeBackupAgentConfig",
  "highScaleCheckpointingConfig",
  "kalmConfig",
  "nodeReadinessConfig",
  "parallelstoreCsiDriverConfig",
  "podSnapshotConfig",
  "sliceControllerConfig",
  "slurmOperatorConfig",
  "statefulHaConfig",
];
const SWITCHED_OFF = ["horizontalPodAutoscaling", "httpLoadBalancing", "networkPolicyConfig"];

const switches: Schema = Object.fromEntries([
  ...SWITCHED_ON.map((name) => [name, switchBlock("OC")]),
  ...SWITCHED_OFF.map((name) => [name, block("OC", { disabled: bool("R") })]),
]);

export const addonsConfig = block("OC", {
  ...switches,
  cloudrunConfig: block("OC", { disabled: bool("R"), loadBalancerType: str("O") }),
  istioConfig: block("OC", { auth: str("O"), disabled: bool("R") }),
  lustreCsiDriverConfig: block("OC", {
    disableMultiNic: bool("O"),
    enableLegacyLustrePort: bool("O"),
    enabled: bool("R"),
  }),
  rayOperatorConfigs: blocks("OC", {
    enabled: bool("R"),
    rayClusterLoggingConfig: switchBlock("OC"),
    rayClusterMonitoringConfig: switchBlock("OC"),
  }),
});
