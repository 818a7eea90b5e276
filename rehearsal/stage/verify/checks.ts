import type { LoadBalancer } from "../../emulator/gke/gke";
import type { KubeClient } from "../../emulator/kube/client";
import type { Condition, KubeObject } from "../../emulator/kube/objects";

import { type PrivateName, privateNameProblems } from "./privateName";

/** What is verified, and what was found. An empty list of problems is a pass. */
export interface Check {
  name: string;
  problems: string[];
}

export interface Subject extends PrivateName {
  /** Clients of the clusters that serve the model, by name. */
  clusters: Record<string, KubeClient>;
  /** Name and client of the cluster that holds the gateway; it may serve nothing itself. */
  configCluster: string;
  config: KubeClient | undefined;
  /** Fleet memberships of the clusters that serve, by name. */
  memberships: Record<string, string>;
  namespace: string;
  poolName: string;
  metricName: string;
  /** Regions of the clusters that serve, by name. */
  regions: Record<string, string>;
  loadBalancers: LoadBalancer[];
  diagnosis: string[];
}

/** Everything that has to be true of a gateway that serves, each asked of the API servers or the load balancer. */
export async function verify(subject: Subject): Promise<Check[]> {
  return Promise.all([
    check("model servers and endpoint pickers are ready in every cluster", workloads(subject)),
    check("pools are exported and imported on the config cluster", pools(subject)),
    check("the gateway is programmed, with one address for each region", gateway(subject)),
    check("the route resolves; health check and backend policy are attached", policies(subject)),
    check("the balanced metric is picked up in every cluster", metrics(subject)),
    check(
      "a private name leads each region to its own address",
      Promise.resolve(privateNameProblems(subject)),
    ),
    check("the cloud has nothing to complain about", Promise.resolve(subject.diagnosis)),
  ]);
}

async function check(name: string, problems: Promise<string[]>): Promise<Check> {
  return { name, problems: await problems };
}

async function workloads({ clusters, namespace, poolName }: Subject): Promise<string[]> {
  // Only the leader of several endpoint pickers is ready.
  const pickers = `${poolName}-epp`;
  const found = await Promise.all(
    Object.entries(clusters).map(async ([cluster, client]) => {
      const deployments = await client.list("apps/v1", "Deployment", namespace);
      return [poolName, pickers].flatMap((name) => {
        const deployment = deployments.find(({ metadata }) => metadata.name === name);
        if (!deployment) return [`${cluster}: there is no Deployment ${namespace}/${name}`];
        const { replicas } = deployment.spec as { replicas: number };
        const { readyReplicas = 0 } = deployment.status as { readyReplicas?: number };
        if (readyReplicas === replicas || (name === pickers && readyReplicas > 0)) return [];
        return [
          `${cluster}: Deployment ${namespace}/${name} has ${readyReplicas} of ${replicas} pods ready`,
        ];
      });
    }),
  );
  return found.flat();
}

async function pools({
  clusters,
  config,
  configCluster,
  memberships,
  namespace,
  poolName,
}: Subject): Promise<string[]> {
  const problems: string[] = [];
  for (const [cluster, client] of Object.entries(clusters)) {
    const ref = {
      apiVersion: "inference.networking.k8s.io/v1",
      kind: "InferencePool",
      namespace,
      name: poolName,
    };
    const pool = await client.getOptional(ref);
    if (pool?.metadata.annotations?.["networking.gke.io/export"] !== "True") {
      problems.push(
        `${cluster}: InferencePool ${namespace}/${poolName} is ${pool ? "not exported" : "not there"}`,
      );
    }
  }
  const imported = await optionalObject(config, "GCPInferencePoolImport", "networking.gke.io/v1", {
    namespace,
    name: poolName,
  });
  if (!imported) {
    return [
      ...problems,
      `${configCluster}: there is no GCPInferencePoolImport ${namespace}/${poolName}`,
    ];
  }
  const exporting = exportingClusters(imported);
  const missing = Object.entries(memberships).filter(
    ([, membership]) => !exporting.includes(lastSegment(membership)),
  );
  return [
    ...problems,
    ...missing.map(
      ([cluster]) => `GCPInferencePoolImport ${namespace}/${poolName} does not name ${cluster}`,
    ),
  ];
}

