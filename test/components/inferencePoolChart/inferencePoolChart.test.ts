import * as yaml from "js-yaml";

import { FleetMembership } from "../../../components/fleetMembership";
import {
  InferencePoolChart,
  type InferencePoolChartArgs,
} from "../../../components/inferencePoolChart";
import { type Recording, register } from "../../support/components";
import { childrenOf, find } from "../../../rehearsal/stage/registrations";

const APP = { app: "vllm-llama3-8b-instruct" };
const ARGS: InferencePoolChartArgs = {
  releaseName: "vllm-llama3-8b-instruct",
  namespace: "inference",
  podLabels: APP,
  ports: [8000],
};
const DEPLOYMENT = "kubernetes:apps/v1:Deployment::west-epp";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap::west-epp";
const POOL = "kubernetes:inference.networking.k8s.io/v1:InferencePool::west-pool";
const COMPONENT = "inference-gateway:index:InferencePoolChart::west";
const CHILDREN = [
  DEPLOYMENT,
  CONFIG_MAP,
  "kubernetes:core/v1:Secret::west-metrics-reader",
  "kubernetes:core/v1:Service::west-epp",
  "kubernetes:core/v1:ServiceAccount::west-epp",
  "kubernetes:core/v1:ServiceAccount::west-metrics-reader",
  POOL,
  "kubernetes:monitoring.googleapis.com/v1:PodMonitoring::west-epp-monitoring",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole::west-epp",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole::west-metrics-reader",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding::west-epp",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding::west-metrics-reader",
  "kubernetes:rbac.authorization.k8s.io/v1:Role::west-epp-non-sa",
  "kubernetes:rbac.authorization.k8s.io/v1:Role::west-epp-sa",
  "kubernetes:rbac.authorization.k8s.io/v1:Role::west-metrics-reader",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::west-epp-non-sa",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::west-epp-sa",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::west-metrics-reader",
];

type Chart = Recording<InferencePoolChart>;

function registerChart(
  endpointPicker?: InferencePoolChartArgs["endpointPicker"],
  args: Partial<InferencePoolChartArgs> = {},
): Promise<Chart> {
  return register(() => new InferencePoolChart("west", { ...ARGS, endpointPicker, ...args }));
}

interface Metadata {
  name: string;
  labels: Record<string, string>;
  annotations?: Record<string, string>;
}

/** What the tests look at of the endpoint picker's Deployment. */
function deploymentOf(chart: Chart) {
  const { metadata, spec } = find(chart, DEPLOYMENT).inputs as {
    metadata: Metadata;
    spec: {
      replicas: number;
      strategy: unknown;
      template: { spec: { containers: [Container] } };
    };
  };
  const [container] = spec.template.spec.containers;
  return { metadata, replicas: spec.replicas, strategy: spec.strategy, container };
}

interface Container {
  image: string;
  args: string[];
  readinessProbe: unknown;
  livenessProbe: unknown;
}

/** The files of the ConfigMap. */
function filesOf(chart: Chart): Record<string, string> {
  return (find(chart, CONFIG_MAP).inputs as { data: Record<string, string> }).data;
}

/** The file that the endpoint picker reads, as what it says. */
function configOf(chart: Chart): object {
  const { args } = deploymentOf(chart).container;
  const file = (args[args.indexOf("--config-file") + 1] ?? "").replace("/config/", "");
  return yaml.load(filesOf(chart)[file] ?? "") as object;
}

function argsOf(chart: Chart): string {
  return deploymentOf(chart).container.args.join(" ");
}

