import { METRIC_PREFIX } from "../../components/kvCacheMetrics/names";
import type { CostEstimate } from "../../cost/estimate";
import type { GCPBackendPolicy } from "../../customResources/gcpBackendPolicy";
import type { Gateway } from "../../customResources/gateway";
import type { HTTPRoute } from "../../customResources/httpRoute";
import type { Registration } from "../../rehearsal/stage/registrations";

import { balancingOf, scopeOf } from "./balancing";
import { Costs } from "./costs";
import { inferencePoolsOf } from "./inferencePools";
import { nodePoolsOf } from "./nodePools";
import { Registered } from "./registered";
import type { ClusterView, GatewayView, RegionView, Topology } from "./topology";

/** What a run of the program came to. */
export interface Synthesis {
  registrations: readonly Registration[];
  /** The stack's output `cost`. */
  cost: CostEstimate;
}

const GATEWAY_COMPONENT = "inference-gateway:index:CrossRegionGateway";

/** What a picture shows, from what the program has registered: edges are those that the objects have. */
export function readTopology(stack: string, { registrations, cost }: Synthesis): Topology {
  const registered = new Registered(registrations);
  const costs = new Costs(cost);
  const [cluster] = registered.clusters();
  const gateway = gatewayOf(registered, costs);
  const regions = regionsOf(registered, costs);
  const { pricedOn, hourlyUsd, mostHourlyUsd, unknown } = cost;
  return {
    stack,
    project: String(cluster?.inputs.project),
    gateway,
    regions,
    cost: { pricedOn, hourlyUsd, mostHourlyUsd, unknown, rest: costs.rest() },
  };
}

function gatewayOf(registered: Registered, costs: Costs): GatewayView {
  const { metadata, spec } = theGateway(registered);
  const { timeoutSec, ...defaults } = thePolicy(registered);
  const [zone] = registered.ofType("gcp:dns/managedZone:ManagedZone");
  return {
    name: metadata.name,
    className: spec.gatewayClassName,
    port: spec.listeners[0]?.port ?? 80,
    timeout: timeoutSec,
    balancing: balancingOf(defaults),
    dnsName: zone && String(zone.inputs.dnsName).replace(/\.$/, ""),
    cost: costs.take("gateway"),
  };
}

function regionsOf(registered: Registered, costs: Costs): RegionView[] {
  const clusters = registered.clusters();
  const addressed = theGateway(registered).spec.addresses.map(({ value }) => value);
  const policy = thePolicy(registered);
  const names = [...new Set(clusters.map(({ inputs }) => String(inputs.location)))];
  return names.map((name) => ({
    name,
    hasAddress: addressed.includes(name),
    ...scopeOf(policy, name),
    clusters: clusters
      .filter(({ inputs }) => inputs.location === name)
      .map((cluster) => clusterOf(cluster, registered, costs)),
    nat: costs.take(`NAT of ${name}`),
  }));
}

function clusterOf(cluster: Registration, registered: Registered, costs: Costs): ClusterView {
  const metrics = thePolicy(registered).customMetrics ?? [];
  return {
    name: String(cluster.inputs.name),
    gatewayObjects: registered.kindsOf(GATEWAY_COMPONENT, cluster),
    pools: inferencePoolsOf(cluster, registered, {
      routed: theRoute(registered).spec.rules.flatMap(({ backendRefs }) =>
        backendRefs.map(({ name }) => name),
      ),
      balancedBy: metrics.map(({ name }) => name.replace(METRIC_PREFIX, "")),
    }),
    ...nodePoolsOf(cluster, registered, costs),
  };
}

function theGateway(registered: Registered) {
  return the<Gateway>(registered, "gateway.networking.k8s.io/v1:Gateway");
}

function theRoute(registered: Registered) {
  return the<HTTPRoute>(registered, "gateway.networking.k8s.io/v1:HTTPRoute");
}

function thePolicy(registered: Registered) {
  return the<GCPBackendPolicy>(registered, "networking.gke.io/v1:GCPBackendPolicy").spec.default;
}

function the<T extends { spec: unknown }>(registered: Registered, kind: string) {
  const [object] = registered.objects<T["spec"]>(kind);
  if (!object) throw new Error(`the program has registered no ${kind}`);
  return object;
}
