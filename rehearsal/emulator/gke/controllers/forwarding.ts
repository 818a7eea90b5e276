import { Delays } from "../delays";
import {
  Balancing,
  Endpoint,
  Forwarding,
  ForwardingListener,
  ForwardingMember,
  ForwardingPool,
  Gauge,
  HealthCheck,
  Picker,
} from "../forwarding";
import { BackendPolicy, Gateway, HealthCheckPolicy, InferencePool, Pod } from "../world/kinds";
import { ClusterState, keyOf, regionOf, World } from "../world/world";
import { isTrue } from "./conditions";
import { Export } from "./exports";
import { rulesOf } from "./forwardingRules";
import { isCrossRegion, isOurs } from "./gateways";
import { importedPool } from "./importedPools";
import { addressesOf, poolsBehind } from "./loadBalancers";
import { gaugeSource } from "./metricDeclarations";
import { declarationsFor, matches, whyNotReported } from "./metricPickup";
import { settings } from "./scopes";

/** What the load balancers of all programmed cross-region Gateways do with requests. */
export function forwardings(world: World, delays: Delays): Forwarding[] {
  return world.clusters.flatMap((cluster) =>
    cluster
      .list("Gateway")
      .filter((gateway) => isCrossRegion(world, cluster, gateway) && isOurs(cluster, gateway))
      .filter(({ status }) => isTrue(status?.conditions, "Programmed"))
      .map((gateway) => ({
        gateway: keyOf(gateway),
        cluster: cluster.spec.id,
        listeners: listenersOf(cluster, gateway),
        pools: poolsBehind(cluster, gateway).map((key) => poolOf(world, cluster, key, delays)),
      })),
  );
}

/** Keys of Secrets are known here and their values are not: HTTPS listeners have no certificate, and are left out. */
function listenersOf(cluster: ClusterState, gateway: Gateway): ForwardingListener[] {
  return Object.entries(addressesOf(gateway)).flatMap(([region, address]) =>
    gateway.spec.listeners
      .filter(({ protocol }) => protocol === "HTTP")
      .map((listener) => ({
        region,
        address,
        port: listener.port,
        rules: rulesOf(cluster, gateway, listener),
      })),
  );
}

/** Google's own, for a backend service: https://cloud.google.com/load-balancing/docs/backend-service#timeout-setting. */
const DEFAULT_TIMEOUT_SEC = 30;

function poolOf(world: World, cluster: ClusterState, key: string, delays: Delays): ForwardingPool {
  const { exports, policy, health } = importedPool(world, cluster, key);
  return {
    pool: key,
    timeoutSec: policy?.spec.default?.timeoutSec ?? DEFAULT_TIMEOUT_SEC,
    healthCheck: healthCheckOf(health),
    members: exports.map((each) => memberOf(world, each, policy, delays)),
  };
}

/**
 * Defaults are those of the Compute API, as its discovery document has them for `HealthCheck`; that a pool without a
 * policy is probed with them, by HTTP at `/` of the port that serves, is assumed.
 */
function healthCheckOf(policy: HealthCheckPolicy | undefined): HealthCheck {
  const { config, ...times } = policy?.spec.default ?? {};
  const { type = "HTTP", ...blocks } = config ?? {};
  const [block = {}] = Object.values(blocks) as CheckBlock[];
  const { port, portName, requestPath = "/", host, response, request, grpcServiceName } = block;
  return defined({
    policy: policy && keyOf(policy),
    type: type as HealthCheck["type"],
    checkIntervalSec: times.checkIntervalSec ?? 5,
    timeoutSec: times.timeoutSec ?? 5,
    healthyThreshold: times.healthyThreshold ?? 2,
    unhealthyThreshold: times.unhealthyThreshold ?? 2,
    port: port ?? portName,
    requestPath,
    host,
    response,
    request,
    grpcServiceName,
  });
}

interface CheckBlock {
  port?: number;
  portName?: string;
  requestPath?: string;
  host?: string;
  response?: string;
  request?: string;
  grpcServiceName?: string;
}

function memberOf(
  world: World,
  { member, pool }: Export,
  policy: BackendPolicy | undefined,
  delays: Delays,
): ForwardingMember {
  const { cluster } = member;
  const { id, name, location } = cluster.spec;
  return {
    cluster: id,
    name,
    region: regionOf(location),
    endpoints: endpointsOf(cluster, pool),
    picker: pickerOf(cluster, pool),
    balancing: balancingOf(world, cluster, policy, delays),
  };
}

