import { Feature } from "@pulumi/gcp/gkehub";
import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";

import { importOf } from "../kubernetes/gcpInferencePoolImport";
import type { Gateway, GatewayStatus } from "../kubernetes/gateway";
import type { HealthCheckPolicy } from "../kubernetes/healthCheckPolicy";
import type { HTTPRoute } from "../kubernetes/httpRoute";

import { backendPolicy, type LoadBalancing, type RegionScope } from "./backendPolicy";
import { customResource } from "./customResource";

export interface CrossRegionGatewayArgs {
  project: string;
  /** Membership of the cluster that holds the gateway's objects, by id. */
  configMembership: pulumi.Input<string>;
  /** The same as the pool's: route and policies find its import in their own namespace only. */
  namespace: string;
  poolName: string;
  /** Each gets an address, and needs a proxy-only subnet. At most 16. */
  regions: string[];
  /** Without these it gets no address: proxy-only subnets of its regions, exported pools, the controller's role. */
  requires: pulumi.Resource[];
  serverPort: number;
  loadBalancing: LoadBalancing;
  metricName: string;
  timeoutSeconds: number;
  p99LatencySeconds: number;
  scopes: RegionScope[];
}

/** The only class that is documented to take pools of several clusters. */
const GATEWAY_CLASS = "gke-l7-cross-regional-internal-managed-mc";
/** Usually 5 to 10 minutes. */
const PROGRAMMED_TIMEOUT = "30m";
/** Minutes after its pool is exported, the import appears; scripts in the field wait for 15. */
const RESOLVED_TIMEOUT = "20m";

/**
 * The one internal gateway in front of all clusters, on the config cluster: fleet features, Gateway, route, health
 * check and backend policy. Give it the config cluster's provider: `{ providers: [cluster.provider] }`.
 *
 * ### Cost
 * A forwarding rule for each region, 0.025 $ an hour for the first five together, and the data that the proxies pass.
 */
export class CrossRegionGateway extends pulumi.ComponentResource {
  /** IP address by region. Clients of a region should use their own. */
  readonly addresses: pulumi.Output<Record<string, string>>;
  /** `http://<address>` by region. */
  readonly urls: pulumi.Output<Record<string, string>>;

  constructor(
    private readonly name: string,
    private readonly args: CrossRegionGatewayArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("inference-gateway:index:CrossRegionGateway", name, {}, opts);

    const features = this.enableFeatures();
    const gateway = this.createGateway(features);
    this.createRoute(gateway);
    this.createHealthCheck(gateway);
    this.createBackendPolicy(gateway);

    this.addresses = this.addressesOf(gateway);
    this.urls = this.addresses.apply((addresses) =>
      Object.fromEntries(Object.entries(addresses).map(([region, ip]) => [region, `http://${ip}`])),
    );
    this.registerOutputs({ addresses: this.addresses, urls: this.urls });
  }

  private enableFeatures(): Feature[] {
    const { project, configMembership } = this.args;
    // The name is the feature: an automatic one would be no feature at all.
    const enable = (feature: string, spec?: object, dependsOn: Feature[] = []) =>
      new Feature(
        `${this.name}-${feature}`,
        { project, name: feature, location: "global", spec },
        { parent: this, dependsOn, customTimeouts: { delete: "30m" } },
      );
    const discovery = enable("multiclusterservicediscovery");
    return [
      discovery,
      enable("multiclusteringress", { multiclusteringress: { configMembership } }, [discovery]),
    ];
  }

  private createGateway(features: Feature[]): CustomResource {
    const { namespace, regions, requires } = this.args;
    const gateway: Gateway = {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: {
        name: this.name,
        namespace,
        annotations: { "pulumi.com/waitFor": "condition=Programmed" },
      },
      spec: {
        gatewayClassName: GATEWAY_CLASS,
        addresses: regions.map((region) => ({
          type: `networking.gke.io/ephemeral-ipv4-address/${region}` as const,
          value: region,
        })),
        listeners: [
          {
            name: "http",
            protocol: "HTTP",
            port: 80,
            allowedRoutes: { namespaces: { from: "Same" } },
          },
        ],
      },
    };
    // The key `status`, though without a value, is what makes the status an output.
    const withStatus = { ...gateway, status: undefined };
    return customResource(this.name, withStatus, {
      parent: this,
      dependsOn: [...features, ...requires],
      customTimeouts: {
        create: PROGRAMMED_TIMEOUT,
        update: PROGRAMMED_TIMEOUT,
        delete: PROGRAMMED_TIMEOUT,
      },
    });
  }

  private createRoute(gateway: CustomResource): void {
    const { namespace, poolName } = this.args;
    const route: HTTPRoute = {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: {
        name: this.name,
        namespace,
        annotations: {
          "pulumi.com/waitFor":
            'jsonpath={.status.parents[*].conditions[?(@.type=="ResolvedRefs")].status}=True',
        },
      },
      spec: {
        parentRefs: [
          { group: "gateway.networking.k8s.io", kind: "Gateway", name: this.name, namespace },
        ],
        rules: [
          {
            matches: [{ path: { type: "PathPrefix", value: "/" } }],
            backendRefs: [importOf(poolName)],
          },
        ],
      },
    };
    customResource(`${this.name}-route`, route, this.after(gateway));
  }

  private createHealthCheck(gateway: CustomResource): void {
    const { namespace, poolName, serverPort } = this.args;
    const policy: HealthCheckPolicy = {
      apiVersion: "networking.gke.io/v1",
      kind: "HealthCheckPolicy",
      metadata: { name: this.name, namespace },
      spec: {
        targetRef: importOf(poolName),
        default: {
          checkIntervalSec: 5,
          timeoutSec: 5,
          config: {
            type: "HTTP",
            httpHealthCheck: {
              requestPath: "/health",
              portSpecification: "USE_FIXED_PORT",
              port: serverPort,
            },
          },
        },
      },
    };
    customResource(`${this.name}-health-check`, policy, this.after(gateway));
  }

  private createBackendPolicy(gateway: CustomResource): void {
    const policy = backendPolicy({ ...this.args, name: this.name });
    customResource(`${this.name}-backend-policy`, policy, this.after(gateway));
  }

  private after(gateway: CustomResource): pulumi.CustomResourceOptions {
    return {
      parent: this,
      dependsOn: gateway,
      customTimeouts: { create: RESOLVED_TIMEOUT, update: RESOLVED_TIMEOUT },
    };
  }

  /** Google's address type ends in the region; an address without a type is told by its place in the list. */
  private addressesOf(gateway: CustomResource): pulumi.Output<Record<string, string>> {
    const { regions } = this.args;
    const { status } = gateway as CustomResource & {
      status: pulumi.Output<GatewayStatus | undefined>;
    };
    return status.apply((known) => {
      const addresses = known?.addresses ?? [];
      const regionOf = (type: string | undefined, i: number) =>
        regions.find((region) => type?.endsWith(`/${region}`)) ?? regions[i];
      return Object.fromEntries(
        addresses.map(({ type, value }, i) => [regionOf(type, i) ?? value, value]),
      );
    });
  }
}
