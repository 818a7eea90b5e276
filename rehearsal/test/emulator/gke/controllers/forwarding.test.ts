import { forwardings } from "../../../../emulator/gke/controllers/forwarding";
import { Forwarding, ForwardingMember, ForwardingPool } from "../../../../emulator/gke/forwarding";
import {
  endlessDelays,
  fleet,
  Fleet,
  gateway,
  gatewayClass,
  gpuNode,
  modelPod,
  nodePool,
  noDelays,
  object,
  pool,
  poolImport,
  route,
} from "../support/world";

const TARGET = { group: "networking.gke.io", kind: "GCPInferencePoolImport", name: "llama" };
const yes = (type: string) => ({ type, status: "True", reason: type, message: "" });
const attached = { conditions: [yes("Attached")] };
const READY = [{ type: "Ready", status: "True" }];

/** A pod that runs at an address. */
function running(name: string, podIP: string, over: { status?: object; metadata?: object } = {}) {
  const pod = modelPod(name);
  return {
    ...pod,
    metadata: { ...pod.metadata, ...over.metadata },
    status: { phase: "Running", podIP, conditions: READY, ...over.status },
  } as never;
}

function pickerPod(name: string, podIP: string, over: object = {}) {
  const containers = [{ name: "epp", ports: [{ containerPort: 9002, name: "grpc" }] }];
  const status = { phase: "Running", podIP, conditions: READY, ...over };
  return object(
    "Pod",
    `default/${name}`,
    { spec: { containers }, status },
    { labels: { app: "epp" } },
  );
}

const POLICY = {
  timeoutSec: 600,
  balancingMode: "CUSTOM_METRICS",
  customMetrics: [{ name: "gke.named_metrics.kv-cache", dryRun: false, maxUtilizationPercent: 60 }],
};

function balancing(spec: object = POLICY) {
  return object("GCPBackendPolicy", "default/balancing", {
    spec: { targetRef: TARGET, default: spec },
    status: attached,
  });
}

function health(fields: object) {
  return object("HealthCheckPolicy", "default/health", {
    spec: { targetRef: TARGET, default: fields },
    status: attached,
  });
}

/** gke-west and gke-east, each with a model server and a picker. */
function serving(): Fleet {
  const made = fleet();
  const ref = { name: "llama-epp", port: { number: 9002 }, failureMode: "FailOpen" };
  for (const [i, cluster] of [made.west, made.east].entries()) {
    cluster.pools = [nodePool(cluster.spec)];
    const metrics = [{ name: "vllm:kv_cache_usage_perc", exportName: "kv-cache" }];
    const endpoints = [{ port: 8000, metrics }];
    const spec = { selector: { matchLabels: { app: "vllm" } }, endpoints };
    const exported = pool();
    const ports = [{ port: 9002, targetPort: "grpc" }];
    cluster.put(
      { ...gpuNode(), metadata: { ...gpuNode().metadata, labels: LABELS } } as never,
      running("vllm-1", `127.0.${i + 1}.1`),
      { ...exported, spec: { ...exported.spec, endpointPickerRef: ref } } as never,
      object("AutoscalingMetric", "default/kv", { spec }),
      object("Service", "default/llama-epp", { spec: { selector: { app: "epp" }, ports } }),
      pickerPod("epp-1", `127.0.${i + 1}.9`),
    );
  }
  const addresses = ["10.10.0.253", "10.20.0.253"].map((value) => ({ type: "IPAddress", value }));
  made.west.absent = [];
  made.west.put(
    gatewayClass(),
    gateway({ status: { addresses, conditions: [yes("Accepted"), yes("Programmed")] } }),
    route(),
    poolImport(),
    balancing(),
  );
  return made;
}

const LABELS = {
  "cloud.google.com/gke-nodepool": "gpu",
  "topology.kubernetes.io/zone": "europe-west3-a",
};

const all = ({ world }: Fleet, delays = noDelays()) => forwardings(world, delays);
const only = (made: Fleet) => all(made)[0] as Forwarding;
const poolOf = (made: Fleet) => only(made).pools[0] as ForwardingPool;
const westOf = (made: Fleet) => poolOf(made).members[0] as ForwardingMember;
const eastOf = (made: Fleet) => poolOf(made).members[1] as ForwardingMember;

