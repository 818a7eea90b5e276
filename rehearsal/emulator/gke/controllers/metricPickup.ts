import { metricShape } from "../crds/autoscalingMetric";
import { Delays, SECONDS } from "../delays";
import { Container, Pod } from "../world/kinds";
import { ClusterState, World } from "../world/world";
import { atLeast, SINCE } from "../versions";
import { isTrue } from "./conditions";
import { whyNotExposed } from "./exposition";
import { declarationsOf, MetricDeclaration } from "./metricDeclarations";

/** What a GCPBackendPolicy must put before the name that an AutoscalingMetric exports. */
export const METRIC_PREFIX = "gke.named_metrics.";

/** Metrics that a cluster may declare, over all its AutoscalingMetrics. */
const MAX_METRICS = { endpoints: 10, pods: 20 };

/** Roles that contain `autoscaling.sites.writeMetrics`. */
const WRITER_ROLES = [
  "roles/autoscaling.metricsWriter",
  "roles/container.defaultNodeServiceAccount",
];

/**
 * Why the load balancer does not get a metric from a cluster; undefined where it does. It names
 * the first obstacle.
 * @param name as the GCPBackendPolicy has it
 */
export function whyNotReported(
  world: World,
  cluster: ClusterState,
  name: string,
  delays: Delays,
): string | undefined {
  if (!name.startsWith(METRIC_PREFIX)) {
    return `only metrics that are named ${METRIC_PREFIX}<exported name> come from clusters`;
  }
  const exportedName = name.slice(METRIC_PREFIX.length);
  const wrong = clusterProblem(world, cluster) ?? declarationProblem(cluster, exportedName);
  if (wrong !== undefined) return wrong;
  const reasons = declared(cluster, exportedName).map((d) => podProblem(world, cluster, d));
  if (!reasons.includes(undefined)) return reasons[0];
  const due = delays.passed(`${cluster.spec.id}/${name}`, SECONDS.metricRegistered);
  return due ? undefined : "it is being registered";
}

function clusterProblem(world: World, cluster: ClusterState): string | undefined {
  const { version, hpaProfile, project } = cluster.spec;
  if (metricShape(version) === undefined) {
    const since = SINCE.autoscalingMetricEndpoints;
    return `GKE ${version} has no AutoscalingMetric; it came with ${since}`;
  }
  if (hpaProfile !== "PERFORMANCE") {
    return `custom metrics need the HPA profile PERFORMANCE, the cluster has ${hpaProfile}`;
  }
  if (!world.view.apiEnabled(project, "autoscaling.googleapis.com")) {
    return `autoscaling.googleapis.com is not enabled in project ${project}`;
  }
  return undefined;
}

function declarationProblem(cluster: ClusterState, exportedName: string): string | undefined {
  const all = cluster.list("AutoscalingMetric").flatMap(declarationsOf);
  const found = all.filter((d) => d.exportedName === exportedName);
  if (found.length === 0) {
    const names = [...new Set(all.map((d) => d.exportedName))].join(", ") || "none";
    return `no AutoscalingMetric exports ${exportedName} (exported: ${names})`;
  }
  if (!found.some((d) => d.loadBalancing)) {
    const gauge = `gauge ${exportedName} lacks loadBalancing.enabled: true`;
    return `AutoscalingMetric ${found[0]?.owner}: ${gauge}`;
  }
  const limit = maxMetrics(cluster);
  if (all.length > limit) {
    return `the cluster declares ${all.length} metrics in AutoscalingMetrics; ${limit} are allowed`;
  }
  return undefined;
}

/** How many gauges all AutoscalingMetrics of a cluster may declare. */
export function maxMetrics(cluster: ClusterState): number {
  return MAX_METRICS[metricShape(cluster.spec.version) ?? "endpoints"];
}

/** Declarations that bring the load balancer a metric. @param name as the GCPBackendPolicy has it */
export function declarationsFor(cluster: ClusterState, name: string): MetricDeclaration[] {
  return name.startsWith(METRIC_PREFIX) ? declared(cluster, name.slice(METRIC_PREFIX.length)) : [];
}

function declared(cluster: ClusterState, exportedName: string): MetricDeclaration[] {
  return cluster
    .list("AutoscalingMetric")
    .flatMap(declarationsOf)
    .filter((d) => d.exportedName === exportedName && d.loadBalancing);
}

/** Why the pods of one declaration do not report its metric. */
function podProblem(
  world: World,
  cluster: ClusterState,
  declaration: MetricDeclaration,
): string | undefined {
  const { owner, namespace, podLabels, metric, path, port } = declaration;
  const line = (what: string) => `AutoscalingMetric ${owner}: ${what}`;
  const badKey = Object.keys(podLabels).find((key) => !isSelectorKey(cluster, key));
  if (badKey !== undefined) {
    return line(`label key "${badKey}" cannot select pods; letters, digits, - and _ only`);
  }
  const pods = cluster.list("Pod").filter((pod) => matches(pod, podLabels, namespace));
  const labels = Object.entries(podLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  if (pods.length === 0) {
    return line(`no pod in namespace ${namespace} has the labels ${labels}`);
  }
  const ready = pods.filter((pod) => isTrue(pod.status?.conditions, "Ready"));
  if (ready.length === 0) {
    return line(`none of the ${pods.length} pods with ${labels} is Ready`);
  }
  const reasons = ready.map((pod) => {
    const containers = listening(pod, port);
    if (containers.length === 0) {
      return line(`no container of pod ${pod.metadata.name} listens on port ${port}`);
    }
    return whyNotExposed(containers, metric, path) ?? identityProblem(world, cluster, pod);
  });
  return reasons.includes(undefined) ? undefined : reasons[0];
}

/** Keys with a domain, such as `app.kubernetes.io/name`, select pods from 1.37 on. */
export function isSelectorKey(cluster: ClusterState, key: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(key) || atLeast(cluster.spec.version, SINCE.anySelectorKey);
}

export function matches(pod: Pod, labels: Record<string, string>, namespace: string): boolean {
  return (
    pod.metadata.namespace === namespace &&
    Object.entries(labels).every(([key, value]) => pod.metadata.labels?.[key] === value)
  );
}

/**
 * Containers that may serve a port: those that declare it; where none does, those that declare no
 * port at all.
 */
export function listening(pod: Pod, port: number | string): Container[] {
  const all = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  const declaring = all.filter(({ ports = [] }) =>
    ports.some((p) => p.containerPort === Number(port) || p.name === port),
  );
  return declaring.length > 0 ? declaring : all.filter(({ ports = [] }) => ports.length === 0);
}

/** The agent that reads the metrics writes them in the name of the node's identity. */
function identityProblem(world: World, cluster: ClusterState, pod: Pod): string | undefined {
  const { project } = cluster.spec;
  const node = cluster.get("Node", undefined, pod.spec.nodeName ?? "");
  const poolName = node?.metadata.labels?.["cloud.google.com/gke-nodepool"];
  const pool = cluster.pools.find((p) => p.name === poolName);
  const number = world.view.projectNumber(project);
  const email = pool?.serviceAccount ?? `${number}-compute@developer.gserviceaccount.com`;
  const member = `serviceAccount:${email}`;
  if (WRITER_ROLES.some((role) => world.view.hasRole(project, role, member))) return undefined;
  return `node pool ${poolName}: ${member} lacks ${WRITER_ROLES[0]} in project ${project}`;
}
