import type { InferenceCluster } from "../../../components/inferenceCluster";
import { registerCluster, TWO_POOLS } from "../../support/clusterMocks";
import type { Recording } from "../../support/components";
import { valueOf } from "../../support/mocks";
import { UNKNOWN } from "../../../policy-pack/test/support/unknown";
import { childrenOf, find } from "../../../rehearsal/stage/registrations";

const COMPONENT = "inference-gateway:index:InferenceCluster::west";
const CLUSTER = "gcp:container/cluster:Cluster::west";
const PROVIDER = "pulumi:providers:kubernetes::west";
const COMPUTE_CLASS = "kubernetes:cloud.google.com/v1:ComputeClass::west-compute-class";
const pool = (name: string) => `gcp:container/nodePool:NodePool::west-${name}`;

/** As a secret is told to the engine. */
function secret(value: unknown) {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

describe("with one GPU pool", () => {
  let west: Recording<InferenceCluster>;
  beforeAll(async () => {
    west = await registerCluster();
  });

  test("a cluster is control plane, provider and two pools, and needs no compute class", async () => {
    expect(childrenOf(west, COMPONENT)).toEqual([CLUSTER, pool("gpu"), pool("system"), PROVIDER]);
    expect(west.component.computeClass).toBeUndefined();
    expect(west.component.gpuNodes).toHaveLength(1);
    expect(west.component.location).toBe("europe-west3");
  });

  test("neither pool waits for the other", () => {
    const before = [CLUSTER];
    expect(find(west, pool("system")).dependsOn).toEqual(before);
    expect(find(west, pool("gpu")).dependsOn).toEqual(before);
  });

  test("the workload pool comes from the cluster, so that what uses it waits for the cluster", async () => {
    const { workloadPool } = west.component;
    expect(await valueOf(workloadPool)).toBe("demo.svc.id.goog");
    const resources = await (
      workloadPool as unknown as { allResources(): Promise<Set<{ __name: string }>> }
    ).allResources();
    expect([...resources].map(({ __name }) => __name)).toEqual(["west"]);
  });

  test("the kubeconfig names the DNS endpoint, holds no CA, and is secret", async () => {
    const { inputs, raw } = find(west, PROVIDER);
    expect(inputs.clusterIdentifier).toBe("gke_demo_europe-west3_west");
    const kubeconfig = await valueOf(west.component.kubeconfig);
    expect(raw.kubeconfig).toEqual(secret(kubeconfig));
    expect(kubeconfig).toContain("server: https://west.example.goog");
    expect(kubeconfig).not.toContain("certificate-authority");
  });

  test("the provider's identifier is known before the cluster is", async () => {
    const { raw } = find(await registerCluster({}, { preview: true }), PROVIDER);
    expect(raw).toEqual({
      clusterIdentifier: "gke_demo_europe-west3_west",
      enableConfigMapMutable: "true",
      enableSecretMutable: "true",
      kubeconfig: secret(UNKNOWN),
    });
  });
});

describe("with a fallback", () => {
  let west: Recording<InferenceCluster>;
  beforeAll(async () => {
    west = await registerCluster({ gpuPools: TWO_POOLS });
  });

  test("a compute class puts the pools in order, by the names that they were given", () => {
    expect(find(west, COMPUTE_CLASS).inputs).toEqual({
      apiVersion: "cloud.google.com/v1",
      kind: "ComputeClass",
      metadata: { name: "model-server" },
      spec: {
        priorities: [
          { nodepools: ["west-gpu-1a2b3c4"] },
          { nodepools: ["west-fallback-1-1a2b3c4"] },
        ],
        whenUnsatisfiable: "DoNotScaleUp",
        activeMigration: { optimizeRulePriority: true },
      },
    });
  });

  test("it is the cluster's own, and comes after its pools", () => {
    const { parent, provider, dependsOn } = find(west, COMPUTE_CLASS);
    expect([parent, provider]).toEqual([COMPONENT, PROVIDER]);
    expect(dependsOn).toEqual([pool("fallback-1"), pool("gpu")]);
  });

  test("model servers select it, and need pools and class", async () => {
    expect(west.component.computeClass).toBe("model-server");
    const urns = await Promise.all(west.component.gpuNodes.map(({ urn }) => valueOf(urn)));
    expect(urns.map((urn) => urn.split("::").at(-1))).toEqual([
      "west-gpu",
      "west-fallback-1",
      "west-compute-class",
    ]);
  });

  test("each of its pools carries the class as label and as taint", () => {
    const marks = ["gpu", "fallback-1"].map((name) => {
      const { labels, taints } = find(west, pool(name)).inputs.nodeConfig as Record<
        string,
        unknown
      >;
      return { labels, taints };
    });
    const mark = {
      labels: { "cloud.google.com/compute-class": "model-server" },
      taints: [
        { key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" },
        { key: "cloud.google.com/compute-class", value: "model-server", effect: "NO_SCHEDULE" },
      ],
    };
    expect(marks).toEqual([mark, mark]);
  });

  test("in a first preview the class is there with its order, and its pools' names are unknown", async () => {
    const preview = await registerCluster({ gpuPools: TWO_POOLS }, { preview: true });
    const { inputs } = find(preview, COMPUTE_CLASS);
    expect(inputs.spec).toMatchObject({
      priorities: [{ nodepools: [UNKNOWN] }, { nodepools: [UNKNOWN] }],
    });
  });
});

test("without GPUs a cluster is control plane, provider and system pool", async () => {
  const west = await registerCluster({ gpuPools: {} });
  expect(childrenOf(west, COMPONENT)).toEqual([CLUSTER, pool("system"), PROVIDER]);
  expect([west.component.gpuNodes, west.component.computeClass]).toEqual([[], undefined]);
});
