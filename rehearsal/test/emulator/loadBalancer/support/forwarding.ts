import {
  Endpoint,
  Forwarding,
  ForwardingListener,
  ForwardingMember,
  ForwardingPool,
  ForwardingRule,
  HealthCheck,
} from "../../../../emulator/gke/forwarding";
import { byGauge } from "./plant";

export const WEST = "europe-west3";
export const EAST = "us-east4";

export function endpoint(ip: string, over: Partial<Endpoint> = {}): Endpoint {
  const pod = `default/vllm-${ip}`;
  const labels = { app: "vllm" };
  return { pod, ip, port: 8000, labels, namedPorts: {}, terminating: false, ...over };
}

export function member(
  name: string,
  region: string,
  ips: string[],
  over: Partial<ForwardingMember> = {},
): ForwardingMember {
  return {
    cluster: `projects/demo/locations/${region}/clusters/${name}`,
    name,
    region,
    endpoints: ips.map((ip) => endpoint(ip)),
    picker: { addresses: [], failOpen: true },
    balancing: byGauge(60),
    ...over,
  };
}

/** Fast, so that tests need not wait for what they do not test. */
export const CHECK: HealthCheck = {
  type: "HTTP",
  checkIntervalSec: 0.05,
  timeoutSec: 5,
  healthyThreshold: 1,
  unhealthyThreshold: 2,
  requestPath: "/health",
};

export function pool(
  members: ForwardingMember[],
  over: Partial<ForwardingPool> = {},
): ForwardingPool {
  return { pool: "default/llama", timeoutSec: 30, healthCheck: CHECK, members, ...over };
}

export function rule(over: Partial<ForwardingRule> = {}): ForwardingRule {
  return {
    hostname: "*",
    match: { path: { type: "PathPrefix", value: "/" }, headers: [] },
    filters: [],
    backends: [{ pool: "default/llama", weight: 1 }],
    ...over,
  };
}

/** A forwarding with a listener in the west, one in the east, and one pool. */
export interface Made extends Forwarding {
  listeners: [ForwardingListener, ForwardingListener];
  pools: [ForwardingPool];
}

export function forwarding(
  members: ForwardingMember[],
  over: { rules?: ForwardingRule[]; pool?: Partial<ForwardingPool> } = {},
): Made {
  const rules = over.rules ?? [rule()];
  return {
    gateway: "default/cross-region",
    cluster: "projects/demo/locations/europe-west3/clusters/gke-west",
    listeners: [
      { region: WEST, address: "10.10.0.253", port: 80, rules },
      { region: EAST, address: "10.20.0.253", port: 80, rules },
    ],
    pools: [pool(members, over.pool)],
  };
}