test("a programmed Gateway forwards from each address to the pods of each cluster", () => {
  const made = serving();
  const rule = {
    hostname: "*",
    match: { path: { type: "PathPrefix", value: "/" }, headers: [] },
    filters: [],
    backends: [{ pool: "default/llama", weight: 1 }],
  };
  const source = {
    gauge: "vllm:kv_cache_usage_perc",
    port: 8000,
    path: "/metrics",
    namespace: "default",
    podLabels: { app: "vllm" },
  };
  const member = (name: string, region: string, i: number) => ({
    cluster: `projects/demo/locations/${region}/clusters/${name}`,
    name,
    region,
    endpoints: [
      {
        pod: "default/vllm-1",
        ip: `127.0.${i}.1`,
        port: 8000,
        zone: "europe-west3-a",
        labels: { app: "vllm" },
        namedPorts: { http: 8000 },
        terminating: false,
      },
    ],
    picker: { addresses: [`127.0.${i}.9:9002`], failOpen: true },
    balancing: {
      mode: "CUSTOM_METRICS",
      capacityPercent: 100,
      preferred: false,
      metrics: [
        {
          name: "gke.named_metrics.kv-cache",
          maxUtilizationPercent: 60,
          dryRun: false,
          sources: [source],
        },
      ],
    },
  });
  expect(all(made)).toEqual([
    {
      gateway: "default/cross-region",
      cluster: made.west.spec.id,
      listeners: [
        { region: "europe-west3", address: "10.10.0.253", port: 80, rules: [rule] },
        { region: "us-east4", address: "10.20.0.253", port: 80, rules: [rule] },
      ],
      pools: [
        {
          pool: "default/llama",
          timeoutSec: 600,
          healthCheck: {
            type: "HTTP",
            checkIntervalSec: 5,
            timeoutSec: 5,
            healthyThreshold: 2,
            unhealthyThreshold: 2,
            requestPath: "/",
          },
          members: [member("gke-west", "europe-west3", 1), member("gke-east", "us-east4", 2)],
        },
      ],
    },
  ]);
});

test("a Gateway that is not programmed forwards nothing", () => {
  const made = serving();
  const waiting = { type: "Programmed", status: "False", reason: "Pending", message: "" };
  made.west.put(gateway({ status: { conditions: [yes("Accepted"), waiting] } }));
  expect(all(made)).toEqual([]);
});

test("HTTPS has no certificate here, and is left out", () => {
  const made = serving();
  const [found] = made.west.list("Gateway");
  const listeners = [
    { name: "https", port: 443, protocol: "HTTPS" },
    { name: "http", port: 8080, protocol: "HTTP" },
  ];
  made.west.put({ ...found, spec: { ...found?.spec, listeners } } as never);
  expect(only(made).listeners.map(({ port }) => port)).toEqual([8080, 8080]);
});

describe("endpoints are pods", () => {
  const endpoints = (made: Fleet) =>
    westOf(made).endpoints.map(({ pod, port, terminating }) => [pod, port, terminating]);
  const UP = ["default/vllm-1", 8000, false];

  test.each([
    ["not Ready", { status: { conditions: [{ type: "Ready", status: "False" }] } }],
    ["not running", { status: { phase: "Pending" } }],
    ["without an address", { status: { podIP: "" } }],
    ["of other labels", { metadata: { labels: { app: "other" } } }],
    ["of another namespace", { metadata: { namespace: "other" } }],
  ])("but none that is %s", (_, over) => {
    const made = serving();
    made.west.put(running("vllm-2", "127.0.1.2", over));
    expect(endpoints(made)).toEqual([UP]);
  });

  test("that end are told as such, Ready or not", () => {
    const made = serving();
    const metadata = { deletionTimestamp: "2026-11-30T00:00:00Z" };
    made.west.put(running("vllm-2", "127.0.1.2", { metadata, status: { conditions: [] } }));
    expect(endpoints(made)).toEqual([UP, ["default/vllm-2", 8000, true]]);
  });

  test("at each port of the pool", () => {
    const made = serving();
    const [found] = made.west.list("InferencePool");
    const targetPorts = [{ number: 8000 }, { number: 8001 }];
    made.west.put({ ...found, spec: { ...found?.spec, targetPorts } } as never);
    expect(endpoints(made)).toEqual([UP, ["default/vllm-1", 8001, false]]);
  });
});

