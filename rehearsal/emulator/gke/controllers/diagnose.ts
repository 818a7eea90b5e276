import { Backend, LoadBalancer } from "../gke";
import { Policy } from "../world/kinds";
import {
  ClusterState,
  clusterById,
  configClusterOf,
  keyOf,
  membersOf,
  projectsOf,
  World,
} from "../world/world";
import { EXPORT_VALUE, exportsOf, exportValue, importsBlocked } from "./exports";
import { MULTI_CLUSTER_CLASSES } from "./gatewayClasses";
import { isOurs } from "./gateways";
import { listening, matches } from "./metricPickup";
import { POLICY_KINDS } from "./policies";

/** What is not as its owner wants it, about Gateways and what stands behind them: one line each. */
export function diagnoseGateways(world: World, balancers: LoadBalancer[]): string[] {
  return [
    ...projectsOf(world).flatMap((project) => fleetProblems(world, project)),
    ...world.clusters.flatMap((cluster) => [
      ...gatewayProblems(world, cluster),
      ...routeProblems(cluster),
      ...policyProblems(cluster),
      ...objectiveProblems(cluster),
    ]),
    ...balancers.flatMap(({ cluster, backends }) => {
      const project = clusterById(world, cluster)?.spec.project ?? "";
      return backends.flatMap((backend) => backendProblems(world, project, backend));
    }),
  ];
}

function fleetProblems(world: World, project: string): string[] {
  const config = configClusterOf(world, project);
  const blocked = importsBlocked(world, project);
  const exported = [...exportsOf(world, project).keys()];
  const members = new Set(membersOf(world, project).map((member) => member.cluster));
  const clusters = world.clusters.filter((cluster) => cluster.spec.project === project);
  return [
    // A disabled feature matters only if something uses it.
    ...(blocked !== undefined && (config || exported.length > 0)
      ? [`project ${project}: no pool is imported: ${blocked}`]
      : []),
    ...clusters.flatMap((cluster) => pools(cluster, members.has(cluster))),
  ];
}

function pools(cluster: ClusterState, isMember: boolean): string[] {
  return cluster.list("InferencePool").flatMap((pool) => {
    const line = (what: string) => `${where(cluster)}: InferencePool ${keyOf(pool)}: ${what}`;
    if (!isMember && exportValue(pool) === EXPORT_VALUE) {
      return [line("is exported, but its cluster is not in the fleet")];
    }
    const conditions = (pool.status?.parents ?? []).flatMap((parent) => parent.conditions ?? []);
    return conditions.filter((c) => c.status !== "True").map((c) => line(sentence(c)));
  });
}

function gatewayProblems(world: World, cluster: ClusterState): string[] {
  return cluster.list("Gateway").flatMap((gateway) => {
    const line = (what: string) => `${where(cluster)}: Gateway ${keyOf(gateway)}: ${what}`;
    if (!isOurs(cluster, gateway)) return [line(whyNoClass(world, cluster, gateway.spec))];
    const conditions = gateway.status?.conditions ?? [];
    const wrong = conditions.find(
      (c) => ["Accepted", "Programmed"].includes(c.type) && c.status !== "True",
    );
    return wrong ? [line(sentence(wrong))] : [];
  });
}

function whyNoClass(
  world: World,
  cluster: ClusterState,
  { gatewayClassName }: { gatewayClassName: string },
): string {
  const missing = `there is no GatewayClass ${gatewayClassName}`;
  if (!MULTI_CLUSTER_CLASSES.includes(gatewayClassName)) return missing;
  const config = configClusterOf(world, cluster.spec.project);
  if (!config) return `${missing}: the multiclusteringress feature is off`;
  if (config === cluster) return `${missing} yet: GKE installs it minutes after the feature is on`;
  return `${missing}: multi-cluster classes are on the config cluster ${config.spec.name} only`;
}

