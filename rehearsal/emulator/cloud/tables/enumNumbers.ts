import { Dated } from "../../dated";

export const ENUM_NUMBERS_DATED: Dated = {
  title: "Numbers of Kubernetes Engine's enums",
  source: "protos/protos.json of the npm package @google-cloud/container 6.10.0",
  asOf: "2026-11-29",
  goodForMonths: 12,
};

/**
 * Values of enums whose number in protocol buffers is not their place in the discovery document, by schema and property,
 * in either version of the API.
 */
export const ENUM_NUMBERS: Record<string, Record<string, number>> = {
  "AdvancedDatapathObservabilityConfig.relayMode": {
    INTERNAL_VPC_LB: 3,
    EXTERNAL_LB: 4,
  },
  "AutopilotConversionStatus.state": {
    DONE: 5,
  },
  "BinaryAuthorization.evaluationMode": {
    POLICY_BINDINGS: 5,
    POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE: 6,
  },
  "BlueGreenInfo.phase": {
    WAITING_TO_DRAIN_BLUE_POOL: 8,
    DRAINING_BLUE_POOL: 4,
    NODE_POOL_SOAKING: 5,
    DELETING_BLUE_POOL: 6,
    ROLLBACK_STARTED: 7,
  },
  "ClusterUpgradeInfo.autoUpgradeStatus": {
    MINOR_UPGRADE_PAUSED: 4,
    UPGRADE_PAUSED: 5,
  },
  "ClusterUpgradeInfo.pausedReason": {
    MAINTENANCE_EXCLUSION_NO_UPGRADES: 5,
    MAINTENANCE_EXCLUSION_NO_MINOR_UPGRADES: 6,
    CLUSTER_DISRUPTION_BUDGET_MINOR_UPGRADE: 7,
    SYSTEM_CONFIG: 8,
  },
  "DatabaseEncryption.currentState": {
    CURRENT_STATE_ENCRYPTED: 7,
    CURRENT_STATE_ALL_OBJECTS_ENCRYPTION_ENABLED: 8,
    CURRENT_STATE_ALL_OBJECTS_ENCRYPTION_PENDING: 9,
    CURRENT_STATE_ALL_OBJECTS_ENCRYPTION_ERROR: 10,
  },
  "DataplaneV2Config.scalabilityMode": {
    DISABLED: 3,
    SCALE_OPTIMIZED: 4,
  },
  "GPUDirectConfig.gpuDirectStrategy": {
    RDMA: 2,
  },
  "GatewayAPIConfig.channel": {
    CHANNEL_EXPERIMENTAL: 3,
    CHANNEL_STANDARD: 4,
  },
  "LoggingComponentConfig.enableComponents": {
    KCP_SSHD: 7,
    KCP_CONNECTION: 8,
    KCP_HPA: 9,
  },
  "MonitoringComponentConfig.enableComponents": {
    APISERVER: 3,
    SCHEDULER: 4,
    CONTROLLER_MANAGER: 5,
    STORAGE: 7,
    HPA: 8,
    POD: 9,
    DAEMONSET: 10,
    DEPLOYMENT: 11,
    STATEFULSET: 12,
    CADVISOR: 13,
    KUBELET: 14,
    DCGM: 15,
    JOBSET: 16,
  },
  "Operation.operationType": {
    RESIZE_CLUSTER: 18,
    FLEET_FEATURE_UPGRADE: 19,
  },
  "StatusCondition.canonicalCode": {
    UNAUTHENTICATED: 16,
    RESOURCE_EXHAUSTED: 8,
    FAILED_PRECONDITION: 9,
    ABORTED: 10,
    OUT_OF_RANGE: 11,
    UNIMPLEMENTED: 12,
    INTERNAL: 13,
    UNAVAILABLE: 14,
    DATA_LOSS: 15,
  },
  "StatusCondition.code": {
    CLOUD_KMS_KEY_ERROR: 7,
    CA_EXPIRING: 9,
    NODE_SERVICE_ACCOUNT_MISSING_PERMISSIONS: 10,
    CLOUD_KMS_KEY_DESTROYED: 11,
  },
  "UpgradeInfoEvent.state": {
    STARTED: 3,
    SUCCEEDED: 4,
    FAILED: 5,
    CANCELED: 6,
  },
  "UpgradeSettings.strategy": {
    BLUE_GREEN: 2,
    SURGE: 3,
    SHORT_LIVED: 5,
  },
  "WorkloadConfig.auditMode": {
    BASIC: 4,
    BASELINE: 2,
    RESTRICTED: 3,
  },
};
