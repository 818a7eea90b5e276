import { Provider } from "@pulumi/kubernetes";

import {
  CrossRegionGateway,
  type CrossRegionGatewayArgs,
} from "../../../components/crossRegionGateway";
import { FleetMembership } from "../../../components/fleetMembership";
import { ProxySubnet } from "../../../components/proxySubnet";
import { type Recording, register } from "../../support/components";
import { Graph } from "../../support/graph";
import { type MockOptions, valueOf } from "../../support/mocks";
import { UNKNOWN } from "../../../policy-pack/test/support/unknown";
import { childrenOf, find } from "../../../rehearsal/stage/registrations";

const COMPONENT = "inference-gateway:index:CrossRegionGateway::gateway";
const MEMBERSHIP = "gcp:gkehub/membership:Membership::gke-east";
const INGRESS = "gcp:gkehub/feature:Feature::gateway-multiclusteringress";
const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway::gateway";
const ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::gateway-route";
const HEALTH_CHECK = "kubernetes:networking.gke.io/v1:HealthCheckPolicy::gateway-health-check";
const BACKEND_POLICY = "kubernetes:networking.gke.io/v1:GCPBackendPolicy::gateway-backend-policy";
const IMPORT = { group: "networking.gke.io", kind: "GCPInferencePoolImport", name: "llama" };

const ARGS: Omit<CrossRegionGatewayArgs, "memberships" | "requires"> = {
  project: "demo",
  configMembership: "projects/demo/locations/global/memberships/gke-west",
  namespace: "inference",
  poolName: "llama",
  regions: ["europe-west3", "us-east4"],
  serverPort: 8000,
  loadBalancing: { mode: "kv-cache", maxUtilization: 60 },
  metricName: "gke.named_metrics.kv-cache",
  timeoutSeconds: 600,
  p99LatencySeconds: 60,
  scopes: [],
  drained: [],
  requestLogPercent: 100,
};

/** Addresses as GKE reports them; the order is that of the regions. */
const STATUS = {
  addresses: [
    { type: "IPAddress", value: "10.0.0.1" },
    { type: "IPAddress", value: "10.0.0.2" },
  ],
};

type Gateway = Recording<CrossRegionGateway>;

function registerGateway(
  args: Partial<CrossRegionGatewayArgs> = {},
  { preview }: MockOptions = {},
): Promise<Gateway> {
  const answers = { "kubernetes:gateway.networking.k8s.io/v1:Gateway": () => ({ status: STATUS }) };
  return register(
    () => {
      const config = new Provider("gke-west", {});
      const place = { project: "demo", region: "us-east4", cidr: "10.140.192.0/23" };
      const subnet = new ProxySubnet("us-east4", { ...place, network: "vpc" });
      const cluster = "projects/demo/locations/us-east4/clusters/gke-east";
      const east = new FleetMembership("gke-east", {
        project: "demo",
        membershipId: "gke-east",
        cluster,
      });
      return new CrossRegionGateway(
        "gateway",
        { ...ARGS, memberships: [east], requires: [subnet], ...args },
        { providers: [config] },
      );
    },
    { preview, answers },
  );
}

async function outputsOf({ component: { addresses, urls } }: Gateway) {
  return { addresses: await valueOf(addresses), urls: await valueOf(urls) };
}

async function backendPolicy(args: Partial<CrossRegionGatewayArgs>): Promise<unknown> {
  const { inputs } = find(await registerGateway(args), BACKEND_POLICY);
  return (inputs.spec as { default: unknown }).default;
}

