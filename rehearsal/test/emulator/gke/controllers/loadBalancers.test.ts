import { diagnoseGateways } from "../../../../emulator/gke/controllers/diagnose";
import { loadBalancers } from "../../../../emulator/gke/controllers/loadBalancers";
import {
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

/** Everything right and reconciled, so that there is nothing to say. */
function serving(): Fleet {
  const made = fleet();
  for (const cluster of [made.west, made.east]) {
    cluster.pools = [nodePool(cluster.spec)];
    const metrics = [{ name: "vllm:kv_cache_usage_perc", exportName: "kv-cache" }];
    const spec = {
      selector: { matchLabels: { app: "vllm" } },
      endpoints: [{ port: 8000, metrics }],
    };
    cluster.put(gpuNode(), modelPod(), pool(), object("AutoscalingMetric", "default/kv", { spec }));
  }
  const addresses = ["10.10.0.253", "10.20.0.253"].map((value) => ({ type: "IPAddress", value }));
  const programmed = { addresses, conditions: [yes("Accepted"), yes("Programmed")] };
  const bound = {
    parents: [{ parentRef: { name: "cross-region" }, conditions: [yes("Accepted")] }],
  };
  const attached = { conditions: [yes("Attached")] };
  const config = { type: "HTTP", httpHealthCheck: { port: 8000, requestPath: "/health" } };
  const balancing = {
    timeoutSec: 600,
    balancingMode: "CUSTOM_METRICS",
    customMetrics: [
      { name: "gke.named_metrics.kv-cache", dryRun: false },
      { name: "gke.named_metrics.observed", dryRun: true },
    ],
  };
  made.west.absent = [];
  made.west.put(
    gatewayClass(),
    gateway({ status: programmed }),
    { ...route(), status: bound } as never,
    poolImport(),
    object("HealthCheckPolicy", "default/health", {
      spec: { targetRef: TARGET, default: { config } },
      status: attached,
    }),
    object("GCPBackendPolicy", "default/balancing", {
      spec: { targetRef: TARGET, default: balancing },
      status: attached,
    }),
  );
  return made;
}

/** A cluster that the backend policy does not treat otherwise. */
const WHOLE = { capacityPercent: 100, preferred: false };

/** What the backend policy leaves each cluster, west and east. */
function shares(made: Fleet): unknown {
  const [backend] = balancers(made)[0]?.backends ?? [];
  return backend?.exportedBy.map(({ capacityPercent, preferred }) => [capacityPercent, preferred]);
}

/** Lays scopes over the policy that is in force. */
function scope(made: Fleet, fields: object): void {
  const [policy] = made.west.list("GCPBackendPolicy");
  const spec = { targetRef: TARGET, default: { ...policy?.spec.default, ...fields } };
  made.west.put({ ...policy, spec } as never);
}

const east = (fields: object) => ({ selector: { "gke.io/region": "us-east4" }, ...fields });

const balancers = ({ world }: Fleet) => loadBalancers(world, noDelays());
const said = (made: Fleet) => diagnoseGateways(made.world, balancers(made));

test("a load balancer is what Gateway, route, policies and pods make of it", () => {
  const made = serving();
  expect(balancers(made)).toEqual([
    {
      gateway: "default/cross-region",
      cluster: made.west.spec.id,
      programmed: true,
      addresses: { "europe-west3": "10.10.0.253", "us-east4": "10.20.0.253" },
      backends: [
        {
          pool: "default/llama",
          exportedBy: [
            { cluster: made.west.spec.id, region: "europe-west3", readyPods: 1, ...WHOLE },
            { cluster: made.east.spec.id, region: "us-east4", readyPods: 1, ...WHOLE },
          ],
          healthCheck: {
            policy: "default/health",
            type: "HTTP",
            port: 8000,
            requestPath: "/health",
          },
          policy: { name: "default/balancing", balancingMode: "CUSTOM_METRICS", timeoutSec: 600 },
          metrics: [
            {
              name: "gke.named_metrics.kv-cache",
              reportedBy: [made.west.spec.id, made.east.spec.id],
              missing: [],
            },
          ],
        },
      ],
    },
  ]);
});

test("where all is well there is nothing to say", () => {
  expect(said(serving())).toEqual([]);
});

test("a drained region is told as such, and what it lacks is nobody's complaint", () => {
  const made = serving();
  scope(made, { scopes: [east({ capacityScalerPercent: 0 })] });
  expect(shares(made)).toEqual([
    [100, false],
    [0, false],
  ]);
  made.east.put({ ...modelPod(), status: {} });
  expect(said(made)).toEqual([]);
});

test("the first scope that matches a cluster holds, else what is said of all", () => {
  const made = serving();
  const first = { selector: { "gke.io/cluster-name": "gke-west" }, backendPreference: "PREFERRED" };
  const zone = { selector: { "gke.io/zone": "us-east4-a" }, capacityScalerPercent: 7 };
  scope(made, {
    scopes: [zone, first, east({ capacityScalerPercent: 30 }), east({ capacityScalerPercent: 0 })],
  });
  expect(shares(made)).toEqual([
    [100, true],
    [30, false],
  ]);
  scope(made, { scopes: undefined, capacityScalerPercent: 50, backendPreference: "PREFERRED" });
  expect(shares(made)).toEqual([
    [50, true],
    [50, true],
  ]);
});

test("a policy that is not in force drains nothing", () => {
  const made = serving();
  scope(made, { scopes: [east({ capacityScalerPercent: 0 })] });
  const [policy] = made.west.list("GCPBackendPolicy");
  made.west.put({ ...policy, status: {} } as never);
  expect(shares(made)).toEqual([
    [100, false],
    [100, false],
  ]);
});

test("a backend whose clusters are all drained is named", () => {
  const made = serving();
  scope(made, { scopes: [{ capacityScalerPercent: 0 }] });
  expect(said(made)).toEqual([
    "backend default/llama: all its clusters are drained: every request is refused",
  ]);
});

test("a Gateway of the other cluster is none", () => {
  const made = serving();
  made.cloud.config = made.east.spec.id;
  expect(balancers(made)).toEqual([]);
});

test("a cluster whose pods are not Ready, and whose metric is missing, is named", () => {
  const made = serving();
  made.east.put({ ...modelPod(), status: {} });
  expect(said(made)).toEqual([
    "backend default/llama: no pod is Ready in cluster gke-east",
    "backend default/llama: metric gke.named_metrics.kv-cache is not reported by cluster gke-east: " +
      "AutoscalingMetric default/kv: none of the 1 pods with app=vllm is Ready",
  ]);
});

test("a backend without a health check policy, or with one of a dead port, is named", () => {
  const made = serving();
  const [health] = made.west.list("HealthCheckPolicy");
  const config = { type: "HTTP", httpHealthCheck: { port: 9000 } };
  made.west.put({ ...health, spec: { targetRef: TARGET, default: { config } } } as never);
  expect(said(made)).toEqual([
    "backend default/llama: HealthCheckPolicy default/health: no pod in cluster gke-west listens on port 9000",
    "backend default/llama: HealthCheckPolicy default/health: no pod in cluster gke-east listens on port 9000",
  ]);
  made.west.put({ ...health, status: {} } as never);
  expect(said(made)).toEqual([
    "cluster gke-west: HealthCheckPolicy default/health: is not attached yet",
    "backend default/llama: no HealthCheckPolicy is attached to its import",
  ]);
});

test("a Gateway that is not programmed, a route and a policy are told with their conditions", () => {
  const made = serving();
  const no = { type: "Programmed", status: "False", reason: "Pending", message: "no subnet" };
  made.west.put(gateway({ status: { conditions: [yes("Accepted"), no] } }));
  const unresolved = {
    type: "ResolvedRefs",
    status: "False",
    reason: "BackendNotFound",
    message: "x",
  };
  const parents = [
    { parentRef: { name: "cross-region" }, conditions: [yes("Accepted"), unresolved] },
  ];
  made.west.put({ ...route(), status: { parents } } as never);
  expect(said(made)).toEqual([
    "cluster gke-west: Gateway default/cross-region: Programmed=False (Pending): no subnet",
    "cluster gke-west: HTTPRoute default/llama: ResolvedRefs=False (BackendNotFound): x",
  ]);
});

test.each([
  ["off", "the multiclusteringress feature is off"],
  ["starting", " yet: GKE installs it minutes after the feature is on"],
  ["elsewhere", "multi-cluster classes are on the config cluster gke-east only"],
])("a Gateway whose class is missing while the feature is %s", (state, reason) => {
  const made = fleet();
  made.west.put(gateway());
  if (state === "off") made.cloud.config = undefined;
  if (state === "elsewhere") made.cloud.config = made.east.spec.id;
  const class_ = "there is no GatewayClass gke-l7-cross-regional-internal-managed-mc";
  const link = state === "starting" ? "" : ": ";
  expect(said(made)).toEqual([
    `cluster gke-west: Gateway default/cross-region: ${class_}${link}${reason}`,
  ]);
});

test("what blocks imports, an export outside the fleet, a lost route and a lost objective are told", () => {
  const made = fleet();
  made.cloud.roles.clear();
  made.cloud.membersList.pop();
  made.east.put(pool());
  made.west.put(route());
  made.west.put(
    object("InferenceObjective", "default/food-review", { spec: { poolRef: { name: "lama" } } }),
  );
  expect(said(made)).toEqual([
    "project demo: no pool is imported: serviceAccount:service-42@gcp-sa-multiclusteringress.iam.gserviceaccount.com lacks roles/container.admin in project demo",
    "cluster gke-east: InferencePool default/llama: is exported, but its cluster is not in the fleet",
    "cluster gke-west: HTTPRoute default/llama: no controller has bound it to its Gateway cross-region",
    "cluster gke-west: InferenceObjective default/food-review: poolRef: there is no InferencePool default/lama",
  ]);
});
