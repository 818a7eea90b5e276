import type { Registered } from "../support/policies";

import { edited, without } from "./alter";
import { importOf } from "./parts/gateway";
import { SGLANG } from "./parts/serving";
import { object, type Site, SITE } from "./parts/site";
import { objectHalf, program } from "./program";
import { programs } from "./programs";

/** A finding: policy, resource, message. */
type Wanted = readonly [policy: string, resource: string, message: string];

/** A good program, by its title. */
function good(title: string): readonly Registered[] {
  const [, resources] = programs.find(([each]) => each === title) ?? [];
  if (resources === undefined) throw new Error(`no program is called ${title}`);
  return resources;
}

function patchOf(type: string, name: string, spec: object, metadata: object = {}): Registered {
  const named = { name, namespace: SITE.namespace, ...metadata };
  const resource = object("ams", type, named, { spec });
  return { ...resource, type: `${resource.type}Patch`, name: "patch" };
}

const POLICY = "networking.gke.io/v1:GCPBackendPolicy";
const scopes = (...all: (readonly [region: string, percent: number])[]) =>
  edited(
    program(),
    /GCPBackendPolicy::/,
    "spec.default.scopes",
    all.map(([region, capacityScalerPercent]) => ({
      selector: { "gke.io/region": region },
      capacityScalerPercent,
    })),
  );

/** The site whose config cluster is called gke-west. */
const WESTERN: Site = {
  ...SITE,
  places: SITE.places.map((place, i) => (i === 0 ? { ...place, name: "gke-west" } : place)),
};