function routeProblems(cluster: ClusterState): string[] {
  return cluster.list("HTTPRoute").flatMap((route) => {
    const line = (what: string) => `${where(cluster)}: HTTPRoute ${keyOf(route)}: ${what}`;
    const parents = route.status?.parents ?? [];
    if (parents.length === 0) {
      const refs = (route.spec.parentRefs ?? []).map((ref) => ref.name).join(", ");
      return [line(`no controller has bound it to its Gateway ${refs}`)];
    }
    const wrong = parents.flatMap((parent) => parent.conditions.filter((c) => c.status !== "True"));
    const [first] = wrong;
    return first ? [line(sentence(first))] : [];
  });
}

function policyProblems(cluster: ClusterState): string[] {
  return POLICY_KINDS.flatMap((kind) =>
    (cluster.list(kind) as Policy[]).flatMap((policy) => {
      const attached = policy.status?.conditions?.find((c) => c.type === "Attached");
      if (attached?.status === "True") return [];
      const what = attached ? sentence(attached) : "is not attached yet";
      return [`${where(cluster)}: ${kind} ${keyOf(policy)}: ${what}`];
    }),
  );
}

/** No controller looks at these: the endpoint picker just ignores an objective of another pool. */
function objectiveProblems(cluster: ClusterState): string[] {
  return cluster.list("InferenceObjective").flatMap((objective) => {
    const { namespace } = objective.metadata;
    const { name } = objective.spec.poolRef;
    if (cluster.get("InferencePool", namespace, name)) return [];
    const what = `poolRef: there is no InferencePool ${namespace}/${name}`;
    return [`${where(cluster)}: InferenceObjective ${keyOf(objective)}: ${what}`];
  });
}

function backendProblems(world: World, project: string, backend: Backend): string[] {
  const name = (id: string) => world.clusters.find((c) => c.spec.id === id)?.spec.name ?? id;
  const line = (what: string) => `backend ${backend.pool}: ${what}`;
  // A drained cluster need not serve: it is out of service for a while.
  const serving = backend.exportedBy.filter(({ capacityPercent }) => capacityPercent > 0);
  const expected = (id: string) => serving.some(({ cluster }) => cluster === id);
  return [
    ...(serving.length === 0 && backend.exportedBy.length > 0
      ? [line("all its clusters are drained: every request is refused")]
      : []),
    ...serving
      .filter((exporter) => exporter.readyPods === 0)
      .map((exporter) => line(`no pod is Ready in cluster ${name(exporter.cluster)}`)),
    // GKE's default asks for `/`, which model servers answer with 404.
    ...(backend.healthCheck ? [] : [line("no HealthCheckPolicy is attached to its import")]),
    ...unansweredChecks(world, project, backend).map(line),
    ...backend.metrics.flatMap((metric) =>
      metric.missing
        .filter((m) => expected(m.cluster))
        .map((m) =>
          line(`metric ${metric.name} is not reported by cluster ${name(m.cluster)}: ${m.reason}`),
        ),
    ),
  ];
}

/** A health check of a port on which no pod listens makes every endpoint unhealthy. */
function unansweredChecks(world: World, project: string, backend: Backend): string[] {
  const { policy, port } = backend.healthCheck ?? {};
  if (port === undefined) return [];
  return (exportsOf(world, project).get(backend.pool) ?? []).flatMap(({ member, pool }) => {
    const { matchLabels } = pool.spec.selector;
    const pods = member.cluster
      .list("Pod")
      .filter((pod) => matches(pod, matchLabels, pool.metadata.namespace ?? "default"));
    if (pods.length === 0 || pods.some((pod) => listening(pod, port).length > 0)) return [];
    const name = member.cluster.spec.name;
    return [`HealthCheckPolicy ${policy}: no pod in cluster ${name} listens on port ${port}`];
  });
}

function sentence(condition: { type: string; status: string; reason: string; message: string }) {
  const { type, status, reason, message } = condition;
  return `${type}=${status} (${reason})${message === "" ? "" : `: ${message}`}`;
}

function where(cluster: ClusterState): string {
  return `cluster ${cluster.spec.name}`;
}
