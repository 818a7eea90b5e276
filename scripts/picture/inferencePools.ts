import { EXPORT_ANNOTATION } from "../../components/inferencePoolChart/pool";
import type { AutoscalingMetric } from "../../customResources/autoscalingMetric";
import type { InferencePool } from "../../customResources/inferencePool";
import type { Registration } from "../../rehearsal/stage/registrations";

import type { KubernetesObject, Registered } from "./registered";
import type { PoolView, ServersView } from "./topology";

/** What the gateway does with pools. */
interface GatewayUse {
  /** Names of the pools that its route leads to. */
  routed: string[];
  /** Names of the metrics that it balances by. */
  balancedBy: string[];
}

type Labels = Record<string, string>;

interface Deployment {
  replicas?: number;
  template: {
    metadata: { labels: Labels };
    spec: { containers: { image: string; args?: string[] }[] };
  };
}

interface Autoscaler {
  scaleTargetRef: { name: string };
  minReplicas?: number;
  maxReplicas: number;
}

const [EXPORT] = Object.entries(EXPORT_ANNOTATION);

/** The pools of a cluster, with the pods that their labels select. */
export function inferencePoolsOf(
  cluster: Registration,
  registered: Registered,
  use: GatewayUse,
): PoolView[] {
  const pools = registered.objects<InferencePool["spec"]>(
    "inference.networking.k8s.io/v1:InferencePool",
    cluster,
  );
  const deployments = registered.objects<Deployment>("apps/v1:Deployment", cluster);
  const services = registered.objects<{ selector: Labels }>("core/v1:Service", cluster);
  return pools.map(({ metadata, spec }) => {
    const service = services.find((each) => each.metadata.name === spec.endpointPickerRef.name);
    const picker = service && deployments.find((each) => selects(service.spec.selector, each));
    const [key, value] = EXPORT ?? ["", ""];
    const servers = deployments.find((each) => selects(spec.selector.matchLabels, each));
    return {
      name: metadata.name,
      fed: metadata.annotations?.[key] === value && use.routed.includes(metadata.name),
      picker: picker && { version: versionOf(picker), replicas: picker.spec.replicas ?? 1 },
      servers: servers && serversOf(servers, cluster, registered, use),
    };
  });
}

function serversOf(
  deployment: KubernetesObject<Deployment>,
  cluster: Registration,
  registered: Registered,
  { balancedBy }: GatewayUse,
): ServersView {
  const { replicas = 1 } = deployment.spec;
  const scaled = registered
    .objects<Autoscaler>("autoscaling/v2:HorizontalPodAutoscaler", cluster)
    .find(({ spec }) => spec.scaleTargetRef.name === deployment.metadata.name);
  const exported = registered
    .objects<AutoscalingMetric["spec"]>("autoscaling.gke.io/v1beta1:AutoscalingMetric", cluster)
    .flatMap(({ spec }) => exportedTo(spec, deployment));
  return {
    model: modelOf(deployment),
    image: (containerOf(deployment)?.image ?? "").split("/").at(-1) ?? "",
    least: scaled?.spec.minReplicas ?? replicas,
    most: scaled?.spec.maxReplicas ?? replicas,
    reports: exported.some((name) => balancedBy.includes(name)),
  };
}

/** Names under which the load balancer gets the gauges of a Deployment's pods, in either shape of the kind. */
function exportedTo(
  spec: AutoscalingMetric["spec"],
  deployment: KubernetesObject<Deployment>,
): string[] {
  if ("endpoints" in spec) {
    if (!selects(spec.selector.matchLabels, deployment)) return [];
    return spec.endpoints.flatMap(({ metrics }) => metrics.map(({ exportName }) => exportName));
  }
  return spec.metrics
    .filter(({ pod }) => selects(pod.selector.matchLabels, deployment))
    .flatMap(({ pod }) => pod.containers.flatMap(({ metrics }) => metrics))
    .flatMap(({ gauge }) => (gauge.loadBalancing.enabled ? [gauge.name] : []));
}

/** vLLM serves its first argument under that name, or under one of its own. */
function modelOf(deployment: KubernetesObject<Deployment>): string {
  const args = containerOf(deployment)?.args ?? [];
  const flag = args.indexOf("--served-model-name");
  return (flag < 0 ? args[0] : args[flag + 1]) ?? "";
}

function versionOf(deployment: KubernetesObject<Deployment>): string {
  return containerOf(deployment)?.image.split(":").at(-1) ?? "";
}

function containerOf({ spec }: KubernetesObject<Deployment>) {
  return spec.template.spec.containers[0];
}

function selects(selector: Labels, { spec }: KubernetesObject<Deployment>): boolean {
  const { labels } = spec.template.metadata;
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
