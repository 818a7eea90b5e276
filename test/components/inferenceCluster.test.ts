import { childrenOf, find } from "../support/components";
import { type Synthesis, synthesize, UNKNOWN } from "../support/program";

const COMPONENT = "inference-gateway:index:InferenceCluster::gke-west";
const CLUSTER = "gcp:container/cluster:Cluster::gke-west";
const PROVIDER = "pulumi:providers:kubernetes::gke-west";

describe("InferenceCluster", () => {
  let dev: Synthesis;
  let prod: Synthesis;
  beforeAll(async () => {
    dev = await synthesize("dev");
    prod = await synthesize("prod");
  });

  test("is a cluster, its pools and its provider", () => {
    expect(childrenOf(dev, COMPONENT)).toEqual([
      CLUSTER,
      "gcp:container/nodePool:NodePool::gke-west-gpu",
      "gcp:container/nodePool:NodePool::gke-west-system",
      PROVIDER,
    ]);
    expect(childrenOf(prod, COMPONENT)).toContain(
      "gcp:container/nodePool:NodePool::gke-west-fallback",
    );
  });

  test("the cluster has all that the gateway needs of it", () => {
    const { inputs, timeouts, protect } = find(dev, CLUSTER);
    expect(inputs).toEqual({
      name: "gke-west",
      project: "my-project-dev",
      location: "europe-west3",
      network: "network-id",
      subnetwork: "network-gke-west-id",
      networkingMode: "VPC_NATIVE",
      datapathProvider: "ADVANCED_DATAPATH",
      ipAllocationPolicy: {
        clusterSecondaryRangeName: "pods",
        servicesSecondaryRangeName: "services",
      },
      privateClusterConfig: { enablePrivateNodes: true },
      controlPlaneEndpointsConfig: {
        dnsEndpointConfig: { allowExternalTraffic: true },
        ipEndpointsConfig: { enabled: false },
      },
      workloadIdentityConfig: { workloadPool: "my-project-dev.svc.id.goog" },
      gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
      podAutoscaling: { hpaProfile: "PERFORMANCE" },
      monitoringConfig: {
        enableComponents: ["SYSTEM_COMPONENTS", "DCGM"],
        managedPrometheus: { enabled: true },
      },
      releaseChannel: { channel: "RAPID" },
      minMasterVersion: "1.34.1-gke.1127000",
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      nodeConfig: {
        serviceAccount: "nodes@example.iam.gserviceaccount.com",
        machineType: "e2-medium",
      },
      deletionProtection: false,
    });
    expect(Object.values(timeouts)).toEqual(["60m", "60m", "60m"]);
    expect(protect).toBe(false);
  });

  test("prod is protected twice", () => {
    const { inputs, protect } = find(prod, CLUSTER);
    expect([inputs.deletionProtection, protect]).toEqual([true, true]);
  });

  test("a GPU pool has its GPUs, drivers and identity, and no name of ours", () => {
    expect(find(dev, "gcp:container/nodePool:NodePool::gke-west-gpu").inputs).toEqual({
      cluster: "gke-west-id",
      autoscaling: { totalMinNodeCount: 1, totalMaxNodeCount: 2, locationPolicy: "ANY" },
      management: { autoRepair: true, autoUpgrade: true },
      nodeConfig: {
        machineType: "g2-standard-8",
        diskSizeGb: 200,
        spot: true,
        guestAccelerators: [
          {
            type: "nvidia-l4",
            count: 1,
            gpuDriverInstallationConfig: { gpuDriverVersion: "LATEST" },
          },
        ],
        imageType: "COS_CONTAINERD",
        serviceAccount: "nodes@example.iam.gserviceaccount.com",
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        metadata: { "disable-legacy-endpoints": "true" },
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        workloadMetadataConfig: { mode: "GKE_METADATA" },
      },
    });
  });

  test("the system pool has a node in each zone from the start, large enough for an endpoint picker", () => {
    const { inputs, ignoreChanges } = find(dev, "gcp:container/nodePool:NodePool::gke-west-system");
    expect([inputs.initialNodeCount, inputs.autoscaling]).toEqual([
      1,
      { minNodeCount: 1, maxNodeCount: 2 },
    ]);
    expect(inputs.nodeConfig).toMatchObject({ machineType: "e2-standard-8" });
    expect(ignoreChanges).toEqual(["initialNodeCount", "nodeCount"]);
  });

  test("the provider is known by its context before the cluster is, and its kubeconfig is secret", async () => {
    const preview = find(await synthesize("dev", { preview: true }), PROVIDER);
    expect(preview.inputs).toEqual({
      clusterIdentifier: "gke_my-project-dev_europe-west3_gke-west",
      kubeconfig: UNKNOWN,
    });
    const { inputs, secretInputs } = find(dev, PROVIDER);
    expect(secretInputs).toEqual(["kubeconfig"]);
    expect(inputs.kubeconfig).toContain("server: https://gke-gke-west.example.goog");
    expect(inputs.kubeconfig).not.toContain("certificate-authority");
  });
});
