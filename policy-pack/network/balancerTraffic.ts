import { fleetOf } from "../fleet/fleet";
import { inferencePools } from "../fleet/kinds";
import { append, type Resource, type Stack } from "../frame";
import { type EndpointPicker, endpointPickerOf, endpointPickers } from "../picker/endpointPicker";
import { portsOf } from "../pools/poolPorts";

import { proxiesByRegion } from "./gatewayProxies";
import { type IpRange, ipRangeOf } from "./ipRange";
import type { Vpcs } from "./vpc";

/** Traffic of a load balancer into a VPC: its sources and its ports. */
export interface BalancerTraffic {
  readonly sources: readonly Source[];
  /** What listens at each port. */
  readonly reached: ReadonlyMap<number, string>;
}

export interface Source {
  readonly range: IpRange;
  /** Who sends from there. */
  readonly who: string;
  readonly ports: readonly number[];
}

/** <https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges> */
const HEALTH_CHECKERS = ["35.191.0.0/16", "130.211.0.0/22"];

/** Default ports of an endpoint picker. */
const PICKER_PORT = 9002;
const PICKER_HEALTH_PORT = 9003;

interface Ports {
  readonly servers: number[];
  readonly pickers: number[];
  readonly health: number[];
}

/** Traffic of the load balancer to the pools and endpoint pickers of each VPC. */
export function balancerTraffic(stack: Stack, vpcs: Vpcs): ReadonlyMap<string, BalancerTraffic> {
  const proxies = proxySources(stack, vpcs);
  const traffic = new Map<string, BalancerTraffic>();
  for (const [vpc, { servers, pickers, health }] of portsByVpc(stack, vpcs)) {
    const checkers = HEALTH_CHECKERS.flatMap((text) => ipRangeOf(text) ?? []).map((range) => ({
      range,
      who: "health checks come from",
      ports: [...new Set([...servers, ...health])],
    }));
    const through = (proxies.get(vpc) ?? []).map(({ region, range }) => ({
      range,
      who: `the gateway's proxies in ${region} come from`,
      ports: [...new Set([...servers, ...pickers])],
    }));
    const reached = new Map([
      ...health.map((port) => [port, "endpoint pickers' health"] as const),
      ...pickers.map((port) => [port, "endpoint pickers"] as const),
      ...servers.map((port) => [port, "model servers"] as const),
    ]);
    traffic.set(vpc, { sources: [...checkers, ...through], reached });
  }
  return traffic;
}

function portsByVpc(stack: Stack, vpcs: Vpcs): ReadonlyMap<string, Ports> {
  const ports = new Map<string, Ports>();
  const portsAround = (object: Resource): Ports | undefined => {
    const { cluster } = fleetOf(stack).memberOf(object);
    const key = cluster && vpcs.of(cluster).key;
    const here = ports.get(key ?? "") ?? { servers: [], pickers: [], health: [] };
    return key === undefined ? undefined : (ports.set(key, here), here);
  };
  for (const pool of stack.select(inferencePools)) {
    const numbers = portsOf(pool).flatMap(({ number }) => number ?? []);
    portsAround(pool)?.servers.push(...numbers);
  }
  for (const resource of stack.select(endpointPickers)) {
    const picker = endpointPickerOf(resource);
    const here = portsAround(resource);
    if (picker !== undefined && !picker.hidesFlags && here !== undefined) {
      here.pickers.push(...portAt(picker, "grpc-port", PICKER_PORT));
      here.health.push(...portAt(picker, "grpc-health-port", PICKER_HEALTH_PORT));
    }
  }
  return ports;
}

function portAt(picker: EndpointPicker, flag: string, standard: number): readonly number[] {
  const set = picker.flag(flag)?.value;
  const port = set === undefined ? standard : Number(set.text);
  return Number.isInteger(port) ? [port] : [];
}

interface ProxyRange {
  readonly region: string;
  readonly range: IpRange;
}

function proxySources(stack: Stack, vpcs: Vpcs): ReadonlyMap<string, readonly ProxyRange[]> {
  const found = new Map<string, ProxyRange[]>();
  for (const [region, subnets] of proxiesByRegion(stack)) {
    for (const subnet of subnets) {
      const { key } = vpcs.of(subnet.resource);
      const range = ipRangeOf(subnet.range.text ?? "");
      if (key !== undefined && range !== undefined) {
        append(found, key, { region, range });
      }
    }
  }
  return found;
}
