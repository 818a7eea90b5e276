import type { Alteration } from "../alteration";
import {
  leaderElection,
  modelServer,
  namespace,
  picker,
  pickerRole,
  pickerService,
  pool,
} from "./resources";

const CONTAINER = "spec.template.spec.containers[0]";
const PATH = "spec.template.spec.serviceAccountName";
const ARGS = "spec.template.spec.containers[0].args";

export const pickerAlterations: readonly Alteration[] = [
  {
    name: "unknownChartValue",
    edits: [
      {
        at: namespace,
        duplicate: "second-pool",
        as: "kubernetes:helm.sh/v3:Chart",
        with: {
          apiVersion: undefined,
          kind: undefined,
          metadata: undefined,
          chart: "oci://registry.k8s.io/gateway-api-inference-extension/charts/inferencepool",
          version: "v1.5.0",
          values: {
            inferencePool: { modelServers: { matchLabels: { app: "second" } } },
            inferenceExtension: { monitoring: { gke: { enabled: true } } },
            provider: { name: "gke" },
          },
        },
      },
    ],
    policy: {
      name: "chart-values",
      says: [
        {
          resource: "second-pool",
          message:
            "values.inferenceExtension.monitoring.gke.enabled: the chart has no such value from " +
            "v1.3.0 on, so the endpoint picker's metrics are not read; set " +
            "inferenceExtension.monitoring.prometheus.enabled in its place",
        },
      ],
    },
  },
  {
    name: "pickerFailsClosed",
    edits: [{ at: pool, unset: "spec.endpointPickerRef.failureMode" }],
    policy: {
      name: "picker-fail-open",
      says: [
        {
          resource: "gke-east-pool",
          level: "advisory",
          message:
            "spec.endpointPickerRef.failureMode: is not set, so it is FailClose and requests get an error while the " +
            'endpoint picker restarts; set it to "FailOpen"',
        },
      ],
    },
  },
  {
    name: "pickerWithoutPort",
    edits: [{ at: pool, unset: "spec.endpointPickerRef.port" }],
    policy: {
      name: "picker-fail-open",
      says: [
        {
          resource: "gke-east-pool",
          message:
            "spec.endpointPickerRef.port.number: is not set, and a picker behind a Service needs it; set it to the port " +
            "of the endpoint picker's Service, for example 9002",
        },
      ],
    },
  },
  {
    name: "pickerTooLarge",
    edits: [
      { at: picker, set: "spec.template.spec.containers[0].resources.requests.cpu", to: "8" },
    ],
    policy: {
      name: "picker-fits-node",
      says: [
        {
          resource: "gke-east-epp",
          message:
            "spec.template.spec.containers[0].resources.requests: no node pool of cluster gke-east takes a pod that " +
            "requests 8 CPUs and 8 GiB (gke-east-gpu has GPUs, gke-east-system is of e2-standard-8); " +
            "add a node pool without GPUs whose machines have more than that",
        },
      ],
    },
  },
  {
    name: "onePickerInProduction",
    stack: "prod",
    edits: [{ at: picker, set: "spec.replicas", to: 1 }],
    policy: {
      name: "picker-highly-available",
      says: [
        {
          resource: "gke-east-epp",
          level: "advisory",
          message:
            "spec.replicas: is 1 in the production stack prod, so there is no standby; set it to " +
            "2, with --ha-enable-leader-election",
        },
      ],
    },
  },
  {
    name: "pickersWithoutLeader",
    edits: [{ at: picker, set: "spec.replicas", to: 2 }],
    policy: {
      name: "picker-highly-available",
      says: [
        {
          resource: "gke-east-epp",
          level: "advisory",
          message:
            "spec.template.spec.containers[0].args: 2 pickers without --ha-enable-leader-election do not know of each " +
            'other\'s choices; add "--ha-enable-leader-election"',
        },
      ],
    },
  },
  {
    name: "pickerMetricFlag",
    edits: [
      {
        at: picker,
        set: "spec.template.spec.containers[0].args[13]",
        to: "--kv-cache-usage-percentage-metric=vllm:kv_cache_usage_perc",
      },
    ],
    policy: {
      name: "picker-metric-fits-server",
      says: [
        {
          resource: "gke-east-epp",
          message:
            "spec.template.spec.containers[0].args[13]: an endpoint picker from v1.4.0 on exits " +
            "at once where --kv-cache-usage-percentage-metric is set; remove it; name another " +
            "metric in engineConfigs of its EndpointPickerConfig",
        },
      ],
    },
  },
  {
    name: "pickerMetricOfAnotherServer",
    edits: [
      {
        at: modelServer,
        set: 'spec.template.metadata.labels["inference.networking.k8s.io/engine-type"]',
        to: "sglang",
      },
    ],
    policy: {
      name: "picker-metric-fits-server",
      says: [
        {
          resource: "gke-east",
          message:
            'spec.template.metadata.labels["inference.networking.k8s.io/engine-type"]: vLLM v0.18.1 does not report ' +
            'sglang:token_usage, which the endpoint picker gke-east-epp reads; set it to "vllm"',
        },
      ],
    },
  },
  {
    name: "pickerProbedAtOtherPort",
    edits: [
      { at: picker, set: "spec.template.spec.containers[0].readinessProbe.grpc.port", to: 9002 },
    ],
    policy: {
      name: "picker-probed",
      says: [
        {
          resource: "gke-east-epp",
          message:
            `${CONTAINER}.readinessProbe.grpc.port: the endpoint picker does not answer at 9002; ` +
            "set it to its health port, 9003",
        },
      ],
    },
  },
  {
    name: "pickerProbedAsLeader",
    stack: "prod",
    edits: [
      {
        at: picker,
        set: "spec.template.spec.containers[0].livenessProbe.grpc.service",
        to: "readiness",
      },
    ],
    policy: {
      name: "picker-probed",
      says: [
        {
          resource: "gke-east-epp",
          message:
            `${CONTAINER}.livenessProbe.grpc.service: with "readiness" the kubelet restarts every picker but the leader; ` +
            'set it to "liveness"',
        },
      ],
    },
  },
  {
    name: "pickerServiceMissing",
    edits: [{ at: pool, set: "spec.endpointPickerRef.name", to: "vllm-llama3-8b-instruct-ep" }],
    policy: {
      name: "picker-reachable",
      says: [
        {
          resource: "gke-east-pool",
          message:
            'spec.endpointPickerRef.name: "vllm-llama3-8b-instruct-ep" is not the name of a Service in namespace ' +
            "inference of cluster " +
            "gke-east; did you mean vllm-llama3-8b-instruct-epp?",
        },
      ],
    },
  },
  {
    name: "pickerServiceWithoutPods",
    edits: [
      { at: pickerService, set: "spec.selector.inferencepool", to: "vllm-llama3-8b-instruct" },
    ],
    policy: {
      name: "picker-reachable",
      says: [
        {
          resource: "gke-east-epp",
          message:
            'spec.selector: {"inferencepool":"vllm-llama3-8b-instruct"} selects no pods of this stack, and the gateway ' +
            "reaches no endpoint picker; use labels of the endpoint picker gke-east-epp: " +
            '{"inference.networking.k8s.io/igw-mode":"inferencepool","...',
        },
      ],
    },
  },
  {
    name: "pickerAtAnotherPort",
    edits: [{ at: pickerService, set: "spec.ports[0].targetPort", to: "grpc-health" }],
    policy: {
      name: "picker-reachable",
      says: [
        {
          resource: "gke-east-epp",
          message:
            'spec.ports[0].targetPort: "grpc-health" is not a port at which the endpoint picker gke-east-epp listens; ' +
            "set targetPort to 9002",
        },
      ],
    },
  },
  {
    name: "pickerListsNoPods",
    edits: [{ at: pickerRole, set: "rules[0].verbs", to: ["get"] }],
    policy: {
      name: "picker-rights",
      says: [
        {
          resource: "gke-east-epp",
          message:
            `${PATH}: "vllm-llama3-8b-instruct-epp" may not list or watch pods, so the endpoint picker never gets ready; ` +
            'bind it to a Role in the pool\'s namespace with apiGroups [""], resources ["pods"] and verbs ["list","watch"]',
        },
      ],
    },
  },
  {
    name: "pickerWithoutLease",
    stack: "prod",
    edits: [{ at: leaderElection, drop: true }],
    policy: {
      name: "picker-rights",
      says: [
        {
          resource: "gke-east-epp",
          message:
            `${PATH}: "vllm-llama3-8b-instruct-epp" may not get or create or update leases, so no endpoint picker ever ` +
            'leads; bind it to a Role in the pool\'s namespace with apiGroups ["coordination.k8s.io"], resources ' +
            '["leases"] and verbs ["get","create","update"]',
        },
      ],
    },
  },
  {
    name: "pickerOfOtherNamespace",
    edits: [{ at: picker, set: "spec.template.spec.containers[0].args[3]", to: "default" }],
    policy: {
      name: "picker-serves-pool",
      says: [
        {
          resource: "gke-east-epp",
          message:
            `${ARGS}[3]: no InferencePool "vllm-llama3-8b-instruct" is in namespace default of cluster gke-east; ` +
            "set --pool-namespace to inference",
        },
      ],
    },
  },
  {
    name: "pickerWithUnknownFlag",
    edits: [{ at: picker, set: "spec.template.spec.containers[0].args[6]", to: "--zap-encodr" }],
    policy: {
      name: "picker-serves-pool",
      says: [
        {
          resource: "gke-east-epp",
          message:
            `${ARGS}[6]: an endpoint picker v1.5.0 has no flag --zap-encodr and exits at once; ` +
            "did you mean --zap-encoder?",
        },
      ],
    },
  },
  {
    name: "pickerWithoutConfig",
    edits: [
      { at: picker, set: "spec.template.spec.containers[0].args[9]", to: "/etc/epp/plugins.yaml" },
    ],
    policy: {
      name: "picker-serves-pool",
      says: [
        {
          resource: "gke-east-epp",
          message:
            `${ARGS}[9]: /etc/epp/plugins.yaml is in no volume of the container, and the ` +
            "endpoint picker exits at once; mount the ConfigMap that has the file there",
        },
      ],
    },
  },
  {
    name: "pickerTooNew",
    edits: [
      {
        at: picker,
        set: "spec.template.spec.containers[0].image",
        to: "registry.k8s.io/gateway-api-inference-extension/epp:v1.6.0",
      },
    ],
    policy: {
      name: "picker-version-range",
      says: [
        {
          resource: "gke-east-epp",
          message:
            "spec.template.spec.containers[0].image: v1.6.0 is not below 1.6.0: from 1.6.0 on " +
            "there is neither endpoint picker nor chart: both moved to llm-d; use a tag in " +
            "v1.4.0 up to, but not including, v1.6.0",
        },
      ],
    },
  },
  {
    name: "prioritiesWithoutFlowControl",
    edits: [
      {
        at: picker,
        set: "spec.template.spec.containers[0].args[9]",
        to: "/config/default-plugins.yaml",
      },
    ],
    policy: {
      name: "priorities-need-flow-control",
      says: [
        {
          resource: "gke-east-food-review",
          level: "advisory",
          message:
            "spec.priority: 10 has no effect, because the endpoint picker gke-east-epp runs without flow control; add " +
            "flowControl to featureGates of its EndpointPickerConfig, or leave the priority out",
        },
      ],
    },
  },
];
