import { proxyRange } from "../../catalog/addressPlan";
import { CrossRegionGateway } from "../../components/crossRegionGateway";
import { FleetMembership } from "../../components/fleetMembership";
import { GatewayMonitoring } from "../../components/gatewayMonitoring";
import { InferenceCluster } from "../../components/inferenceCluster";
import { InferenceObjectives } from "../../components/inferenceObjectives";
import { InferencePoolChart } from "../../components/inferencePoolChart";
import { KvCacheMetrics } from "../../components/kvCacheMetrics";
import { ModelServer } from "../../components/modelServer";
import { Network } from "../../components/network";
import { NodeIdentity } from "../../components/nodeIdentity";
import { PrivateDns } from "../../components/privateDns";
import { ProjectServices } from "../../components/projectServices";
import { ProxySubnet } from "../../components/proxySubnet";

const project = "my-project";
const namespace = "inference";

/** The `@example` of every component, in the order in which one needs the other. */
export function examples(): void {
  const apis = new ProjectServices("apis", { project, optional: ["storage"] });

  const network = new Network(
    "network",
    {
      project,
      clusters: { "gke-west": { region: "europe-west3", block: 0 } },
      serverPort: 8000,
    },
    { dependsOn: apis.of("compute") },
  );
  const { subnetwork, podsRange, servicesRange } = network.subnetOf("gke-west");

  const proxies = new ProxySubnet("europe-west3", {
    project,
    region: "europe-west3",
    network: network.id,
    cidr: proxyRange("europe-west3"),
  });

  const nodes = new NodeIdentity("nodes", { project }, { dependsOn: apis.of("iam") });

  const cluster = new InferenceCluster(
    "gke-west",
    {
      project,
      region: "europe-west3",
      network: network.id,
      subnetwork,
      podsRange,
      servicesRange,
      nodeServiceAccount: nodes.email,
      releaseChannel: "REGULAR",
      maintenance: { days: ["saturday", "sunday"], startTime: "02:00", hours: 6 },
      gpuPools: {
        gpu: {
          machineType: "g2-standard-8",
          provisioning: "spot",
          zones: ["europe-west3-a", "europe-west3-b"],
          minNodes: 1,
          maxNodes: 2,
        },
      },
      bucketVolumes: true,
      secretManager: false,
      deletionProtection: true,
    },
    { dependsOn: apis.of("container") },
  );

  const membership = new FleetMembership(
    "gke-west",
    { project, membershipId: "gke-west", cluster: cluster.id },
    { dependsOn: apis.of("gkehub") },
  );

  const server = new ModelServer(
    "gke-west",
    {
      namespace,
      app: "llama",
      model: {
        id: "meta-llama/Llama-3.1-8B-Instruct",
        revision: "main",
        adapters: [],
        maxLength: 8192,
        replicas: 1,
        vllmVersion: "v0.18.1",
      },
      notice: "spot",
      nodePools: cluster.gpuPoolNames,
      weightsCache: { kind: "bucket", bucket: "my-weights" },
      token: { kind: "secret-manager", secret: "projects/my-project/secrets/hugging-face" },
      workloadPool: cluster.workloadPool,
      runsOn: cluster.gpuNodes,
    },
    { providers: [cluster.provider] },
  );

  const chart = new InferencePoolChart(
    "gke-west",
    {
      releaseName: "llama",
      namespace,
      podLabels: server.podLabels,
      ports: [server.port],
      endpointPicker: { replicas: 2 },
      memberOf: [membership],
      runsOn: [cluster.systemPool],
    },
    { providers: [cluster.provider] },
  );

  new InferenceObjectives(
    "gke-west",
    { namespace, poolName: chart.poolName, objectives: [{ name: "chat", priority: 10 }] },
    { providers: [cluster.provider] },
  );

  const metrics = new KvCacheMetrics(
    "gke-west",
    {
      namespace,
      podLabels: server.podLabels,
      port: server.port,
      releaseChannel: "REGULAR",
      engineVersion: "v0.18.1",
    },
    { providers: [cluster.provider] },
  );

  const gateway = new CrossRegionGateway(
    "gateway",
    {
      project,
      namespace,
      poolName: chart.poolName,
      regions: ["europe-west3"],
      loadBalancing: { mode: "kv-cache", maxUtilization: 60 },
      metricName: metrics.metricName,
      timeoutSeconds: 600,
      p99LatencySeconds: 60,
      scopes: [],
      drained: [],
      requestLogPercent: 100,
      serverPort: server.port,
      configMembership: membership.id,
      memberships: [membership],
      requires: [proxies, chart.pool, apis.agentRole],
    },
    { providers: [cluster.provider], dependsOn: apis.forGateway },
  );

  new PrivateDns(
    "dns",
    {
      project,
      network: network.id,
      dnsName: "llm.corp.internal",
      regions: ["europe-west3"],
      addresses: gateway.addresses,
    },
    { dependsOn: apis.of("dns") },
  );

  new GatewayMonitoring(
    "monitoring",
    {
      project,
      network: network.id,
      namespace,
      poolName: chart.poolName,
      clusters: { "europe-west3": 1 },
      loadBalancing: { mode: "kv-cache", maxUtilization: 60 },
      timeoutSeconds: 600,
      flowControl: true,
      notificationChannels: [`projects/${project}/notificationChannels/1234567890`],
      cost: "3.29 $ an hour",
    },
    { dependsOn: [gateway, server, ...apis.of("monitoring")] },
  );
}
