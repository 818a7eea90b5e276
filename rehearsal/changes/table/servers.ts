import { type Change, create, remove, update } from "../change";

const SERVER = "kubernetes:apps/v1:Deployment::<cluster>";
const PICKER = "kubernetes:apps/v1:Deployment::<cluster>-epp";
const CONTAINER = "spec.template.spec.containers[0]";
const OBJECTIVE = "kubernetes:inference.networking.x-k8s.io/v1alpha2:InferenceObjective::<cluster>";
const RBAC = "kubernetes:rbac.authorization.k8s.io/v1";

const VERSION_LABEL = 'metadata.labels["app.kubernetes.io/version"]';
/** Carry the chart's version, and nothing else of it. */
const labelled = [
  "kubernetes:core/v1:Secret::<cluster>-metrics-reader",
  "kubernetes:core/v1:Service::<cluster>-epp",
  "kubernetes:core/v1:ServiceAccount::<cluster>-epp",
  "kubernetes:monitoring.googleapis.com/v1:PodMonitoring::<cluster>-epp-monitoring",
  `${RBAC}:ClusterRole::<cluster>-epp`,
  `${RBAC}:Role::<cluster>-epp-non-sa`,
  `${RBAC}:Role::<cluster>-epp-sa`,
];

/** What runs in the clusters. */
export const serverChanges: Change[] = [
  {
    name: "model.revision",
    what: "`model.id`, `model.revision`, `model.maxLength`, `model.adapters`",
    settings: { model: { id: "meta-llama/Llama-3.1-8B", revision: "v1" } },
    steps: [update(SERVER, `${CONTAINER}.args`)],
    effect: "model servers are replaced one at a time; a single one goes when its successor serves",
  },
  {
    name: "objectives",
    what: "`objectives`: a priority, one more, one less",
    settings: {
      objectives: [
        { name: "food-review", priority: 5 },
        { name: "batch", priority: -1 },
      ],
    },
    steps: [
      update(`${OBJECTIVE}-food-review`, "spec.priority"),
      create(`${OBJECTIVE}-batch`),
      remove(`${OBJECTIVE}-chat`),
    ],
    effect: "a request that names none, or one that is gone, has priority 0",
  },
  {
    name: "endpointPicker.version",
    what: "`endpointPicker.version`",
    settings: { endpointPicker: { version: "v1.5.0" } },
    steps: [
      update(PICKER, VERSION_LABEL, `${CONTAINER}.args`, `${CONTAINER}.image`),
      update("kubernetes:core/v1:ConfigMap::<cluster>-epp", "data"),
      update(
        "kubernetes:inference.networking.k8s.io/v1:InferencePool::<cluster>-pool",
        VERSION_LABEL,
      ),
      ...labelled.map((resource) => update(resource, VERSION_LABEL)),
    ],
    effect:
      "the endpoint picker is replaced; until its successor is ready, requests go to any model server",
  },
  {
    name: "endpointPicker.replicas",
    what: "`endpointPicker.replicas`, from one to more",
    settings: { endpointPicker: { replicas: 2 } },
    steps: [
      update(
        PICKER,
        "metadata.annotations",
        "spec.replicas",
        `${CONTAINER}.args`,
        `${CONTAINER}.livenessProbe.grpc.service`,
        `${CONTAINER}.readinessProbe.grpc.service`,
      ),
      create(`${RBAC}:Role::<cluster>-epp-leader-election`),
      create(`${RBAC}:RoleBinding::<cluster>-epp-leader-election`),
    ],
    effect: "as above: the one that leads takes part in the election only after it was replaced",
  },
];

export const replicaChange: Change = {
  name: "model.replicas",
  what: "`model.replicas`, from one to more",
  settings: { model: { replicas: 3 } },
  steps: [
    update(
      SERVER,
      "spec.replicas",
      "spec.strategy.rollingUpdate.maxSurge",
      "spec.strategy.rollingUpdate.maxUnavailable",
    ),
  ],
  effect: "model servers are added or taken away",
};