/** Good programs with the smallest change that makes them wrong, and all that is then refused. */
export const wrongChanges: readonly (readonly [
  title: string,
  resources: readonly Registered[],
  wanted: readonly Wanted[],
])[] = [
  [
    "a route to another pool, where everything is renamed",
    edited(good("everything renamed"), /HTTPRoute::/, "spec.rules", [
      { backendRefs: [importOf("qwen")] },
    ]),
    [
      [
        "health-check-matches-pool",
        "tokyo-httproute-to-pool",
        'spec.rules[0].backendRefs[0]: GCPInferencePoolImport "qwen" has no HealthCheckPolicy in this namespace; add one: without it Google Cloud asks for /, which model servers do not answer',
      ],
      [
        "import-has-pool",
        "tokyo-httproute-to-pool",
        'spec.rules[0].backendRefs[0].name: "qwen" is not the name of an InferencePool in namespace models; did you mean qwen-pool?',
      ],
      [
        "routed-pool-balanced",
        "tokyo-httproute-to-pool",
        'spec.rules[0].backendRefs[0]: GCPInferencePoolImport "qwen" has no GCPBackendPolicy in this namespace; add one: without it an answer may take 30 seconds, and KV caches do not matter for balancing',
      ],
    ],
  ],
  [
    "SGLang, read by the gauge of vLLM",
    program({ engine: { ...SGLANG, gauge: "vllm:kv_cache_usage_perc" } }),
    [
      [
        "metric-fits-server",
        "ams-autoscalingmetric-cache",
        'spec.metrics[0].pod.containers[0].metrics[0].gauge.prometheusMetricName: SGLang v0.5.4 of ams-deployment-llama-servers does not report "vllm:kv_cache_usage_perc"; write "sglang:token_usage"',
      ],
      [
        "metric-fits-server",
        "ord-autoscalingmetric-cache",
        'spec.metrics[0].pod.containers[0].metrics[0].gauge.prometheusMetricName: SGLang v0.5.4 of ord-deployment-llama-servers does not report "vllm:kv_cache_usage_perc"; write "sglang:token_usage"',
      ],
    ],
  ],
  [
    "three clusters, one without the metric",
    without(good("three clusters"), "nrt-autoscalingmetric-cache"),
    [
      [
        "balanced-metric-exported",
        "ams-gcpbackendpolicy-llama-balancing",
        "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace chat of cluster nrt exports cache; export it there",
      ],
    ],
  ],
  [
    "a Shared VPC with proxies in one region only",
    without(good("a Shared VPC, whose proxies and NAT are of the host project"), "ord-proxies"),
    [
      [
        "proxy-subnet-per-region",
        "ams-gateway-front",
        "spec.addresses[1]: region us-central1 has no subnet for the gateway's proxies; add a subnet there with purpose GLOBAL_MANAGED_PROXY and role ACTIVE",
      ],
    ],
  ],
  [
    "a NAT for another subnet",
    edited(
      good("a NAT that names its subnet by a link"),
      "ord-nat",
      "subnetworks.0.name",
      "projects/acme-ml/regions/us-central1/subnetworks/others",
    ),
    [
      [
        "nat-for-private-nodes",
        "ord-nat",
        'subnetworks: the subnet of cluster ord is not among these, so its nodes pull neither images nor weights; add it, with sourceIpRangesToNats ["ALL_IP_RANGES"]',
      ],
    ],
  ],
  [
    "a NAT for no subnet",
    edited(good("a NAT that names its subnet by a link"), "ord-nat", "subnetworks", []),
    [
      [
        "nat-for-private-nodes",
        "ord-nat",
        'subnetworks: the subnet of cluster ord is not among these, so its nodes pull neither images nor weights; add it, with sourceIpRangesToNats ["ALL_IP_RANGES"]',
      ],
    ],
  ],
  [
    "a NAT for pods alone",
    edited(program(), "ord-nat", "subnetworks.0.sourceIpRangesToNats", [
      "LIST_OF_SECONDARY_IP_RANGES",
    ]),
    [
      [
        "nat-for-private-nodes",
        "ord-nat",
        'subnetworks: the subnet of cluster ord is not among these, so its nodes pull neither images nor weights; add it, with sourceIpRangesToNats ["ALL_IP_RANGES"]',
      ],
    ],
  ],
  [
    "a subnet among those of an auto mode network",
    edited(
      good("an auto mode network with ranges of its own"),
      "ord-nodes",
      "ipCidrRange",
      "10.140.0.0/20",
    ),
    [
      [
        "no-range-overlap",
        "ord-nodes",
        'ipCidrRange: "10.140.0.0/20" overlaps with 10.128.0.0/9, in which Google Cloud gives network backbone a subnet in each region; set autoCreateSubnetworks of the network to false, or use another range',
      ],
    ],
  ],
  [
    "the same where auto mode is the default",
    edited(
      edited(program(), "backbone", "autoCreateSubnetworks"),
      "ord-nodes",
      "ipCidrRange",
      "10.140.0.0/20",
    ),
    [
      [
        "no-range-overlap",
        "ord-nodes",
        'ipCidrRange: "10.140.0.0/20" overlaps with 10.128.0.0/9, in which Google Cloud gives network backbone a subnet in each region; set autoCreateSubnetworks of the network to false, or use another range',
      ],
    ],
  ],
  [
    "a class for user interfaces before pools",
    edited(
      good("a Gateway to the internet for a user interface"),
      "ams-gateway-front",
      "spec.gatewayClassName",
      "gke-l7-global-external-managed",
    ),
    [
      [
        "gateway-class-allowed",
        "ams-gateway-front",
        'spec.gatewayClassName: "gke-l7-global-external-managed" is not a class for inference pools across regions; set gke-l7-cross-regional-internal-managed-mc',
      ],
    ],
  ],
  [
    "a route for another name than its listener",
    edited(good("one name of the host on both sides"), /HTTPRoute::/, "spec.hostnames", [
      "llm.acme.example",
    ]),
    [
      [
        "route-attached",
        "ams-httproute-to-pool",
        'spec.hostnames: ["llm.acme.example"] has no name in common with Gateway ams-gateway-front, whose listeners are for *.acme.internal, so the route is attached to none of them; write "*.acme.internal"',
      ],
    ],
  ],
  [
    "a pool of weight 0 alone",
    edited(program(), /HTTPRoute::/, "spec.rules.0.backendRefs.0.weight", 0),
    [
      [
        "route-attached",
        "ams-httproute-to-pool",
        "spec.rules[0].backendRefs[0].weight: every backend of this rule has weight 0, so requests are answered with an error; give one of them a weight above 0",
      ],
    ],
  ],
  [
    "a picker without a token",
    edited(
      program(),
      "ord-deployment-llama-picker",
      "spec.template.spec.automountServiceAccountToken",
      false,
    ),
    [
      [
        "picker-rights",
        "ord-deployment-llama-picker",
        "spec.template.spec.automountServiceAccountToken: is false, so the endpoint picker ord-deployment-llama-picker has no token for the API server and never gets ready; set it to true, or remove it",
      ],
    ],
  ],
  [
    "a picker whose account gives no token",
    edited(program(), "ord-serviceaccount-llama-picker", "automountServiceAccountToken", false),
    [
      [
        "picker-rights",
        "ord-serviceaccount-llama-picker",
        "automountServiceAccountToken: is false, so the endpoint picker ord-deployment-llama-picker has no token for the API server and never gets ready; set it to true in the pods",
      ],
    ],
  ],
  [
    "a role of nodes in another project",
    edited(program(), "writes-metrics", "project", "acme-other"),
    [
      [
        "node-identity-writes-metrics",
        "gpu-nodes",
        "accountId: nodes of ams and ord run as this account, which has no roles/autoscaling.metricsWriter, so the load balancer gets no metric to balance on; give it to this account with an IAM member of the project",
      ],
    ],
  ],
  [
    "a role of nodes that is over",
    edited(program(), "writes-metrics", "condition", {
      title: "t",
      expression: 'request.time < timestamp("2020-01-01T00:00:00Z")',
    }),
    [
      [
        "node-identity-writes-metrics",
        "gpu-nodes",
        "accountId: nodes of ams and ord run as this account, which has no roles/autoscaling.metricsWriter, so the load balancer gets no metric to balance on; give it to this account with an IAM member of the project",
      ],
    ],
  ],
  [
    "the role of the controller in another project",
    edited(program(), "controller-role", "project", "acme-other"),
    [
      [
        "gateway-controller-role",
        "ingress",
        "name: nothing gives roles/container.admin to its service agent, service-<project number>@gcp-sa-multiclusteringress.iam.gserviceaccount.com, so no gateway is ever programmed; grant it with an IAM member to the gcp.projects.ServiceIdentity of multiclusteringress.googleapis.com",
      ],
    ],
  ],
  [
    "an API of another project",
    edited(program(), "trafficdirector", "project", "acme-other"),
    [
      [
        "required-apis",
        "ingress",
        'name: "multiclusteringress" needs APIs that this stack does not enable: trafficdirector.googleapis.com; add a gcp.projects.Service for each',
      ],
    ],
  ],
  [
    "two memberships with one id",
    edited(program(), /Membership::ord/, "membershipId", "ams"),
    [
      [
        "fleet-registered-once",
        "ord",
        'membershipId: "ams" is the id of membership ams already; give each cluster\'s membership an id of its own',
      ],
    ],
  ],
  [
    "a cluster in another fleet",
    edited(program(), /Membership::ord/, "project", "acme-other"),
    [
      [
        "fleet-registered-once",
        "ord",
        "project: registers cluster ord with the fleet of acme-other, but the gateway's is that of acme-ml; register it in acme-ml",
      ],
    ],
  ],
  [
    "a config cluster with a slip in its name",
    edited(
      program({
        site: WESTERN,
      }),
      "ingress",
      "spec.multiclusteringress.configMembership",
      "projects/acme-ml/locations/global/memberships/gke-wst",
    ).map((e) => (e.name === "ingress" ? { ...e, propertyDependencies: {} } : e)),
    [
      [
        "cloud-reference-known",
        "ingress",
        'spec.multiclusteringress.configMembership: "projects/acme-ml/locations/global/memberships/gke-wst" names no membership of this stack; did you mean gke-west?',
      ],
    ],
  ],
  [
    "a misspelt region",
    scopes(["us-central-1", 0]),
    [
      [
        "backend-policy-combinations",
        "ams-gcpbackendpolicy-llama-balancing",
        'spec.default.scopes[0].selector["gke.io/region"]: "us-central-1" is not a region of Google Cloud; did you mean us-central1?',
      ],
    ],
  ],
  [
    "one region twice",
    scopes(["us-central1", 50], ["us-central1", 0]),
    [
      [
        "backend-policy-combinations",
        "ams-gcpbackendpolicy-llama-balancing",
        "spec.default.scopes[1].selector: picks what spec.default.scopes[0] picks, and GKE applies only the first scope that fits; merge the two scopes into one",
      ],
    ],
  ],
  [
    "two providers with one identifier",
    edited(
      program(),
      /providers:kubernetes::ord/,
      "clusterIdentifier",
      "gke_acme-ml_europe-west4_ams",
    ),
    [
      [
        "provider-of-one-cluster",
        "ord",
        'clusterIdentifier: "gke_acme-ml_europe-west4_ams" names cluster ams, but the kubeconfig is of ord; write the name of ord',
      ],
    ],
  ],
  [
    "two providers with one kubeconfig",
    program().map((e) =>
      e.type.startsWith("pulumi:") && e.name === "ord"
        ? { ...e, propertyDependencies: { kubeconfig: ["gcp:container/cluster:Cluster::ams"] } }
        : e,
    ),
    [
      [
        "provider-of-one-cluster",
        "ord",
        "kubeconfig: is of cluster ams, but clusterIdentifier names ord; set it to the kubeconfig of ord",
      ],
    ],
  ],
  [
    "a patch with too little time",
    [...program(), patchOf(POLICY, "llama-balancing", { default: { timeoutSec: 5 } })],
    [
      [
        "timeout-covers-p99",
        "patch",
        "spec.default.timeoutSec: 5 s is less than 2 x P99 (90 s); set it to 90 or more",
      ],
    ],
  ],
  [
    "the same, registered before its object",
    [patchOf(POLICY, "llama-balancing", { default: { timeoutSec: 5 } }), ...program()],
    [
      [
        "timeout-covers-p99",
        "ams-gcpbackendpolicy-llama-balancing",
        "spec.default.timeoutSec: 5 s is less than 2 x P99 (90 s); set it to 90 or more",
      ],
    ],
  ],
  [
    "the same with the target",
    [
      ...program(),
      patchOf(POLICY, "llama-balancing", {
        targetRef: importOf("llama"),
        default: { timeoutSec: 5 },
      }),
    ],
    [
      [
        "timeout-covers-p99",
        "patch",
        "spec.default.timeoutSec: 5 s is less than 2 x P99 (90 s); set it to 90 or more",
      ],
    ],
  ],
  [
    "a patch that spills over too late",
    [
      ...program(),
      patchOf(POLICY, "llama-balancing", {
        default: {
          customMetrics: [
            { name: "gke.named_metrics.cache", dryRun: false, maxUtilizationPercent: 99 },
          ],
        },
      }),
    ],
    [
      [
        "max-utilization-in-range",
        "patch",
        "spec.default.customMetrics[0].maxUtilizationPercent: 99 is not in 30..85; set it to a whole number in 30..85",
      ],
    ],
  ],
  [
    "a patch that drains all",
    [...program(), patchOf(POLICY, "llama-balancing", { default: { capacityScalerPercent: 0 } })],
    [
      [
        "capacity-left",
        "patch",
        "spec.default.capacityScalerPercent: 0 leaves no backend any capacity; set it above 0, or drain single regions in spec.default.scopes",
      ],
    ],
  ],
  [
    "a patch to a metric that nothing exports",
    [
      ...program(),
      patchOf(POLICY, "llama-balancing", {
        default: {
          customMetrics: [
            { name: "gke.named_metrics.nope", dryRun: false, maxUtilizationPercent: 60 },
          ],
        },
      }),
    ],
    [
      [
        "balanced-metric-exported",
        "patch",
        "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace chat of cluster ams exports nope; export it there, as it does cache",
      ],
      [
        "balanced-metric-exported",
        "patch",
        "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace chat of cluster ord exports nope; export it there, as it does cache",
      ],
    ],
  ],
  [
    "a patch that exports no more",
    [
      ...program(),
      patchOf(
        "inference.networking.k8s.io/v1:InferencePool",
        "llama",
        {},
        { annotations: { "networking.gke.io/export": "False" } },
      ),
    ],
    [
      [
        "pool-exported",
        "patch",
        'metadata.annotations["networking.gke.io/export"]: GKE does not take "False" for an export; set it to "True", a text with a capital T',
      ],
    ],
  ],
  [
    "a patch that renames a metric",
    [
      ...program(),
      patchOf("autoscaling.gke.io/v1beta1:AutoscalingMetric", "cache", {
        metrics: [
          {
            pod: {
              selector: { matchLabels: { model: "llama" } },
              containers: [
                {
                  endpoint: { port: 8000, path: "/metrics" },
                  metrics: [
                    {
                      gauge: {
                        name: "cach",
                        prometheusMetricName: "vllm:kv_cache_usage_perc",
                        loadBalancing: { enabled: true },
                      },
                    },
                  ],
                },
              ],
            },
          },
        ],
      }),
    ],
    [
      [
        "balanced-metric-exported",
        "ams-gcpbackendpolicy-llama-balancing",
        "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace chat of cluster ams exports cache; did you mean gke.named_metrics.cach?",
      ],
    ],
  ],
  [
    "a patch to a port that no pool has",
    [
      ...program(),
      patchOf("networking.gke.io/v1:HealthCheckPolicy", "llama-health", {
        default: { config: { httpHealthCheck: { port: 9999 } } },
      }),
    ],
    [
      [
        "health-check-matches-pool",
        "patch",
        'spec.default.config.httpHealthCheck.port: 9999 is not a port of InferencePool ams-inferencepool-llama, which has 8000; use one that the pool has, or portSpecification "USE_SERVING_PORT" and no port',
      ],
      [
        "health-check-matches-pool",
        "patch",
        'spec.default.config.httpHealthCheck.port: 9999 is not a port of InferencePool ord-inferencepool-llama, which has 8000; use one that the pool has, or portSpecification "USE_SERVING_PORT" and no port',
      ],
    ],
  ],
  [
    "a patch of an object of another stack",
    [patchOf(POLICY, "x", { default: { capacityScalerPercent: 0 } })],
    [
      [
        "capacity-left",
        "patch",
        "spec.default.capacityScalerPercent: 0 leaves no backend any capacity; set it above 0, or drain single regions in spec.default.scopes",
      ],
    ],
  ],
  [
    "objects alone, without a backend policy",
    without(objectHalf(), /GCPBackendPolicy::/),
    [
      [
        "routed-pool-balanced",
        "ams-httproute-to-pool",
        'spec.rules[0].backendRefs[0]: GCPInferencePoolImport "llama" has no GCPBackendPolicy in this namespace; add one: without it an answer may take 30 seconds, and KV caches do not matter for balancing',
      ],
    ],
  ],
  [
    "a release in another namespace, and a metric that is missing",
    without(good("an add-on by a release"), "ams-autoscalingmetric-cache"),
    [
      [
        "balanced-metric-exported",
        "ams-gcpbackendpolicy-llama-balancing",
        "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace chat of cluster ams exports cache; export it there",
      ],
    ],
  ],
];
