import { childrenOf, find } from "../support/components";
import { type Synthesis, synthesize } from "../support/program";

const POOL = "kubernetes:inference.networking.k8s.io/v1:InferencePool::gke-west-pool";
const METRIC = "kubernetes:autoscaling.gke.io/v1beta1:AutoscalingMetric::gke-west-metric";
const SERVER = "kubernetes:apps/v1:Deployment::gke-west";
const APP = { app: "vllm-llama3-8b-instruct" };

/** A pod's container as far as the tests look into it. */
interface PodTemplate {
  template: {
    metadata: { labels: Record<string, string> };
    spec: {
      containers: { image: string; args: string[]; env: unknown[]; resources: unknown }[];
      terminationGracePeriodSeconds: number;
      initContainers?: unknown[];
    };
  };
}

describe("the workload of a cluster", () => {
  let dev: Synthesis;
  beforeAll(async () => {
    dev = await synthesize("dev");
  });

  test("InferencePoolChart has the chart's objects, less its two single-cluster policies", () => {
    expect(childrenOf(dev, "inference-gateway:index:InferencePoolChart::gke-west")).toEqual([
      "kubernetes:apps/v1:Deployment::gke-west-epp",
      "kubernetes:core/v1:ConfigMap::gke-west-epp",
      "kubernetes:core/v1:Secret::gke-west-metrics-reader",
      "kubernetes:core/v1:Service::gke-west-epp",
      "kubernetes:core/v1:ServiceAccount::gke-west-epp",
      "kubernetes:core/v1:ServiceAccount::gke-west-metrics-reader",
      POOL,
      "kubernetes:monitoring.googleapis.com/v1:PodMonitoring::gke-west-epp-monitoring",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole::gke-west-epp",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole::gke-west-metrics-reader",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding::gke-west-epp",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding::gke-west-metrics-reader",
      "kubernetes:rbac.authorization.k8s.io/v1:Role::gke-west-epp-non-sa",
      "kubernetes:rbac.authorization.k8s.io/v1:Role::gke-west-epp-sa",
      "kubernetes:rbac.authorization.k8s.io/v1:Role::gke-west-metrics-reader",
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::gke-west-epp-non-sa",
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::gke-west-epp-sa",
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding::gke-west-metrics-reader",
    ]);
  });

  test("the pool is exported and selects the model servers", () => {
    const { metadata, spec } = find(dev, POOL).inputs as {
      metadata: { annotations: unknown };
      spec: unknown;
    };
    expect(metadata.annotations).toEqual({ "networking.gke.io/export": "True" });
    expect(spec).toEqual({
      targetPorts: [{ number: 8000 }],
      appProtocol: "http",
      selector: { matchLabels: APP },
      endpointPickerRef: {
        name: "vllm-llama3-8b-instruct-epp",
        port: { number: 9002 },
        failureMode: "FailOpen",
      },
    });
  });

  test("the objective points at the pool that is there", () => {
    const { inputs } = find(
      dev,
      "kubernetes:inference.networking.x-k8s.io/v1alpha2:InferenceObjective::gke-west-food-review",
    );
    expect(inputs.spec).toEqual({
      priority: 10,
      poolRef: {
        group: "inference.networking.k8s.io",
        kind: "InferencePool",
        name: "vllm-llama3-8b-instruct",
      },
    });
  });

  test("the metric takes shape A below 1.35.1-gke.1396000", () => {
    expect(find(dev, METRIC).inputs.spec).toEqual({
      selector: { matchLabels: APP },
      endpoints: [
        {
          port: 8000,
          path: "/metrics",
          metrics: [{ name: "vllm:kv_cache_usage_perc", exportName: "kv-cache" }],
        },
      ],
    });
  });

  test("and shape B from there on", async () => {
    const { inputs } = find(
      await synthesize("dev", { config: { gkeVersion: "1.35.1-gke.1396000" } }),
      METRIC,
    );
    const gauge = {
      name: "kv-cache",
      prometheusMetricName: "vllm:kv_cache_usage_perc",
      loadBalancing: { enabled: true },
    };
    expect(inputs.spec).toEqual({
      metrics: [
        {
          pod: {
            selector: { matchLabels: APP },
            containers: [{ endpoint: { port: 8000, path: "/metrics" }, metrics: [{ gauge }] }],
          },
        },
      ],
    });
  });

  test("a model server pod runs vLLM with model, adapter and one GPU, without an init container", () => {
    const { template } = find(dev, SERVER).inputs.spec as PodTemplate;
    const [container] = template.spec.containers;
    expect(template.metadata.labels).toEqual({
      ...APP,
      "inference.networking.k8s.io/engine-type": "vllm",
    });
    expect(template.spec.initContainers).toBeUndefined();
    expect(container?.image).toBe("vllm/vllm-openai:v0.18.1");
    expect(container?.args).toEqual([
      "meta-llama/Llama-3.1-8B-Instruct",
      "--revision",
      "main",
      "--port",
      "8000",
      "--max-model-len",
      "8192",
      "--enable-lora",
      "--max-loras",
      "1",
      "--lora-modules",
      '{"name":"food-review-1","path":"Kawon/llama3.1-food-finetune_v14_r8","base_model_name":"meta-llama/Llama-3.1-8B-Instruct"}',
    ]);
    expect(container?.resources).toEqual({
      limits: { "nvidia.com/gpu": "1", "ephemeral-storage": "60Gi" },
      requests: { "nvidia.com/gpu": "1", "ephemeral-storage": "60Gi" },
    });
  });

  test("on Spot the pod drains within the notice", () => {
    const { template } = find(dev, SERVER).inputs.spec as PodTemplate;
    expect(template.spec.terminationGracePeriodSeconds).toBe(25);
  });

  test("the token is in a Secret, marked secret, and nowhere else", () => {
    const { inputs, secretInputs } = find(dev, "kubernetes:core/v1:Secret::gke-west-hf-token");
    expect(inputs.stringData).toEqual({ token: "hf_test" });
    expect(secretInputs).toEqual(["stringData"]);
    const others = dev.registrations.filter(({ type }) => type !== "kubernetes:core/v1:Secret");
    expect(JSON.stringify(others)).not.toContain("hf_test");
    expect(JSON.stringify(dev.outputs)).not.toContain("hf_test");
  });
});