/**
 * Pods join the network endpoint group when they are Ready, and leave it when they end: these get no new request, and
 * finish what they have.
 */
function endpointsOf(cluster: ClusterState, pool: InferencePool): Endpoint[] {
  const namespace = pool.metadata.namespace ?? "default";
  return podsWith(cluster, pool.spec.selector.matchLabels, namespace)
    .filter((pod) => isEnding(pod) || isTrue(pod.status?.conditions, "Ready"))
    .flatMap((pod) => pool.spec.targetPorts.map(({ number }) => endpointOf(cluster, pod, number)));
}

function endpointOf(cluster: ClusterState, pod: Pod, port: number): Endpoint {
  const node = cluster.get("Node", undefined, pod.spec.nodeName ?? "");
  return defined({
    pod: keyOf(pod),
    ip: pod.status?.podIP ?? "",
    port,
    zone: node?.metadata.labels?.["topology.kubernetes.io/zone"],
    labels: pod.metadata.labels ?? {},
    namedPorts: namedPorts(pod),
    terminating: isEnding(pod),
  });
}

/** Pods that run and have an address. */
function podsWith(cluster: ClusterState, labels: Record<string, string>, namespace: string): Pod[] {
  return cluster
    .list("Pod")
    .filter((pod) => matches(pod, labels, namespace))
    .filter(({ status }) => status?.phase === "Running" && (status.podIP ?? "") !== "");
}

function isEnding(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined;
}

/** Numbers of the ports of all containers that have a name. */
export function namedPorts({ spec }: Pod): Record<string, number> {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const named = containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ name, containerPort }) => (name === undefined ? [] : [[name, containerPort]])),
  );
  return Object.fromEntries(named) as Record<string, number>;
}

/** The picker's pods, behind the Service that the pool names. FailClose is the default of the InferencePool's CRD. */
function pickerOf(cluster: ClusterState, pool: InferencePool): Picker {
  const { endpointPickerRef: ref, ...spec } = pool.spec;
  // Without a picker there is none to wait for: this pool's release of the CRD does not ask for one.
  if (!ref) return { addresses: [], failOpen: true };
  const namespace = pool.metadata.namespace ?? "default";
  const service = cluster.get("Service", namespace, ref.name)?.spec;
  const number = ref.port?.number ?? spec.targetPorts[0]?.number;
  const port = service?.ports?.find((each) => each.port === number);
  const selector = service?.selector;
  const addresses = (selector && port ? podsWith(cluster, selector, namespace) : [])
    .filter((pod) => !isEnding(pod) && isTrue(pod.status?.conditions, "Ready"))
    .flatMap((pod) => {
      const target = port?.targetPort ?? port?.port;
      const at = typeof target === "string" ? namedPorts(pod)[target] : target;
      return at === undefined ? [] : [`${pod.status?.podIP}:${at}`];
    });
  return { addresses, failOpen: ref.failureMode === "FailOpen" };
}

/** Google's default of `maxUtilization`: https://cloud.google.com/load-balancing/docs/backend-service. */
const DEFAULT_UTILIZATION_PERCENT = 80;

function balancingOf(
  world: World,
  cluster: ClusterState,
  policy: BackendPolicy | undefined,
  delays: Delays,
): Balancing {
  const own = settings(policy, cluster);
  const metrics = own.balancingMode === "CUSTOM_METRICS" ? (own.customMetrics ?? []) : [];
  return defined({
    mode: own.balancingMode ?? "RATE",
    capacityPercent: own.capacityScalerPercent ?? 100,
    preferred: own.backendPreference === "PREFERRED",
    maxRatePerEndpoint: own.maxRatePerEndpoint,
    maxInFlightRequestsPerEndpoint: own.maxInFlightRequestsPerEndpoint,
    metrics: metrics.map(
      ({ name, dryRun, maxUtilizationPercent = DEFAULT_UTILIZATION_PERCENT }): Gauge =>
        defined({
          name,
          maxUtilizationPercent,
          dryRun,
          sources: declarationsFor(cluster, name).map(gaugeSource),
          missing: whyNotReported(world, cluster, name, delays),
        }),
    ),
  });
}

/** Without the fields that are not set. */
function defined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
