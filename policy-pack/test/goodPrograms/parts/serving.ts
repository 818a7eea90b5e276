import type { Registered } from "../../support/policies";

import { object, type Place, type Site } from "./site";

/** What runs the model, and how it says how full it is. */
export interface Engine {
  readonly container: object;
  /** The gauge of its KV cache. */
  readonly gauge: string;
  readonly port: number;
  /** Labels of its pods beside the pool's. */
  readonly labels?: object;
  readonly podSpec?: object;
}

const probes = (port: number) => {
  const httpGet = { path: "/health", port };
  return {
    startupProbe: { httpGet, periodSeconds: 10, failureThreshold: 90 },
    readinessProbe: { httpGet },
    livenessProbe: { httpGet },
  };
};

const safe = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};

const gpu = (count = 1) => ({
  limits: { "nvidia.com/gpu": `${count}`, "ephemeral-storage": "40Gi" },
  requests: { "nvidia.com/gpu": `${count}`, "ephemeral-storage": "40Gi" },
});

const driver = [
  { name: "LD_LIBRARY_PATH", value: "/usr/local/nvidia/lib64:/usr/local/cuda/lib64" },
];

export const VLLM: Engine = {
  gauge: "vllm:kv_cache_usage_perc",
  port: 8000,
  labels: { "inference.networking.k8s.io/engine-type": "vllm" },
  container: {
    name: "server",
    image: "vllm/vllm-openai:v0.18.1",
    args: ["--model", "meta-llama/Llama-3.1-8B-Instruct", "--port", "8000"],
    ports: [{ containerPort: 8000 }],
    env: driver,
    resources: gpu(),
    securityContext: safe,
    ...probes(8000),
  },
};

export const SGLANG: Engine = {
  gauge: "sglang:token_usage",
  port: 30000,
  labels: { "inference.networking.k8s.io/engine-type": "sglang" },
  container: {
    name: "server",
    image: "lmsysorg/sglang:v0.5.4",
    command: ["python3", "-m", "sglang.launch_server"],
    args: [
      "--model-path",
      "Qwen/Qwen3-8B",
      "--port",
      "30000",
      "--enable-metrics",
      "--host",
      "0.0.0.0",
    ],
    ports: [{ containerPort: 30000 }],
    env: driver,
    resources: gpu(),
    securityContext: safe,
    ...probes(30000),
  },
};

export const VLLM_TPU: Engine = {
  ...VLLM,
  container: {
    ...VLLM.container,
    image: "vllm/vllm-tpu:v0.11.1",
    env: [],
    resources: { limits: { "google.com/tpu": "4" }, requests: { "google.com/tpu": "4" } },
  },
  podSpec: {
    nodeSelector: {
      "cloud.google.com/gke-tpu-accelerator": "tpu-v6e-slice",
      "cloud.google.com/gke-tpu-topology": "2x2",
    },
  },
};

export const JETSTREAM: Engine = {
  gauge: "jetstream_slots_used_percentage",
  port: 9000,
  container: {
    name: "server",
    image: "us-docker.pkg.dev/cloud-tpu-images/inference/jetstream-http:v0.2.4",
    ports: [{ containerPort: 9000 }],
    resources: { limits: { "google.com/tpu": "4" }, requests: { "google.com/tpu": "4" } },
    securityContext: safe,
    ...probes(9000),
  },
  podSpec: VLLM_TPU.podSpec ?? {},
};

/** How the pods of an engine are run. */
export type Runner = "Deployment" | "StatefulSet" | "LeaderWorkerSet";

export interface Serving {
  readonly engine: Engine;
  readonly runner?: Runner;
  readonly podSpec?: object;
}

const RUNNER_TYPES: Readonly<Record<Runner, string>> = {
  Deployment: "apps/v1:Deployment",
  StatefulSet: "apps/v1:StatefulSet",
  LeaderWorkerSet: "leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
};

/** The namespace, the model servers, their pool and their metric, in one cluster. */
export function serving(site: Site, { name }: Place, how: Serving): Registered[] {
  const { namespace, pool } = site;
  const { engine } = how;
  const labels = { model: pool };
  return [
    object(name, "core/v1:Namespace", { name: namespace }),
    servers(site, name, how),
    object(
      name,
      "inference.networking.k8s.io/v1:InferencePool",
      { name: pool, namespace },
      {
        metadata: { name: pool, namespace, annotations: { "networking.gke.io/export": "True" } },
        spec: {
          selector: { matchLabels: labels },
          targetPorts: [{ number: engine.port }],
          endpointPickerRef: { name: site.picker, port: { number: 9002 }, failureMode: "FailOpen" },
        },
      },
    ),
    object(
      name,
      "autoscaling.gke.io/v1beta1:AutoscalingMetric",
      { name: "cache", namespace },
      {
        spec: {
          metrics: [
            {
              pod: {
                selector: { matchLabels: labels },
                containers: [
                  {
                    endpoint: { port: engine.port, path: "/metrics" },
                    metrics: [
                      {
                        gauge: {
                          name: "cache",
                          prometheusMetricName: engine.gauge,
                          loadBalancing: { enabled: true },
                        },
                      },
                    ],
                  },
                ],
              },
            },
          ],
        },
      },
    ),
  ];
}

function servers(site: Site, cluster: string, { engine, runner = "Deployment", podSpec }: Serving) {
  const { namespace, pool } = site;
  const labels = { model: pool };
  const template = {
    metadata: { labels: { ...labels, ...engine.labels } },
    spec: {
      terminationGracePeriodSeconds: 25,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      containers: [engine.container],
      ...engine.podSpec,
      ...podSpec,
    },
  };
  const spec =
    runner === "LeaderWorkerSet"
      ? { replicas: 1, leaderWorkerTemplate: { size: 2, workerTemplate: template } }
      : {
          replicas: 1,
          selector: { matchLabels: labels },
          template,
          ...(runner === "Deployment" ? { strategy: { type: "Recreate" } } : { serviceName: pool }),
        };
  return object(cluster, RUNNER_TYPES[runner], { name: `${pool}-servers`, namespace }, { spec });
}
