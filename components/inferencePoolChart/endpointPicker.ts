import type { input } from "@pulumi/kubernetes/types";

import { PORTS } from "../../catalog/ports";

import { pluginsConfig } from "./pluginsConfig";
import { chartLabels, pickerName, pickerSelector, type Release } from "./release";

const MODE_LABELS = { "inference.networking.k8s.io/igw-mode": "inferencepool" };
/** The chart's default flags. */
const DEFAULT_FLAGS = { v: "1" };

export const WAIT_FOR = "pulumi.com/waitFor";

/** Not in the chart: the Service has its address at once, and the Deployment shows whether its pods are ready. */
export const SKIP_AWAIT_ANNOTATION = { "pulumi.com/skipAwait": "true" };

export function pickerConfigMap(release: Release) {
  return {
    metadata: { name: pickerName(release), namespace: release.namespace },
    data: pluginsConfig(release).files,
  };
}

export function pickerService(release: Release) {
  return {
    metadata: {
      name: pickerName(release),
      namespace: release.namespace,
      labels: chartLabels(release),
      annotations: SKIP_AWAIT_ANNOTATION,
    },
    spec: {
      selector: pickerSelector(release),
      ports: [
        { name: "grpc-ext-proc", protocol: "TCP", port: PORTS.picker.extProc },
        { name: "http-metrics", protocol: "TCP", port: PORTS.picker.metrics },
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
      ...waitAnnotations(release.endpointPicker.replicas),
    },
    spec: {
      replicas: release.endpointPicker.replicas,
      // Only one replica can lead, so a rolling update would wait forever for a second leader.
      strategy: { type: "Recreate" },
      selector: { matchLabels: pickerSelector(release) },
      template: {
        metadata: { labels: { ...pickerSelector(release), ...MODE_LABELS } },
        spec: pickerPod(release),
      },
    },
  };
}

/**
 * Not in the chart: only the leader of several replicas answers the readiness probe, so the Deployment never becomes
 * Available, which Pulumi would wait for. All replicas have the new revision only after the old ones are gone.
 */
function waitAnnotations(replicas: number): { annotations?: Record<string, string> } {
  if (replicas === 1) return {};
  const conditions = [
    `jsonpath={.status.updatedReplicas}=${replicas}`,
    "jsonpath={.status.readyReplicas}",
  ];
  return { annotations: { [WAIT_FOR]: JSON.stringify(conditions) } };
}

function pickerPod(release: Release): input.core.v1.PodSpec {
  return {
    serviceAccountName: pickerName(release),
    // No shorter than the slowest pod of the pool takes to drain.
    terminationGracePeriodSeconds: 130,
    containers: [pickerContainer(release)],
    volumes: [{ name: "plugins-config-volume", configMap: { name: pickerName(release) } }],
  };
}

function pickerContainer(release: Release): input.core.v1.Container {
  const { version, replicas } = release.endpointPicker;
  const elected = replicas > 1;
  const probe = (service: string) => ({
    grpc: { port: PORTS.picker.health, service: elected ? service : "inference-extension" },
  });
  return {
    name: "epp",
    image: `registry.k8s.io/gateway-api-inference-extension/epp:${version}`,
    imagePullPolicy: "Always",
    args: pickerArgs(release),
    resources: { limits: { memory: "16Gi" }, requests: { cpu: "4", memory: "8Gi" } },
    ports: [
      { name: "grpc", containerPort: PORTS.picker.extProc },
      { name: "grpc-health", containerPort: PORTS.picker.health },
      { name: "metrics", containerPort: PORTS.picker.metrics },
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

function pickerArgs(release: Release): string[] {
  const { name, namespace, endpointPicker } = release;
  return [
    ...["--pool-name", name],
    ...["--pool-namespace", namespace],
    ...["--pool-group", "inference.networking.k8s.io"],
    ...["--zap-encoder", "json"],
    ...["--config-file", `/config/${pluginsConfig(release).read}`],
    ...(endpointPicker.replicas > 1 ? ["--ha-enable-leader-election"] : []),
    ...flagArgs({ ...DEFAULT_FLAGS, ...endpointPicker.flags }),
    "--tracing=false",
  ];
}

/** Sorted as Helm's templates sort: alphabetically. */
function flagArgs(flags: Record<string, string>): string[] {
  return Object.entries(flags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([flag, value]) => [`--${flag}`, value]);
}
