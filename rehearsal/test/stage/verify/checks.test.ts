import type { LoadBalancer } from "../../../emulator/gke/gke";
import type { KubeClient } from "../../../emulator/kube/client";
import type { KubeObject, ObjectRef } from "../../../emulator/kube/objects";
import { type Subject, verify } from "../../../stage/verify/checks";

const NAMESPACE = "inference";
const POOL = "pool";
const METRIC = "gke.named_metrics.kv-cache";
const WEST = "projects/p/locations/europe-west3/clusters/west";
const EAST = "projects/p/locations/us-east4/clusters/east";

/** A client of a cluster that has these objects. */
function clientOf(objects: KubeObject[]): KubeClient {
  const client = {
    list: async (_: string, kind: string) => objects.filter((object) => object.kind === kind),
    getOptional: async ({ kind, name }: ObjectRef) =>
      objects.find((object) => object.kind === kind && object.metadata.name === name),
  };
  return client as unknown as KubeClient;
}

function object(kind: string, name: string, fields: object, annotations = {}): KubeObject {
  return {
    apiVersion: "v1",
    kind,
    metadata: { name, namespace: NAMESPACE, annotations },
    ...fields,
  };
}

const ready = { spec: { replicas: 1 }, status: { readyReplicas: 1 } };
const exported = object("InferencePool", POOL, {}, { "networking.gke.io/export": "True" });
const workload = [
  object("Deployment", POOL, ready),
  object("Deployment", `${POOL}-epp`, ready),
  exported,
];
const gateway = object("Gateway", "g", {
  status: {
    conditions: [{ type: "Programmed", status: "True" }],
    addresses: [{ value: "10.0.0.1" }, { value: "10.0.0.2" }],
  },
});
const route = object("HTTPRoute", "r", {
  status: { parents: [{ conditions: [{ type: "ResolvedRefs", status: "True" }] }] },
});
const poolImport = object("GCPInferencePoolImport", POOL, {
  status: { controllers: [{ exportingClusters: [{ name: "m/west" }, { name: "m/east" }] }] },
});

function loadBalancer(): LoadBalancer {
  return {
    gateway: `${NAMESPACE}/g`,
    cluster: WEST,
    programmed: true,
    addresses: { "europe-west3": "10.0.0.1", "us-east4": "10.0.0.2" },
    backends: [
      {
        pool: `${NAMESPACE}/${POOL}`,
        exportedBy: [],
        healthCheck: { policy: "h", type: "HTTP" },
        policy: { name: "b" },
        metrics: [{ name: METRIC, reportedBy: [WEST, EAST], missing: [] }],
      },
    ],
  };
}

function subject(change: Partial<Subject> = {}): Subject {
  const west = clientOf([...workload, gateway, route, poolImport]);
  return {
    clusters: { west, east: clientOf(workload) },
    configCluster: "west",
    config: west,
    memberships: { west: "m/west", east: "m/east" },
    namespace: NAMESPACE,
    poolName: POOL,
    metricName: METRIC,
    gatewayAddresses: { "europe-west3": "10.0.0.1", "us-east4": "10.0.0.2" },
    regions: { west: "europe-west3", east: "us-east4" },
    loadBalancers: [loadBalancer()],
    privateUrl: null,
    dns: [],
    diagnosis: [],
    ...change,
  };
}

async function problemsOf(change: Partial<Subject>): Promise<string[]> {
  return (await verify(subject(change))).flatMap(({ problems }) => problems);
}

function withEast(...objects: KubeObject[]): Partial<Subject> {
  return { clusters: { ...subject().clusters, east: clientOf(objects) } };
}

/** Two endpoint pickers. */
function pickers(status: { readyReplicas: number }): KubeObject {
  return object("Deployment", `${POOL}-epp`, { spec: { replicas: 2 }, status });
}

describe("verify", () => {
  test("takes a leader among endpoint pickers for enough", async () => {
    const change = withEast(...workload.slice(0, 1), pickers({ readyReplicas: 1 }), exported);
    expect(await problemsOf(change)).toEqual([]);
  });

  test("finds nothing wrong with a gateway that serves", async () => {
    expect(await problemsOf({})).toEqual([]);
  });

  test.each<[string, Partial<Subject>, string]>([
    [
      "a pod that is not ready",
      withEast(
        object("Deployment", POOL, { spec: { replicas: 2 }, status: { readyReplicas: 1 } }),
        ...workload.slice(1),
      ),
      "east: Deployment inference/pool has 1 of 2 pods ready",
    ],
    [
      "a missing endpoint picker",
      withEast(object("Deployment", POOL, ready), exported),
      "east: there is no Deployment inference/pool-epp",
    ],
    [
      "endpoint pickers without a leader",
      withEast(...workload.slice(0, 1), pickers({ readyReplicas: 0 }), exported),
      "east: Deployment inference/pool-epp has 0 of 2 pods ready",
    ],
    [
      "a pool that is not exported",
      withEast(
        ...workload.slice(0, 2),
        object("InferencePool", POOL, {}, { "networking.gke.io/export": "true" }),
      ),
      "east: InferencePool inference/pool is not exported",
    ],
    [
      "an import that does not name a cluster",
      { memberships: { west: "m/west", east: "m/other" } },
      "GCPInferencePoolImport inference/pool does not name east",
    ],
    [
      "an address that the gateway does not have",
      { gatewayAddresses: { "europe-west3": "10.0.0.1", "us-east4": "10.9.9.9" } },
      "stack output gatewayAddresses has 10.9.9.9 for us-east4; the Gateway has 10.0.0.1, 10.0.0.2",
    ],
    [
      "a cluster that does not report the metric",
      {
        loadBalancers: [
          {
            ...loadBalancer(),
            backends: [
              {
                ...(loadBalancer().backends[0] as LoadBalancer["backends"][number]),
                metrics: [
                  {
                    name: METRIC,
                    reportedBy: [WEST],
                    missing: [{ cluster: EAST, reason: "no pod is Ready" }],
                  },
                ],
              },
            ],
          },
        ],
      },
      `${EAST} does not report ${METRIC}: no pod is Ready`,
    ],
    [
      "a load balancer without the pool",
      { loadBalancers: [{ ...loadBalancer(), backends: [] }] },
      "no load balancer sends requests to pool inference/pool",
    ],
    [
      "a private name that leads nowhere",
      { privateUrl: "http://llm.corp.internal" },
      "no record leads from llm.corp.internal. to the gateway",
    ],
    [
      "what the cloud complains about",
      { diagnosis: ["cluster east: something"] },
      "cluster east: something",
    ],
  ])("tells %s", async (_, change, problem) => {
    expect(await problemsOf(change)).toContain(problem);
  });

  test.each<[string, string[]]>([
    ["RATE", []],
    ["IN_FLIGHT", []],
    ["CUSTOM_METRICS", [`no backend balances on ${METRIC}`]],
  ])("asks for no metric of a gateway that balances by requests: %s", async (mode, problems) => {
    const { backends, ...rest } = loadBalancer();
    const [backend] = backends;
    if (!backend) throw new Error("the load balancer has no backend");
    const policy = { name: "b", balancingMode: mode };
    const loadBalancers = [{ ...rest, backends: [{ ...backend, policy, metrics: [] }] }];
    expect(await problemsOf({ loadBalancers })).toEqual(problems);
  });
});