describe("InferencePoolChart", () => {
  test("has the chart's objects, less its two single-cluster policies", async () => {
    const chart = await registerChart();
    expect(childrenOf(chart, COMPONENT)).toEqual(CHILDREN);
    const parents = new Set(chart.registrations.slice(1).map(({ parent }) => parent));
    expect([...parents]).toEqual([COMPONENT]);
    expect(chart.component.poolName).toBe("vllm-llama3-8b-instruct");
  });

  test("the pool is exported, selects the model servers and lets requests pass without a picker", async () => {
    const chart = await registerChart();
    expect(find(chart, POOL).inputs).toEqual({
      apiVersion: "inference.networking.k8s.io/v1",
      kind: "InferencePool",
      metadata: {
        name: "vllm-llama3-8b-instruct",
        namespace: "inference",
        labels: {
          "app.kubernetes.io/name": "vllm-llama3-8b-instruct-epp",
          "app.kubernetes.io/version": "v1.5.0",
        },
        annotations: { "networking.gke.io/export": "True" },
      },
      spec: {
        targetPorts: [{ number: 8000 }],
        selector: { matchLabels: APP },
        endpointPickerRef: {
          name: "vllm-llama3-8b-instruct-epp",
          port: { number: 9002 },
          failureMode: "FailOpen",
        },
      },
    });
  });

  test("only the endpoint picker's pod waits for what it runs on", async () => {
    const chart = await register(() => {
      const runsOn = new InferencePoolChart("nodes", { ...ARGS, releaseName: "nodes" });
      return new InferencePoolChart("west", { ...ARGS, runsOn: [runsOn.pool] });
    });
    const nodes = "kubernetes:inference.networking.k8s.io/v1:InferencePool::nodes-pool";
    const waiting = chart.registrations.filter(({ dependsOn }) => dependsOn.includes(nodes));
    expect(waiting.map(({ id }) => id)).toEqual([DEPLOYMENT]);
    expect(find(chart, DEPLOYMENT).dependsOn).toEqual([
      CONFIG_MAP,
      "kubernetes:core/v1:ServiceAccount::west-epp",
      nodes,
    ]);
    expect(find(chart, DEPLOYMENT).timeouts).toEqual({ create: "30m", update: "30m" });
  });

  test("the pool alone goes before the membership by which it is exported", async () => {
    const chart = await register(() => {
      const cluster = "projects/demo/locations/us-east4/clusters/west";
      const args = { project: "demo", membershipId: "west", cluster };
      return new InferencePoolChart("west", {
        ...ARGS,
        memberOf: [new FleetMembership("west", args)],
      });
    });
    const membership = "gcp:gkehub/membership:Membership::west";
    const waiting = chart.registrations.filter(({ dependsOn }) => dependsOn.includes(membership));
    expect(waiting.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([[POOL, [membership]]]);
  });

  test("v1.4.0 has its own image, labels and default plugins, and no protocol of the pool", async () => {
    const chart = await registerChart({ version: "v1.4.0", flowControl: false });
    expect(childrenOf(chart, COMPONENT)).toEqual(CHILDREN);
    const { metadata, container } = deploymentOf(chart);
    expect(container.image).toBe("registry.k8s.io/gateway-api-inference-extension/epp:v1.4.0");
    expect(metadata.labels["app.kubernetes.io/version"]).toBe("v1.4.0");
    const { spec } = find(chart, POOL).inputs as { spec: object };
    expect(Object.keys(spec)).toEqual(["endpointPickerRef", "selector", "targetPorts"]);
    expect((configOf(chart) as { plugins: unknown }).plugins).toEqual([
      { type: "queue-scorer" },
      { type: "kv-cache-utilization-scorer" },
      { type: "prefix-cache-scorer" },
    ]);
  });
});

describe("the plugins of the endpoint picker", () => {
  const chartBody = {
    apiVersion: "inference.networking.x-k8s.io/v1alpha1",
    kind: "EndpointPickerConfig",
    plugins: [
      { type: "queue-scorer" },
      { type: "kv-cache-utilization-scorer" },
      { type: "prefix-cache-scorer" },
      {
        type: "metrics-data-source",
        parameters: { scheme: "http", path: "/metrics", insecureSkipVerify: true },
      },
      { type: "core-metrics-extractor" },
    ],
    schedulingProfiles: [
      {
        name: "default",
        plugins: [
          { pluginRef: "queue-scorer", weight: 2 },
          { pluginRef: "kv-cache-utilization-scorer", weight: 2 },
          { pluginRef: "prefix-cache-scorer", weight: 3 },
        ],
      },
    ],
  };
  const plugins = {
    featureGates: ["enableLegacyMetrics"],
    plugins: [{ type: "queue-scorer" }],
    schedulingProfiles: [{ name: "default", plugins: [{ pluginRef: "queue-scorer" }] }],
  };

  test("are the chart's and flow control, beside the chart's own file", async () => {
    const chart = await registerChart();
    expect(configOf(chart)).toEqual({ ...chartBody, featureGates: ["flowControl"] });
    expect(Object.keys(filesOf(chart))).toEqual([
      "default-plugins.yaml",
      expect.stringMatching(/^plugins-[0-9a-f]{8}\.yaml$/),
    ]);
    expect(yaml.load(filesOf(chart)["default-plugins.yaml"] ?? "")).toEqual(chartBody);
  });

  test("are the chart's own file without flow control", async () => {
    const chart = await registerChart({ flowControl: false });
    expect(argsOf(chart)).toContain("--config-file /config/default-plugins.yaml ");
    expect(Object.keys(filesOf(chart))).toEqual(["default-plugins.yaml"]);
  });

  test("are those that were given, and flow control beside their own gates", async () => {
    const { apiVersion, kind } = chartBody;
    expect(configOf(await registerChart({ plugins }))).toEqual({
      ...{ apiVersion, kind, ...plugins },
      featureGates: ["enableLegacyMetrics", "flowControl"],
    });
    expect(configOf(await registerChart({ plugins, flowControl: false }))).toEqual({
      ...{ apiVersion, kind, ...plugins },
    });
  });

  test("of another text lie in a file of another name, so that pods start anew", async () => {
    const one = argsOf(await registerChart({ plugins }));
    const same = argsOf(await registerChart({ plugins: { ...plugins } }));
    const other = argsOf(await registerChart({ plugins: { ...plugins, featureGates: [] } }));
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });
});

describe("replicas of the endpoint picker", () => {
  test("one needs no leader", async () => {
    const { metadata, replicas, strategy, container } = deploymentOf(await registerChart());
    expect({ replicas, strategy, annotations: metadata.annotations }).toEqual({
      replicas: 1,
      strategy: { type: "Recreate" },
      annotations: undefined,
    });
    expect(container.args).not.toContain("--ha-enable-leader-election");
    expect(container.readinessProbe).toEqual({
      grpc: { port: 9003, service: "inference-extension" },
      periodSeconds: 2,
    });
  });

  test("three elect a leader, which alone gets ready", async () => {
    const chart = await registerChart({ replicas: 3 });
    expect(childrenOf(chart, COMPONENT).filter((id) => !CHILDREN.includes(id))).toEqual([
      "kubernetes:rbac.authorization.k8s.io/v1:Role::west-epp-leader-election",
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::west-epp-leader-election",
    ]);
    const { metadata, replicas, strategy, container } = deploymentOf(chart);
    expect({ replicas, strategy, annotations: metadata.annotations }).toEqual({
      replicas: 3,
      strategy: { type: "Recreate" },
      annotations: {
        "pulumi.com/waitFor":
          '["jsonpath={.status.updatedReplicas}=3","jsonpath={.status.readyReplicas}"]',
      },
    });
    expect(container.args).toContain("--ha-enable-leader-election");
    expect(container.readinessProbe).toEqual({
      grpc: { port: 9003, service: "readiness" },
      periodSeconds: 2,
    });
    expect(container.livenessProbe).toEqual({
      grpc: { port: 9003, service: "liveness" },
      initialDelaySeconds: 5,
      periodSeconds: 10,
    });
  });
});

describe("flags of the endpoint picker", () => {
  const before =
    "--pool-name vllm-llama3-8b-instruct --pool-namespace inference" +
    " --pool-group inference.networking.k8s.io --zap-encoder json --config-file /config/default-plugins.yaml";
  const args = async (flags: Record<string, string>) =>
    argsOf(await registerChart({ flags, flowControl: false }));

  test("are the chart's where none is given", async () => {
    expect(await args({})).toBe(`${before} --v 1 --tracing=false`);
  });

  test("are laid over the chart's, in the order of the alphabet", async () => {
    expect(await args({ v: "3", "zap-devel": "true", "health-checking": "true" })).toBe(
      `${before} --health-checking true --v 3 --zap-devel true --tracing=false`,
    );
  });
});

describe("names", () => {
  test("the picker's are cut as the chart cuts them, the pool's is not", async () => {
    const releaseName = "a-release-whose-name-the-chart-cuts-at-40-characters";
    const chart = await registerChart({}, { releaseName });
    const nameOf = (id: string) => (find(chart, id).inputs as { metadata: Metadata }).metadata.name;
    const cut = "a-release-whose-name-the-chart-cuts-at-4";
    expect(nameOf(POOL)).toBe(releaseName);
    expect(nameOf(DEPLOYMENT)).toBe(`${cut}-epp`);
    expect(nameOf("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole::west-epp")).toBe(
      `${cut}-inference-epp`,
    );
    expect(nameOf("kubernetes:core/v1:Secret::west-metrics-reader")).toBe(
      `${releaseName}-metrics-reader-secret`,
    );
  });

  test("that the chart cannot render are refused", () => {
    const create = (releaseName: string, namespace: string) => () =>
      new InferencePoolChart("west", { ...ARGS, releaseName, namespace });
    expect(create("r".repeat(41), "n".repeat(38))).toThrow(
      `InferencePoolChart: releaseName: got "${"r".repeat(41)}"; allowed: a name that has at most 77 characters together ` +
        `with namespace "${"n".repeat(38)}", each cut at 40, not 78: the chart cannot render a longer cluster role`,
    );
    expect(create("1st", "inference")).toThrow(
      'InferencePoolChart: releaseName: got "1st"; allowed: ' +
        "lower-case letters, digits and -, starting with a letter, 1 to 53",
    );
  });

  test("every wrong option of the picker is told in one error", () => {
    const endpointPicker = { version: "v1.6.0", flags: { tracing: "true" } };
    expect(() => new InferencePoolChart("west", { ...ARGS, endpointPicker })).toThrow(
      new Error(
        'InferencePoolChart: endpointPicker.version: got "v1.6.0"; allowed: v1.4.0, v1.5.0; not v1.6.0: ' +
          "it has no chart and no endpoint picker, which went to llm-d/llm-d-router\n" +
          'InferencePoolChart: endpointPicker.flags.tracing: got "true"; allowed: nothing: the program sets it',
      ),
    );
  });
});
