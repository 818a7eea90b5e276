/** One edge or field less, and how the rehearsal has to tell it. */
export interface RuleDrill {
  /** What is wrong; the module in `mutations/` that makes it so has the same name. */
  name: string;
  /** Laid over the stack file's configuration. */
  settings?: Record<string, unknown>;
  /** Nothing is taken away: the program as it is breaks the rule when real time passes at this scale. */
  timeScale?: number;
  /**
   * The step that has to fail; `again` is the next `up`, which should find nothing to change, `fields` the comparison
   * of what is registered with what is kept.
   */
  fails: "up" | "again" | "verify" | "fields" | "destroy";
  /** What its error, or the cloud's own word on what is wrong, has to say. */
  message: RegExp;
}

export const ruleDrills: RuleDrill[] = [
  {
    name: "apiNotEnabled",
    fails: "up",
    message:
      /Kubernetes Engine API has not been used in project my-project-dev before or it is disabled/,
  },
  {
    name: "missingProxySubnet",
    fails: "up",
    message: /region us-east4: .*none with purpose GLOBAL_MANAGED_PROXY and role ACTIVE/,
  },
  {
    name: "overlappingRange",
    fails: "up",
    message: /10\.140\.144\.0\/2[03] conflicts with existing subnetwork '.*' in region 'us-east4'/,
  },
  {
    name: "secondProxySubnet",
    fails: "up",
    message: /with purpose GLOBAL_MANAGED_PROXY already exists in region 'europe-west3'/,
  },
  {
    name: "poolInEveryZone",
    fails: "up",
    message: /Accelerator type "nvidia-l4" does not exist in zone us-east4-b\./,
  },
  {
    // The first `up` passes: GKE fills in the SSDs that the machines come with, and the provider takes them for a change.
    name: "poolWithoutSsds",
    settings: {
      "inference-gateway:accelerator": {
        machineType: "a3-highgpu-2g",
        provisioning: "spot",
        minNodes: 1,
        maxNodes: 2,
      },
    },
    fails: "again",
    message:
      /\+-gcp:container\/nodePool:NodePool: \(replace\)[^~]*NodePool::gke-east-gpu\][^~]*~ nodeConfig: \{\s+- ephemeralStorageLocalSsdConfig: \{\s+- localSsdCount: 4\s/,
  },
  {
    name: "smallDisk",
    fails: "up",
    message:
      /cluster gke-east: pod inference\/vllm-\S+: Unschedulable: 0\/\d+ nodes are available: \d+ Insufficient ephemeral-storage[,.]/,
  },
  {
    name: "oldVllm",
    fails: "up",
    message:
      /cluster gke-east: pod inference\/vllm-\S+: container vllm: CrashLoopBackOff: .*; its log ends: No platform detected, /,
  },
  {
    name: "membershipWithoutCluster",
    fails: "up",
    message: /GKE cluster ".*\/clusters\/gke-est" was not found/,
  },
  {
    name: "featureWithoutConfigMembership",
    fails: "up",
    message: /spec\.multiclusteringress\.config_membership/,
  },
  {
    name: "featureDeletedTooEarly",
    // Google refuses for five minutes after the Gateway went; here for two, which the rest of destroy does not fill.
    timeScale: 0.4,
    fails: "destroy",
    message: /Feature has associated resources that should be cleaned up before deletion/,
  },
  {
    name: "hpaProfileOff",
    fails: "verify",
    message:
      /gke-east does not report gke\.named_metrics\.kv-cache: custom metrics need the HPA profile PERFORMANCE/,
  },
  {
    name: "wrongMetricShape",
    fails: "up",
    message: /AutoscalingMetric\) ?.*\.spec\.endpoints: field not declared in schema/,
  },
  {
    // A cluster whose InferencePool is older than the field.
    name: "poolProtocol",
    settings: { "inference-gateway:gkeVersion": "1.35" },
    fails: "up",
    message: /InferencePool\)[^.]*\.spec\.appProtocol: field not declared in schema/,
  },
  {
    name: "unknownField",
    fails: "up",
    message:
      /GCPBackendPolicy\)[^.]*\.spec\.default\.customMetrics\[0\]\.maxUtilization: field not declared in schema/,
  },
  {
    // Before 1.35 an API server drops it without a word, strict validation or not.
    name: "restartPolicy",
    settings: { "inference-gateway:gkeVersion": "1.34" },
    fails: "fields",
    message:
      /gke-east: Deployment inference\/\S+: spec\.template\.spec\.containers\.0\.restartPolicy: registered "IfNotPresent", kept nothing/,
  },
  {
    name: "poolNotExported",
    fails: "verify",
    message: /gke-east: InferencePool inference\/vllm-llama3-8b-instruct is not exported/,
  },
  {
    name: "routeWithTimeouts",
    fails: "verify",
    message:
      /Error GWCER104: HTTPRoute "inference\/cross-region-gateway" is misconfigured, err: Timeouts are not supported\./,
  },
  {
    name: "importThatNeverAppears",
    fails: "up",
    message: /GCPInferencePoolImport inference\/llama3-8b-instruct/,
  },
  {
    name: "wrongConfigCluster",
    fails: "up",
    message: /multi-cluster classes are on the config cluster gke-east only/,
  },
];
