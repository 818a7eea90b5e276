import type { input } from "@pulumi/kubernetes/types";
import * as yaml from "js-yaml";

import {
  chartLabels,
  EXT_PROC_PORT,
  HEALTH_PORT,
  METRICS_PORT,
  pickerName,
  pickerSelector,
  type Release,
} from "./release";

const PLUGINS_FILE = "default-plugins.yaml";
const MODE_LABELS = { "inference.networking.k8s.io/igw-mode": "inferencepool" };

/** How the endpoint picker scores pods: queue, KV cache and prefix cache, weighted as the chart weighs them. */
const PLUGINS = {
  apiVersion: "inference.networking.x-k8s.io/v1alpha1",
  kind: "EndpointPickerConfig",
  plugins: [
    { type: "queue-scorer" },
    { type: "kv-cache-utilization-scorer" },
    { type: "prefix-cache-scorer" },
    {
      type: "metrics-data-source",
      parameters: { scheme: "http", path: "/metrics", insecureSkipVerify: true },
    },
    { type: "core-metrics-extractor" },
  ],
  schedulingProfiles: [
    {
      name: "default",
      plugins: [
        { pluginRef: "queue-scorer", weight: 2 },
        { pluginRef: "kv-cache-utilization-scorer", weight: 2 },
        { pluginRef: "prefix-cache-scorer", weight: 3 },
      ],
    },
  ],
};

export function pickerConfigMap(release: Release) {
  return {
    metadata: { name: pickerName(release), namespace: release.namespace },
    data: { [PLUGINS_FILE]: yaml.dump(PLUGINS) },
  };
}

export function pickerService(release: Release) {
  return {
    metadata: {
      name: pickerName(release),
      namespace: release.namespace,
      labels: chartLabels(release),
      // Its address is there at once, and whether pods stand behind it the Deployment tells.
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: {
      selector: pickerSelector(release),
      ports: [
        { name: "grpc-ext-proc", protocol: "TCP", port: EXT_PROC_PORT },
        { name: "http-metrics", protocol: "TCP", port: METRICS_PORT },
      ],
      type: "ClusterIP",
    },
  };
}

export function pickerDeployment(release: Release) {
  return {
    metadata: {
      name: pickerName(release),
      namespace: release.namespace,
      labels: { ...chartLabels(release), ...MODE_LABELS },
    },
    spec: {
      replicas: release.endpointPicker.replicas,
      // One replica is active, so a rolling update would wait for a second leader that cannot be.
      strategy: { type: "Recreate" },
      selector: { matchLabels: pickerSelector(release) },
      template: {
        metadata: { labels: { ...pickerSelector(release), ...MODE_LABELS } },
        spec: pickerPod(release),
      },
    },
  };
}

function pickerPod(release: Release): input.core.v1.PodSpec {
  return {
    serviceAccountName: pickerName(release),
    // At least as long as the slowest pod of the pool takes to drain.
    terminationGracePeriodSeconds: 130,
    containers: [pickerContainer(release)],
    volumes: [{ name: "plugins-config-volume", configMap: { name: pickerName(release) } }],
  };
}

function pickerContainer(release: Release): input.core.v1.Container {
  const { version, replicas } = release.endpointPicker;
  const elected = replicas > 1;
  const probe = (service: string) => ({
    grpc: { port: HEALTH_PORT, service: elected ? service : "inference-extension" },
  });
  return {
    name: "epp",
    image: `registry.k8s.io/gateway-api-inference-extension/epp:${version}`,
    imagePullPolicy: "Always",
    args: pickerArgs(release),
    resources: { limits: { memory: "16Gi" }, requests: { cpu: "4", memory: "8Gi" } },
    ports: [
      { name: "grpc", containerPort: EXT_PROC_PORT },
      { name: "grpc-health", containerPort: HEALTH_PORT },
      { name: "metrics", containerPort: METRICS_PORT },
    ],
    livenessProbe: { ...probe("liveness"), initialDelaySeconds: 5, periodSeconds: 10 },
    readinessProbe: { ...probe("readiness"), periodSeconds: 2 },
    env: [
      { name: "NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    ],
    volumeMounts: [{ name: "plugins-config-volume", mountPath: "/config" }],
  };
}

function pickerArgs({ name, namespace, endpointPicker: { flags, replicas } }: Release): string[] {
  return [
    ...["--pool-name", name],
    ...["--pool-namespace", namespace],
    ...["--pool-group", "inference.networking.k8s.io"],
    ...["--zap-encoder", "json"],
    ...["--config-file", `/config/${PLUGINS_FILE}`],
    ...(replicas > 1 ? ["--ha-enable-leader-election"] : []),
    ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]),
    "--tracing=false",
  ];
}