describe("CrossRegionGateway", () => {
  let made: Gateway;
  beforeAll(async () => {
    made = await registerGateway();
  });

  test("is a feature, a gateway, a route, a health check and ONE backend policy, on the config cluster", () => {
    const children = childrenOf(made, COMPONENT);
    expect(children).toEqual([INGRESS, GATEWAY, ROUTE, BACKEND_POLICY, HEALTH_CHECK]);
    const providers = children.map((id) => find(made, id).provider).filter(Boolean);
    expect(new Set(providers)).toEqual(new Set(["pulumi:providers:kubernetes::gke-west"]));
  });

  test("the feature names the config cluster's membership, and goes before any membership", () => {
    expect(find(made, INGRESS).inputs).toEqual({
      project: "demo",
      name: "multiclusteringress",
      location: "global",
      spec: {
        multiclusteringress: {
          configMembership: "projects/demo/locations/global/memberships/gke-west",
        },
      },
    });
    expect(find(made, INGRESS)).toMatchObject({
      dependsOn: [MEMBERSHIP],
      timeouts: { delete: "30m" },
    });
  });

  test("the gateway asks for an address in each region and is awaited until it is programmed", () => {
    expect(find(made, GATEWAY)).toMatchObject({
      timeouts: { create: "30m", update: "30m", delete: "30m" },
      inputs: {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "Gateway",
        metadata: {
          name: "gateway",
          namespace: "inference",
          annotations: { "pulumi.com/waitFor": "condition=Programmed" },
        },
      },
    });
    expect(find(made, GATEWAY).inputs.spec).toEqual({
      gatewayClassName: "gke-l7-cross-regional-internal-managed-mc",
      addresses: [
        { type: "networking.gke.io/ephemeral-ipv4-address/europe-west3", value: "europe-west3" },
        { type: "networking.gke.io/ephemeral-ipv4-address/us-east4", value: "us-east4" },
      ],
      listeners: [
        {
          name: "http",
          protocol: "HTTP",
          port: 80,
          allowedRoutes: { namespaces: { from: "Same" } },
        },
      ],
    });
  });

  test("the route sends everything to the import and is awaited until it resolves", () => {
    expect(find(made, ROUTE)).toMatchObject({ timeouts: { create: "20m", update: "20m" } });
    expect(find(made, ROUTE).inputs).toEqual({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: {
        name: "gateway",
        namespace: "inference",
        annotations: {
          "pulumi.com/waitFor":
            'jsonpath={.status.parents[*].conditions[?(@.type=="ResolvedRefs")].status}=True',
        },
      },
      spec: {
        parentRefs: [
          {
            group: "gateway.networking.k8s.io",
            kind: "Gateway",
            name: "gateway",
            namespace: "inference",
          },
        ],
        rules: [{ matches: [{ path: { type: "PathPrefix", value: "/" } }], backendRefs: [IMPORT] }],
      },
    });
  });

  test("the health check asks the port on which the servers listen", () => {
    expect(find(made, HEALTH_CHECK).inputs).toEqual({
      apiVersion: "networking.gke.io/v1",
      kind: "HealthCheckPolicy",
      metadata: { name: "gateway", namespace: "inference" },
      spec: {
        targetRef: IMPORT,
        default: {
          checkIntervalSec: 5,
          timeoutSec: 5,
          config: {
            type: "HTTP",
            httpHealthCheck: {
              requestPath: "/health",
              portSpecification: "USE_FIXED_PORT",
              port: 8000,
            },
          },
        },
      },
    });
  });

  test("the backend policy is beside its target and carries the P99 latency", () => {
    const { metadata, spec, ...rest } = find(made, BACKEND_POLICY).inputs;
    expect(rest).toEqual({ apiVersion: "networking.gke.io/v1", kind: "GCPBackendPolicy" });
    expect(metadata).toEqual({
      name: "gateway",
      namespace: "inference",
      annotations: { "inference-gateway.dev/p99-latency-seconds": "60" },
    });
    expect(spec).toMatchObject({ targetRef: IMPORT });
  });

  test("an edge of the graph for each thing without which it would not get an address", () => {
    expect(find(made, GATEWAY).dependsOn).toEqual([
      "gcp:compute/subnetwork:Subnetwork::us-east4-proxy",
      INGRESS,
    ]);
  });

  test("goes in order: route and policies, the gateway, the feature, the memberships", () => {
    const graph = new Graph(made.registrations);
    for (const attached of [ROUTE, HEALTH_CHECK, BACKEND_POLICY]) {
      expect(graph.before(attached)).toContain(GATEWAY);
    }
    expect(graph.before(GATEWAY)).toContain(INGRESS);
    expect(graph.before(INGRESS)).toContain(MEMBERSHIP);
  });

  test("outputs tell each region's address", async () => {
    expect(await outputsOf(made)).toEqual({
      addresses: { "europe-west3": "10.0.0.1", "us-east4": "10.0.0.2" },
      urls: { "europe-west3": "http://10.0.0.1", "us-east4": "http://10.0.0.2" },
    });
  });

  test("in a first preview the objects are what they will be, and only the addresses unknown", async () => {
    const preview = await registerGateway({}, { preview: true });
    const inputs = (gateway: Gateway) =>
      [GATEWAY, ROUTE, HEALTH_CHECK, BACKEND_POLICY].map((id) => find(gateway, id).inputs);
    expect(inputs(preview)).toEqual(inputs(made));
    expect(await outputsOf(preview)).toEqual({ addresses: UNKNOWN, urls: UNKNOWN });
  });
});

