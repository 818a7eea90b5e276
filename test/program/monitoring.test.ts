import { Graph } from "../support/graph";
import { synthesize } from "../support/program";
import { find, type Registrations } from "../../rehearsal/stage/registrations";

const COMPONENT = "inference-gateway:index:GatewayMonitoring::monitoring";
const DASHBOARD = "gcp:monitoring/dashboard:Dashboard::monitoring";
const CHANNELS = ["projects/my-project-dev/notificationChannels/1"];

function policy(name: string): string {
  return `gcp:monitoring/alertPolicy:AlertPolicy::monitoring-${name}`;
}

/** The queries of an alert. */
function queriesOf(made: Registrations, name: string): string[] {
  const { conditions } = find(made, policy(name)).inputs as {
    conditions: { conditionPrometheusQueryLanguage: { query: string } }[];
  };
  return conditions.map((condition) => condition.conditionPrometheusQueryLanguage.query);
}

describe("dashboard and alerts of a stack", () => {
  test("are not there unless the stack wants them", async () => {
    const { registrations, outputs } = await synthesize("prod");
    expect(registrations.filter(({ type }) => type.startsWith("gcp:monitoring/"))).toEqual([]);
    expect(outputs.dashboardUrl).toBeNull();
  });

  test("are made when the gateway and every model server serve, and are guarded", async () => {
    const { registrations } = await synthesize("dev", { config: { monitoring: {} } });
    const graph = new Graph(registrations);
    expect([...graph.before(policy("servers"))]).toEqual(
      expect.arrayContaining([
        COMPONENT,
        "gcp:projects/service:Service::apis-monitoring",
        "kubernetes:gateway.networking.k8s.io/v1:Gateway::cross-region-gateway",
        ...["gke-west", "gke-east"].map((name) => `kubernetes:apps/v1:Deployment::${name}`),
        ...["gke-west", "gke-east"].map((name) => `kubernetes:apps/v1:Deployment::${name}-epp`),
      ]),
    );
    expect([...graph.before("pulumi:index:Stash::cross-region-gateway")]).toContain(COMPONENT);
  });

  test("take their values from the stack", async () => {
    const made = await synthesize("dev", {
      config: {
        monitoring: { notificationChannels: CHANNELS },
        namespace: "llm",
        poolName: "llama",
        p99LatencySeconds: 400,
        loadBalancing: { mode: "kv-cache", maxUtilization: 50 },
        endpointPicker: { flowControl: false },
      },
    });
    const { dashboardJson } = find(made, DASHBOARD).inputs;
    expect(dashboardJson).toContain('"thresholds":[{"label":"half of the timeout","value":400}]');
    expect(dashboardJson).toContain('network_name=\\"network-id\\"');
    expect(dashboardJson).toContain("| a month of 730 hours |  | 2,402.58 | 4,542.35 |");
    expect(dashboardJson).not.toContain("flow_control");
    expect(queriesOf(made, "latency")[0]).toMatch(/ > 800$/);
    expect(queriesOf(made, "full")).toEqual([
      'min(100 * avg by (location) (vllm:kv_cache_usage_perc{job="model-server", namespace="llm", location=~"europe-west3|us-east4"})) > 50',
    ]);
    expect(queriesOf(made, "servers")[0]).toContain('job="llama", namespace="llm"');
    expect(find(made, policy("errors")).inputs.notificationChannels).toEqual(CHANNELS);
    expect(made.outputs.dashboardUrl).toBe(
      "https://console.cloud.google.com/monitoring/dashboards/builder/monitoring-id?project=my-project-dev",
    );
  });

  test.each([
    ["a drained region", { drained: ["us-east4"] }],
    ["a region without capacity", { scopes: [{ region: "us-east4", capacityPercent: 0 }] }],
  ])("watch the other regions of a stack with %s", async (_, config) => {
    const made = await synthesize("dev", { config: { monitoring: {}, ...config } });
    expect(queriesOf(made, "full")[0]).toContain('location=~"europe-west3"');
    expect(queriesOf(made, "servers")[1]).not.toContain("us-east4");
    expect(made.registrations.map(({ id }) => id)).not.toContain(policy("spill"));
  });

  test("know how many clusters of a region have to report, without those that serve nothing", async () => {
    const made = await synthesize("dev", {
      config: {
        monitoring: {},
        clusters: {
          "gke-a": { region: "europe-west3" },
          "gke-b": { region: "europe-west3", block: 1 },
          "gke-ops": { region: "europe-west3", block: 2, gpus: false },
          "gke-east": { region: "us-east4" },
        },
        configCluster: "gke-ops",
      },
    });
    const [, silent = ""] = queriesOf(made, "servers");
    expect(silent.split(" or ").map((part) => /(absent|< \d)/.exec(part)?.[0])).toEqual([
      "absent",
      "< 2",
      "absent",
    ]);
  });
});