describe("the picker", () => {
  const picker = (made: Fleet) => westOf(made).picker;
  const refer = (made: Fleet, endpointPickerRef: object | undefined) => {
    const [found] = made.west.list("InferencePool");
    made.west.put({ ...found, spec: { ...found?.spec, endpointPickerRef } } as never);
  };

  test("is asked where it is Ready", () => {
    const made = serving();
    made.west.put(pickerPod("epp-2", "127.0.1.8", { conditions: [] }));
    expect(picker(made)).toEqual({ addresses: ["127.0.1.9:9002"], failOpen: true });
  });

  test("fails closed unless the pool says otherwise", () => {
    const made = serving();
    refer(made, { name: "llama-epp", port: { number: 9002 } });
    expect(picker(made)).toEqual({ addresses: ["127.0.1.9:9002"], failOpen: false });
  });

  test.each([
    ["the Service is another", { name: "other", port: { number: 9002 } }],
    ["the Service has no such port", { name: "llama-epp", port: { number: 9003 } }],
  ])("is not found where %s", (_, ref) => {
    const made = serving();
    refer(made, ref);
    expect(picker(made).addresses).toEqual([]);
  });

  test("is not waited for where the pool has none", () => {
    const made = serving();
    refer(made, undefined);
    expect(picker(made)).toEqual({ addresses: [], failOpen: true });
  });

  test("is at the port that the Service leads to", () => {
    const made = serving();
    const to = (targetPort: number | string | undefined) => {
      const ports = [{ port: 9002, targetPort }];
      const spec = { selector: { app: "epp" }, ports };
      made.west.put(object("Service", "default/llama-epp", { spec }));
      return picker(made).addresses;
    };
    expect([to(9111), to(undefined), to("grpc"), to("metrics")]).toEqual([
      ["127.0.1.9:9111"],
      ["127.0.1.9:9002"],
      ["127.0.1.9:9002"],
      [],
    ]);
  });
});

describe("the backend policy", () => {
  const set = (made: Fleet, spec: object) => made.west.put(balancing(spec));

  test("is Google's defaults where there is none", () => {
    const made = serving();
    made.west.put({ ...balancing(), status: { conditions: [] } } as never);
    expect(poolOf(made).timeoutSec).toBe(30);
    expect(westOf(made).balancing).toEqual({
      mode: "RATE",
      capacityPercent: 100,
      preferred: false,
      metrics: [],
    });
  });

  test("holds for a cluster as its scope says", () => {
    const made = serving();
    const { customMetrics, ...rest } = POLICY;
    const selector = { "gke.io/region": "us-east4" };
    const east = { selector, capacityScalerPercent: 0, backendPreference: "PREFERRED" };
    set(made, { ...rest, scopes: [{ ...east, customMetrics }] });
    expect(westOf(made).balancing).toMatchObject({ capacityPercent: 100, metrics: [] });
    expect(eastOf(made).balancing).toMatchObject({
      mode: "CUSTOM_METRICS",
      capacityPercent: 0,
      preferred: true,
      metrics: [{ maxUtilizationPercent: 60 }],
    });
  });

  test("sets limits of each mode", () => {
    const made = serving();
    set(made, { balancingMode: "RATE", maxRatePerEndpoint: 7 });
    expect(westOf(made).balancing).toMatchObject({ mode: "RATE", maxRatePerEndpoint: 7 });
    set(made, { balancingMode: "IN_FLIGHT", maxInFlightRequestsPerEndpoint: 9 });
    expect(westOf(made).balancing).toMatchObject({
      mode: "IN_FLIGHT",
      maxInFlightRequestsPerEndpoint: 9,
    });
  });

  test("has metrics decide in their own mode alone", () => {
    const made = serving();
    set(made, { ...POLICY, balancingMode: "IN_FLIGHT" });
    expect(westOf(made).balancing.metrics).toEqual([]);
  });

  test("fills up to 80 % where it says nothing, and observes what is a dry run", () => {
    const made = serving();
    set(made, { ...POLICY, customMetrics: [{ name: "gke.named_metrics.kv-cache", dryRun: true }] });
    expect(westOf(made).balancing.metrics[0]).toMatchObject({
      maxUtilizationPercent: 80,
      dryRun: true,
    });
  });

  test("has no metric that is not declared, and says why", () => {
    const made = serving();
    const customMetrics = [{ name: "gke.named_metrics.other", dryRun: false }];
    set(made, { ...POLICY, customMetrics });
    expect(westOf(made).balancing.metrics[0]).toMatchObject({
      sources: [],
      missing: "no AutoscalingMetric exports other (exported: kv-cache)",
    });
    expect(
      all(serving(), endlessDelays())[0]?.pools[0]?.members[0]?.balancing.metrics[0],
    ).toMatchObject({
      missing: "it is being registered",
    });
  });
});

test("the health check is what its policy says", () => {
  const made = serving();
  const httpHealthCheck = { requestPath: "/health", port: 8000, host: "h", response: "ok" };
  const config = { type: "HTTP", httpHealthCheck };
  const times = { checkIntervalSec: 7, timeoutSec: 3, healthyThreshold: 1, unhealthyThreshold: 4 };
  made.west.put(health({ ...times, config }));
  expect(poolOf(made).healthCheck).toEqual({
    policy: "default/health",
    type: "HTTP",
    ...httpHealthCheck,
    ...times,
  });
  made.west.put(health({ config: { type: "TCP", tcpHealthCheck: { portName: "http" } } }));
  expect(poolOf(made).healthCheck).toMatchObject({ type: "TCP", port: "http", timeoutSec: 5 });
});