/** Memberships of the clusters that export the pool, as GKE's controller has noted them. */
function exportingClusters({ status }: KubeObject): string[] {
  const { controllers = [] } = (status ?? {}) as {
    controllers?: { exportingClusters?: { name: string }[] }[];
  };
  return controllers.flatMap(({ exportingClusters = [] }) =>
    exportingClusters.map(({ name }) => lastSegment(name)),
  );
}

/** A membership by its id alone, which is unique in a fleet. */
function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

async function gateway(subject: Subject): Promise<string[]> {
  const { config, configCluster, namespace, gatewayAddresses, regions } = subject;
  const gateways = (await config?.list("gateway.networking.k8s.io/v1", "Gateway", namespace)) ?? [];
  const [found, ...others] = gateways;
  if (!found || others.length > 0) {
    return [`${configCluster}: ${gateways.length} Gateways in ${namespace}, not one`];
  }
  const programmed = conditions(found.status).find(({ type }) => type === "Programmed");
  const addresses =
    (found.status as { addresses?: { value: string }[] }).addresses?.map(({ value }) => value) ??
    [];
  const wanted = [...new Set(Object.values(regions))];
  return [
    ...(programmed?.status === "True"
      ? []
      : [
          `Gateway ${found.metadata.name} is not Programmed: ${programmed?.message ?? "no condition"}`,
        ]),
    ...wanted
      .filter((region) => !addresses.includes(gatewayAddresses[region] ?? ""))
      .map(
        (region) =>
          `stack output gatewayAddresses has ${gatewayAddresses[region] ?? "nothing"} for ${region}; the Gateway has ${addresses.join(", ") || "no address"}`,
      ),
    ...(new Set(addresses).size === wanted.length
      ? []
      : [`${addresses.length} addresses for ${wanted.length} regions`]),
  ];
}

async function policies({
  config,
  configCluster,
  namespace,
  loadBalancers,
  poolName,
}: Subject): Promise<string[]> {
  const problems: string[] = [];
  const routes = (await config?.list("gateway.networking.k8s.io/v1", "HTTPRoute", namespace)) ?? [];
  if (routes.length === 0) problems.push(`${configCluster}: there is no HTTPRoute in ${namespace}`);
  for (const route of routes) {
    const parents =
      (route.status as { parents?: { conditions?: Condition[] }[] } | undefined)?.parents ?? [];
    const resolved = parents
      .flatMap((parent) => parent.conditions ?? [])
      .find(({ type }) => type === "ResolvedRefs");
    if (resolved?.status !== "True") {
      problems.push(
        `HTTPRoute ${route.metadata.name} is not resolved: ${resolved?.message ?? "no condition"}`,
      );
    }
  }
  const backends = loadBalancers.flatMap(({ backends }) => backends);
  const backend = backends.find(({ pool }) => pool === `${namespace}/${poolName}`);
  if (!backend) {
    return [...problems, `no load balancer sends requests to pool ${namespace}/${poolName}`];
  }
  if (!backend.policy) problems.push(`pool ${backend.pool} has no backend policy attached`);
  if (!backend.healthCheck) problems.push(`pool ${backend.pool} has no health check attached`);
  return problems;
}

/** A gateway that balances by requests takes no metric. */
const BY_REQUESTS = ["IN_FLIGHT", "RATE"];

async function metrics({ loadBalancers, metricName, clusters }: Subject): Promise<string[]> {
  const backends = loadBalancers.flatMap((loadBalancer) => loadBalancer.backends);
  if (backends.some(({ policy }) => BY_REQUESTS.includes(policy?.balancingMode ?? ""))) return [];
  const metric = backends.flatMap((b) => b.metrics).find(({ name }) => name === metricName);
  if (!metric) return [`no backend balances on ${metricName}`];
  const silent = metric.missing.map(
    ({ cluster, reason }) => `${cluster} does not report ${metricName}: ${reason}`,
  );
  const reporting = metric.reportedBy.length;
  const all = Object.keys(clusters).length;
  return silent.length > 0 || reporting === all
    ? silent
    : [`${reporting} of ${all} clusters report ${metricName}`];
}

function conditions(status: unknown): Condition[] {
  return (status as { conditions?: Condition[] } | undefined)?.conditions ?? [];
}

async function optionalObject(
  client: KubeClient | undefined,
  kind: string,
  apiVersion: string,
  where: { namespace: string; name: string },
): Promise<KubeObject | undefined> {
  return client?.getOptional({ apiVersion, kind, ...where });
}
