import { childrenOf, find } from "../support/components";
import { type Synthesis, synthesize } from "../support/program";

const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway::cross-region-gateway";
const ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::cross-region-gateway-route";
const HEALTH_CHECK =
  "kubernetes:networking.gke.io/v1:HealthCheckPolicy::cross-region-gateway-health-check";
const BACKEND_POLICY =
  "kubernetes:networking.gke.io/v1:GCPBackendPolicy::cross-region-gateway-backend-policy";
const IMPORT = {
  group: "networking.gke.io",
  kind: "GCPInferencePoolImport",
  name: "vllm-llama3-8b-instruct",
};

async function backendPolicyOf(config: Record<string, unknown>): Promise<unknown> {
  return (
    find(await synthesize("dev", { config }), BACKEND_POLICY).inputs.spec as { default: unknown }
  ).default;
}

describe("CrossRegionGateway", () => {
  let dev: Synthesis;
  beforeAll(async () => {
    dev = await synthesize("dev");
  });

  test("is two features, a gateway, a route, a health check and ONE backend policy, on the config cluster", () => {
    const children = childrenOf(
      dev,
      "inference-gateway:index:CrossRegionGateway::cross-region-gateway",
    );
    expect(children).toEqual([
      "gcp:gkehub/feature:Feature::cross-region-gateway-multiclusteringress",
      "gcp:gkehub/feature:Feature::cross-region-gateway-multiclusterservicediscovery",
      GATEWAY,
      ROUTE,
      BACKEND_POLICY,
      HEALTH_CHECK,
    ]);
    const providers = children.map((id) => find(dev, id).provider).filter(Boolean);
    expect(new Set(providers)).toEqual(new Set(["pulumi:providers:kubernetes::gke-west"]));
  });

  test("the feature has the config cluster's membership and its own name", () => {
    const { inputs } = find(
      dev,
      "gcp:gkehub/feature:Feature::cross-region-gateway-multiclusteringress",
    );
    expect(inputs).toEqual({
      project: "my-project-dev",
      name: "multiclusteringress",
      location: "global",
      spec: { multiclusteringress: { configMembership: "gke-west-id" } },
    });
  });

  test("the gateway asks for an address in each region and is awaited until it is programmed", () => {
    const { inputs, timeouts } = find(dev, GATEWAY);
    expect(inputs).toEqual({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: {
        name: "cross-region-gateway",
        namespace: "inference",
        annotations: { "pulumi.com/waitFor": "condition=Programmed" },
      },
      spec: {
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
      },
    });
    expect(timeouts.create).toBe("30m");
  });

  test("the route sends everything to the import and is awaited until it resolves", () => {
    expect(find(dev, ROUTE).inputs).toEqual({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: {
        name: "cross-region-gateway",
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
            name: "cross-region-gateway",
            namespace: "inference",
          },
        ],
        rules: [{ matches: [{ path: { type: "PathPrefix", value: "/" } }], backendRefs: [IMPORT] }],
      },
    });
  });

  test("the health check asks the port on which the servers listen", () => {
    expect(find(dev, HEALTH_CHECK).inputs.spec).toEqual({
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
    });
  });

  test("mode kv-cache: the percentage of the stack file becomes maxUtilizationPercent", async () => {
    const loadBalancing = { mode: "kv-cache", maxUtilization: 55 };
    expect(await backendPolicyOf({ loadBalancing, p99LatencySeconds: 400 })).toEqual({
      timeoutSec: 800,
      balancingMode: "CUSTOM_METRICS",
      trafficDuration: "LONG",
      customMetrics: [
        { name: "gke.named_metrics.kv-cache", dryRun: false, maxUtilizationPercent: 55 },
      ],
      logging: { enabled: true },
      connectionDraining: { drainingTimeoutSec: 800 },
    });
  });

  test("mode in-flight", async () => {
    const loadBalancing = { mode: "in-flight", maxInFlightRequestsPerEndpoint: 100 };
    expect(await backendPolicyOf({ loadBalancing })).toEqual({
      timeoutSec: 600,
      balancingMode: "IN_FLIGHT",
      trafficDuration: "LONG",
      maxInFlightRequestsPerEndpoint: 100,
      logging: { enabled: true },
      connectionDraining: { drainingTimeoutSec: 600 },
    });
  });

  test("mode rate, and a region that is drained by one line of configuration", async () => {
    const loadBalancing = { mode: "rate", maxRatePerEndpoint: 20 };
    const scopes = [{ region: "us-east4", capacityPercent: 0 }];
    expect(await backendPolicyOf({ loadBalancing, scopes })).toEqual({
      timeoutSec: 600,
      balancingMode: "RATE",
      maxRatePerEndpoint: 20,
      logging: { enabled: true },
      connectionDraining: { drainingTimeoutSec: 600 },
      scopes: [
        {
          selector: { "gke.io/region": "us-east4" },
          backendPreference: "DEFAULT",
          capacityScalerPercent: 0,
        },
      ],
    });
  });

  test("the P99 latency travels beside the timeout", () => {
    expect(find(dev, BACKEND_POLICY).inputs.metadata).toEqual({
      name: "cross-region-gateway",
      namespace: "inference",
      annotations: { "inference-gateway.dev/p99-latency-seconds": "60" },
    });
  });

  test("outputs tell each region's address", () => {
    expect(dev.outputs.gatewayUrls).toEqual({
      "europe-west3": "http://10.0.0.1",
      "us-east4": "http://10.0.0.2",
    });
  });
});
