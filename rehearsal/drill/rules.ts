/** One edge or field less, and how the rehearsal has to tell it. */
export interface RuleDrill {
  /** Name of the module in `mutations/`. */
  mutation: string;
  /** The step that has to fail. */
  fails: "up" | "verify" | "destroy";
  /** What its error, or the cloud's own word on what is wrong, has to say. */
  message: RegExp;
}

export const ruleDrills: RuleDrill[] = [
  {
    mutation: "apiNotEnabled",
    fails: "up",
    message:
      /Kubernetes Engine API has not been used in project my-project-dev before or it is disabled/,
  },
  {
    mutation: "missingProxySubnet",
    fails: "up",
    message: /region us-east4: .*none with purpose GLOBAL_MANAGED_PROXY and role ACTIVE/,
  },
  {
    mutation: "overlappingRange",
    fails: "up",
    message: /10\.140\.144\.0\/2[03] conflicts with existing subnetwork '.*' in region 'us-east4'/,
  },
  {
    mutation: "secondProxySubnet",
    fails: "up",
    message: /with purpose GLOBAL_MANAGED_PROXY already exists in region 'europe-west3'/,
  },
  {
    mutation: "membershipWithoutCluster",
    fails: "up",
    message: /GKE cluster ".*\/clusters\/gke-est" was not found/,
  },
  {
    mutation: "featureWithoutConfigMembership",
    fails: "up",
    message: /spec\.multiclusteringress\.config_membership/,
  },
  {
    mutation: "featureDeletedTooEarly",
    fails: "destroy",
    message: /Feature has associated resources that should be cleaned up before deletion/,
  },
  {
    mutation: "hpaProfileMissing",
    fails: "verify",
    message:
      /gke-east does not report gke\.named_metrics\.kv-cache: custom metrics need the HPA profile PERFORMANCE/,
  },
  {
    mutation: "wrongMetricShape",
    fails: "up",
    message: /unknown field "spec\.metrics"/,
  },
  {
    mutation: "unknownField",
    fails: "up",
    message: /unknown field "spec\.default\.customMetrics\[0\]\.maxUtilization"/,
  },
  {
    mutation: "poolNotExported",
    fails: "verify",
    message: /gke-east: InferencePool inference\/vllm-llama3-8b-instruct is not exported/,
  },
  {
    mutation: "importThatNeverAppears",
    fails: "up",
    message: /GCPInferencePoolImport inference\/llama3-8b-instruct/,
  },
  {
    mutation: "wrongConfigCluster",
    fails: "up",
    message: /multi-cluster classes are on the config cluster gke-east only/,
  },
];
