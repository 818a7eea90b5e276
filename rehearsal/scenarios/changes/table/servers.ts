import { BUCKET, SECRET } from "../../../stage/byHand";
import { type Change, create, remove, update } from "../change";

const SERVER = "kubernetes:apps/v1:Deployment::<cluster>";
const PICKER = "kubernetes:apps/v1:Deployment::<cluster>-epp";
const PICKER_CONFIG = "kubernetes:core/v1:ConfigMap::<cluster>-epp";
const CONTROL_PLANE = "gcp:container/cluster:Cluster::<cluster>";
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
    keys: ["model.id", "model.revision", "model.maxLength", "model.adapters.*"],
    settings: { model: { id: "meta-llama/Llama-3.1-8B", revision: "v1" } },
    steps: [update(SERVER, `${CONTAINER}.args`)],
    effect: "model servers are replaced one at a time; a single one goes when its successor serves",
  },
  {
    name: "model.vllmVersion",
    keys: ["model.vllmVersion"],
    settings: { model: { vllmVersion: "v0.19.1" } },
    steps: [update(SERVER, `${CONTAINER}.image`)],
    effect: "as above",
  },
  {
    name: "model of one cluster",
    keys: ["clusters.<name>.model.*"],
    settings: { clusters: { "gke-east": { model: { revision: "v2" } } } },
    steps: [update(SERVER, `${CONTAINER}.args`)],
    clusters: ["gke-east"],
    effect: "as above, in this cluster alone: the others keep their model",
  },
  {
    name: "huggingFaceToken",
    keys: ["huggingFaceToken"],
    settings: { huggingFaceToken: "hf_rotated" },
    steps: [update("kubernetes:core/v1:Secret::<cluster>-hf-token", "data.token")],
    effect:
      "serving model servers need no token; each reads the new one at its next start. Revoke the old one when none " +
      "is loading ([how to start them anew](operations.md#rotating-the-token))",
  },
  {
    name: "huggingFaceSecret",
    keys: ["huggingFaceSecret"],
    what: "`huggingFaceSecret` in place of `huggingFaceToken`",
    settings: { huggingFaceToken: null, huggingFaceSecret: SECRET },
    steps: [
      create("gcp:projects/service:Service::apis-secretmanager"),
      update(CONTROL_PLANE, "secretManagerConfig.enabled"),
      create("gcp:secretmanager/secretIamMember:SecretIamMember::<cluster>-token-access"),
      create("kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass::<cluster>-hf-token"),
      update(SERVER, "spec.template.*"),
      remove("kubernetes:core/v1:Secret::<cluster>-hf-token"),
    ],
    effect:
      "model servers are replaced one at a time; the Secret goes when none uses it. A new version in Secret Manager " +
      "changes nothing here: pods read it at their next start",
  },
  {
    name: "weightsCache node",
    keys: ["weightsCache.kind"],
    what: "`weightsCache.kind`, from `none` to `node`",
    settings: { weightsCache: { kind: "node" } },
    steps: [
      update(
        SERVER,
        `${CONTAINER}.resources.limits.ephemeral-storage`,
        `${CONTAINER}.resources.requests.ephemeral-storage`,
        "spec.template.spec.volumes[0].emptyDir",
        "spec.template.spec.volumes[0].hostPath",
      ),
    ],
    effect:
      "the cache starts empty: every model server loads its weights from Hugging Face once more",
  },
  {
    name: "weightsCache bucket",
    keys: ["weightsCache.kind", "weightsCache.bucket"],
    what: "`weightsCache.kind`, to `bucket`, or another `bucket`",
    settings: { weightsCache: { kind: "bucket", bucket: BUCKET } },
    steps: [
      create("gcp:projects/service:Service::apis-storage"),
      update(CONTROL_PLANE, "addonsConfig.gcsFuseCsiDriverConfig.enabled"),
      create("gcp:storage/bucketIAMMember:BucketIAMMember::<cluster>-weights-access"),
      update(SERVER, "spec.template.*"),
    ],
    effect:
      "as above; the first model server fills the bucket, and others that start meanwhile load the weights themselves",
  },
  {
    name: "objectives",
    keys: ["objectives.*"],
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
    effect: "a request that names no objective, or a removed one, has priority 0",
  },
  {
    name: "endpointPicker.version",
    keys: ["endpointPicker.version"],
    settings: { endpointPicker: { version: "v1.5.0" } },
    steps: [
      update(PICKER, VERSION_LABEL, `${CONTAINER}.args`, `${CONTAINER}.image`),
      update(PICKER_CONFIG, "data"),
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
    keys: ["endpointPicker.replicas"],
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
    effect: "as above: the leader takes part in the election only after it is replaced",
  },
  {
    name: "endpointPicker.flags",
    keys: ["endpointPicker.flags"],
    settings: { endpointPicker: { flags: { v: "4" } } },
    steps: [update(PICKER, `${CONTAINER}.args`)],
    effect: "as above",
  },
  {
    name: "endpointPicker.flowControl",
    keys: ["endpointPicker.flowControl"],
    settings: { endpointPicker: { flowControl: false } },
    steps: [update(PICKER_CONFIG, "data"), update(PICKER, `${CONTAINER}.args`)],
    effect: "as above; requests that waited in the old picker's queue are answered with an error",
  },
  {
    name: "endpointPicker.plugins",
    keys: ["endpointPicker.plugins"],
    settings: { endpointPicker: { plugins: { plugins: [{ type: "queue-scorer" }] } } },
    steps: [update(PICKER_CONFIG, "data"), update(PICKER, `${CONTAINER}.args`)],
    effect: "as above",
  },
];

export const replicaChange: Change = {
  name: "model.replicas",
  keys: ["model.replicas"],
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
  effect: "model servers are added or removed",
};

/** The autoscaler needs the newer GKE version. */
export const autoscalingChange: Change = {
  name: "autoscaling",
  keys: ["autoscaling.*"],
  what: "`autoscaling`, from none",
  settings: { autoscaling: { maxReplicas: 4, targetUtilization: 60 } },
  steps: [create("kubernetes:autoscaling/v2:HorizontalPodAutoscaler::<cluster>")],
  effect:
    "model servers are added under load; later changes of its numbers are made in place. When it is removed, as many " +
    "run at once as `model.replicas` says",
};