describe("its backend policy", () => {
  const kvCache = {
    balancingMode: "CUSTOM_METRICS",
    trafficDuration: "LONG",
    customMetrics: [
      { name: "gke.named_metrics.kv-cache", dryRun: false, maxUtilizationPercent: 60 },
    ],
  };
  const rest = {
    timeoutSec: 600,
    logging: { enabled: true, sampleRate: 1_000_000 },
    connectionDraining: { drainingTimeoutSec: 600 },
  };

  test("mode kv-cache: the percentage of the stack file becomes maxUtilizationPercent", async () => {
    expect(await backendPolicy({})).toEqual({ ...kvCache, ...rest });
  });

  test("mode kv-cache, dry: the metric is reported and not balanced on", async () => {
    const loadBalancing = { mode: "kv-cache", maxUtilization: 55, dryRun: true } as const;
    expect(await backendPolicy({ loadBalancing })).toEqual({
      ...rest,
      ...kvCache,
      customMetrics: [
        { name: "gke.named_metrics.kv-cache", dryRun: true, maxUtilizationPercent: 55 },
      ],
    });
  });

  test("mode in-flight", async () => {
    const loadBalancing = {
      mode: "in-flight",
      maxInFlightRequestsPerEndpoint: 100,
      trafficDuration: "LONG",
    } as const;
    expect(await backendPolicy({ loadBalancing })).toEqual({
      ...rest,
      balancingMode: "IN_FLIGHT",
      trafficDuration: "LONG",
      maxInFlightRequestsPerEndpoint: 100,
    });
  });

  test("mode rate", async () => {
    const loadBalancing = { mode: "rate", maxRatePerEndpoint: 20 } as const;
    expect(await backendPolicy({ loadBalancing })).toEqual({
      ...rest,
      balancingMode: "RATE",
      maxRatePerEndpoint: 20,
    });
  });

  test("a region is drained by its name alone", async () => {
    expect(await backendPolicy({ drained: ["us-east4"] })).toEqual({
      ...kvCache,
      ...rest,
      scopes: [
        {
          selector: { "gke.io/region": "us-east4" },
          backendPreference: "DEFAULT",
          capacityScalerPercent: 0,
        },
      ],
    });
  });

  test("a drained region keeps its scope and its preference; each region has one scope", async () => {
    const policy = await backendPolicy({
      scopes: [
        { region: "europe-west3", preferred: true, capacityPercent: 80 },
        { region: "us-east4", preferred: false, capacityPercent: 50 },
        { region: "europe-west3", preferred: false, capacityPercent: 10 },
      ],
      drained: ["us-west1", "europe-west3", "us-west1"],
    });
    expect((policy as { scopes: unknown }).scopes).toEqual([
      {
        selector: { "gke.io/region": "europe-west3" },
        backendPreference: "PREFERRED",
        capacityScalerPercent: 0,
      },
      {
        selector: { "gke.io/region": "us-east4" },
        backendPreference: "DEFAULT",
        capacityScalerPercent: 50,
      },
      {
        selector: { "gke.io/region": "us-west1" },
        backendPreference: "DEFAULT",
        capacityScalerPercent: 0,
      },
    ]);
  });

  test.each([
    [0, { enabled: false }],
    [0.00001, { enabled: false }],
    [2.5, { enabled: true, sampleRate: 25_000 }],
    [100, { enabled: true, sampleRate: 1_000_000 }],
  ])("logs %p percent of the requests", async (requestLogPercent, logging) => {
    expect(await backendPolicy({ requestLogPercent })).toEqual({ ...kvCache, ...rest, logging });
  });

  test("what is under way when a pod goes may take as long as the timeout, an hour at most", async () => {
    expect(await backendPolicy({ timeoutSeconds: 900 })).toMatchObject({
      timeoutSec: 900,
      connectionDraining: { drainingTimeoutSec: 900 },
    });
    expect(await backendPolicy({ timeoutSeconds: 4000 })).toMatchObject({
      timeoutSec: 4000,
      connectionDraining: { drainingTimeoutSec: 3600 },
    });
  });
});
