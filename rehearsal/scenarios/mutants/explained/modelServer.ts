import type { Explanation } from "../explanation";

const SERVER = "kubernetes:apps/v1:Deployment gke-east";
const CONTAINER = "spec.template.spec.containers[0]";

/** Model server, its token, its metrics. */
export const modelServer: Explanation[] = [
  {
    of: "kubernetes:core/v1:Secret gke-east-hf-token",
    to: ["stringData*"],
    why: "another token: only Hugging Face knows which is right",
  },
  {
    of: SERVER,
    does: ["drop"],
    to: ["spec.template.spec.serviceAccountName"],
    why: "the pods then run as the namespace's own account; neither account has permissions",
  },
  {
    of: "kubernetes:core/v1:ServiceAccount gke-east-model-server",
    to: ["automountServiceAccountToken"],
    why: "the pods say it themselves",
  },
  {
    of: SERVER,
    to: ["spec.template.spec.nodeSelector*", "spec.template.spec.tolerations*"],
    why: "GKE itself tolerates what nodes with GPUs and those of a class are tainted with; without a selector any GPU will do",
  },
  {
    of: "kubernetes:cloud.google.com/v1:ComputeClass gke-east-compute-class",
    to: ["spec.priorities*"],
    why: "a priority without node pools takes any nodes of the class; and a longer name may be one that Pulumi gave",
  },
  {
    of: "kubernetes:cloud.google.com/v1:ComputeClass gke-east-compute-class",
    to: ["spec.activeMigration*", "spec.whenUnsatisfiable"],
    why: "whether pods go back to the first pool, and wait rather than run elsewhere, is a choice",
  },
  {
    of: "kubernetes:cloud.google.com/v1:ComputeClass gke-east-compute-class",
    does: ["duplicate"],
    why: "the second is refused as every twin is; but the cluster that is asked is dev's, which has no first",
  },
  {
    of: SERVER,
    to: [`${CONTAINER}.resources*`],
    why: "what a server asks for is a choice within what a node has",
  },
  {
    of: SERVER,
    to: [`${CONTAINER}.args*`, `${CONTAINER}.command*`],
    why: "how the server is started is the program's own matter: its configuration is validated, its commands are tested",
  },
  {
    of: SERVER,
    to: [`${CONTAINER}.env*`],
    why: "without the token the weights do not load, and the server reports that; the other one is the path of a cache",
  },
  {
    of: SERVER,
    to: [`${CONTAINER}.ports*`],
    why: "TCP is the default, and policies refuse a name or number that differs from the references",
  },
  {
    of: SERVER,
    to: [
      `${CONTAINER}.livenessProbe*`,
      `${CONTAINER}.readinessProbe*`,
      `${CONTAINER}.startupProbe*`,
    ],
    why: "the patience of a probe is a choice; too little of it shows in the first `up`",
  },
  {
    of: SERVER,
    to: [`${CONTAINER}.image`, `${CONTAINER}.name`],
    why: "a pinned tag that does not exist: only the registry knows; and a name that nothing refers to",
  },
  {
    of: SERVER,
    to: [`${CONTAINER}.lifecycle*`, "spec.template.spec.terminationGracePeriodSeconds"],
    why: "requests that a pod's end cuts off: how long it waits for them is a choice between spot's notice and the longest",
  },
  {
    of: SERVER,
    to: [`${CONTAINER}.volumeMounts*`, "spec.template.spec.volumes*"],
    why: "a volume for weights and for shared memory: the container's disk replaces it, more slowly",
  },
  {
    of: SERVER,
    to: ["metadata.annotations*", "spec.template.metadata.annotations*"],
    why: "annotations for the provider and the rollout, which the program's tests check",
  },
  {
    of: SERVER,
    to: ["spec.template.metadata.labels*engine-type*"],
    why: "an engine that the picker does not know counts as vLLM, its default",
  },
  {
    of: SERVER,
    to: ["metadata.name"],
    why: "nothing refers to it by name",
  },
  {
    of: SERVER,
    to: ["spec.replicas"],
    why: "how many servers there are is a choice of the configuration; none at all is refused by it",
  },
  {
    of: SERVER,
    to: ["spec.strategy*", "spec.progressDeadlineSeconds"],
    why: "how a change rolls out is a choice: one region after another with `make rollout`",
  },
  {
    of: SERVER,
    to: ["spec.template.spec.enableServiceLinks"],
    why: "variables of Services, of which the server would read only those of one named vllm",
  },
  {
    of: SERVER,
    to: ["spec.template.spec.topologySpreadConstraints*"],
    why: "a preference for zones, not a condition",
  },
  {
    of: "kubernetes:policy/v1:PodDisruptionBudget gke-east",
    to: ["spec.maxUnavailable"],
    why: "how many servers of a region may be away at once is a choice",
  },
  {
    of: "kubernetes:policy/v1:PodDisruptionBudget gke-east",
    to: ["metadata.name", "spec.unhealthyPodEvictionPolicy"],
    why: "a name that nothing refers to; and a choice for pods that are not ready",
  },
  {
    of: "kubernetes:monitoring.googleapis.com/v1:PodMonitoring gke-east-monitoring",
    to: ["spec.endpoints[0].path", ""],
    why: "/metrics is the default; and whether dashboards have data is a choice",
  },
  {
    of: "kubernetes:monitoring.googleapis.com/v1:PodMonitoring gke-east-monitoring",
    to: ["metadata.name", "spec.endpoints[0].interval"],
    why: "a name that nothing refers to; and how often is a choice",
  },
  {
    of: "kubernetes:autoscaling.gke.io/v1beta1:AutoscalingMetric gke-east-metric",
    to: ["metadata.name"],
    why: "the load balancer knows the metric by its export name",
  },
  {
    of: "kubernetes:autoscaling.gke.io/v1beta1:AutoscalingMetric gke-east-metric",
    to: ["spec.metrics[0].pod.containers[0].endpoint.path"],
    does: ["drop"],
    why: "GKE asks at /metrics where no path is given",
  },
  {
    of: "kubernetes:inference.networking.x-k8s.io/v1alpha2:InferenceObjective gke-east-food-review",
    to: ["metadata.name", "spec.priority", ""],
    why: "which objectives there are and how they rank is a choice: clients name them in a header",
  },
  {
    of: "kubernetes:inference.networking.x-k8s.io/v1alpha2:InferenceObjective gke-east-food-review",
    does: ["drop"],
    to: ["spec.poolRef.group", "spec.poolRef.kind"],
    why: "the kind's own schema has them as defaults",
  },
];
