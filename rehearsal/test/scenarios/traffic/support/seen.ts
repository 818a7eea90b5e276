import type { MemberTraffic, Traffic } from "../../../../emulator/loadBalancer/traffic";
import type { Served } from "../../../../scenarios/traffic/seen";
import type { Sample } from "../../../../scenarios/traffic/watch";

/** When everything begins, in seconds since 1970. */
export const BEGUN = 1000;

/** @param second since the beginning */
export function answer(second: number, changes: Partial<Served> = {}): Served {
  return {
    at: BEGUN + second,
    code: 200,
    seconds: 1,
    error: "",
    from: "west",
    stream: "west",
    region: "west",
    ...changes,
  };
}

export function sample(second: number, ...members: Partial<MemberTraffic>[]): Sample {
  return { at: BEGUN + second, traffic: traffic(...members) };
}

export function traffic(...members: Partial<MemberTraffic>[]): Traffic {
  const pool = { pool: "inference/pool", pairs: [], members: members.map(member) };
  return {
    problems: [],
    gateways: [{ gateway: "inference/gateway", cluster: "gke-west", listeners: [], pools: [pool] }],
  };
}

function member(changes: Partial<MemberTraffic>): MemberTraffic {
  return {
    cluster: "gke-west",
    name: "gke-west",
    region: "west",
    mode: "CUSTOM_METRICS",
    capacityPercent: 100,
    preferred: false,
    healthyEndpoints: 1,
    endpoints: [],
    pickers: [],
    requestsPerSecond: 0,
    inFlight: 0,
    gauges: [],
    ...changes,
  };
}

export function gauge(utilizationPercent?: number): MemberTraffic["gauges"][number] {
  return {
    name: "gke.named_metrics.kv-cache",
    targetPercent: 60,
    dryRun: false,
    ...(utilizationPercent !== undefined && { utilizationPercent }),
  };
}
