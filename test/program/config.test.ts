import { refusal } from "../support/refusal";

const CHANNEL =
  "projects/<project>/notificationChannels/<id>, as `gcloud beta monitoring channels list` shows its name";
const WEST = { region: "europe-west3" };
const EAST = { region: "us-east4" };
const VERSION_FORM =
  "a minor from 1.34 on, such as 1.36; a full version of the form x.y.z-gke.n, such as 1.36.4-gke.1391002; or nothing for the channel's default";
const VERSION_FLOOR =
  "a minor from 1.34 on, such as 1.36; a full version from 1.34.1-gke.1127000 on; or nothing for the channel's default";
const A100_REGIONS =
  "asia-northeast1, asia-northeast3, asia-southeast1, europe-west4, me-west1, us-central1, us-east1, us-west1, " +
  "us-west3, us-west4";
const L4_REGIONS =
  "asia-east1, asia-northeast1, asia-northeast3, asia-south1, asia-southeast1, europe-west1, europe-west2, " +
  "europe-west3, europe-west4, europe-west6, me-central2, northamerica-northeast1, northamerica-northeast2, " +
  "us-central1, us-east1, us-east4, us-west1, us-west4";

/** What is said where no zone of a machine type is known. */
function unknownZones(machineType: string, ...regions: string[]): string {
  return (
    `allowed: zones with ${machineType} in ${regions.join(" and ")}, where none is known. Ask Google: ` +
    `\`gcloud compute machine-types list --filter="name=${machineType} AND zone~'^(${regions.join("|")})-'"\`. ` +
    "It is known to be in"
  );
}

describe("configuration that is refused", () => {
  test.each([
    [
      "a single cluster",
      { clusters: { "gke-west": WEST } },
      'clusters: got ["gke-west"]; allowed: two or more that have GPUs: one has no other to spill over to',
    ],
    [
      "a second cluster that has no GPUs",
      { clusters: { "gke-west": { ...WEST, gpus: false }, "gke-east": EAST } },
      'clusters: got ["gke-west","gke-east"]; allowed: two or more that have GPUs: one has no other to spill over to',
    ],
    [
      "a cluster without GPUs that is not the config cluster",
      {
        clusters: {
          "gke-west": WEST,
          "gke-east": EAST,
          "gke-ops": { region: "us-east1", gpus: false },
        },
      },
      "clusters.gke-ops.gpus: got false; allowed: true: only the config cluster, gke-west, has work without GPUs",
    ],
    [
      "a name that leaves no room for a node pool's",
      {
        clusters: {
          "gke-west": WEST,
          "gke-east": EAST,
          "gke-the-third-of-many-0": { ...WEST, block: 1 },
        },
      },
      'clusters.gke-the-third-of-many-0: got "gke-the-third-of-many-0"; allowed: lower-case letters, digits and -, 1 to 21, starting with a letter',
    ],
    [
      "more regions than a Gateway has addresses",
      {
        clusters: Object.fromEntries(
          L4_REGIONS.split(", ")
            .slice(0, 17)
            .map((region) => [`g-${region.slice(-18)}`, { region, zones: [`${region}-b`] }]),
        ),
        configCluster: "g-asia-east1",
      },
      'clusters: got "17 regions"; allowed: at most 16: a Gateway has no more addresses',
    ],
    [
      "more zones than a backend service has network endpoint groups",
      {
        clusters: Object.fromEntries(
          L4_REGIONS.split(", ")
            .slice(0, 17)
            .map((region, i) => [
              `g-${i}`,
              { region: i === 16 ? "asia-east1" : region, block: i === 16 ? 1 : 0 },
            ]),
        ),
        configCluster: "g-0",
      },
      'clusters: got "52 zones in all"; allowed: at most 50: each is a network endpoint group; name fewer `zones`',
    ],
    [
      "a config cluster that is none",
      { configCluster: "gke-north" },
      'configCluster: got "gke-north"; allowed: one of the clusters: gke-west, gke-east',
    ],
    [
      "two clusters on one address block",
      { clusters: { "gke-west": WEST, "gke-west2": WEST, "gke-east": EAST } },
      'clusters.gke-west2.block: got 0; allowed: a block that "gke-west" does not use in europe-west3: 1, 2, 3',
    ],
    [
      "a zone twice",
      {
        clusters: {
          "gke-west": { ...WEST, zones: ["europe-west3-a", "europe-west3-a"] },
          "gke-east": EAST,
        },
      },
      'clusters.gke-west.zones[1]: got "europe-west3-a"; allowed: each zone once',
    ],
    [
      "a region without the machine type",
      { clusters: { "gke-west": WEST, "gke-east": { region: "us-west2" } } },
      `accelerator.zones: got nothing; ${unknownZones("g2-standard-8", "us-west2")} ${L4_REGIONS}`,
    ],
    [
      "zones in one region of two that are not known",
      {
        clusters: { "gke-west": WEST, "gke-east": { region: "us-west2" } },
        accelerator: { machineType: "g2-standard-8", zones: ["europe-west3-a"], maxNodes: 2 },
      },
      `accelerator.zones: got ["europe-west3-a"]; ${unknownZones("g2-standard-8", "us-west2")} ${L4_REGIONS}`,
    ],
    [
      "zones that do not exist, are told twice or are elsewhere",
      {
        accelerator: {
          machineType: "g2-standard-8",
          zones: [
            "europe-west3-z",
            "us-east4-a",
            "us-east4-a",
            "us-west1-a",
            "mars",
            "us-south1-ai1b",
          ],
          maxNodes: 2,
        },
      },
      [
        'accelerator.zones[2]: got "us-east4-a"; allowed: each zone once',
        'accelerator.zones[0]: got "europe-west3-z"; allowed: one of europe-west3-a, europe-west3-b, europe-west3-c',
        'accelerator.zones[4]: got "mars"; allowed: a zone such as us-east4-a',
        'accelerator.zones[5]: got "us-south1-ai1b"; allowed: one of us-south1-a, us-south1-b, us-south1-c',
        'accelerator.zones[3]: got "us-west1-a"; allowed: a zone of a region with a cluster that has GPUs: europe-west3, us-east4',
      ],
    ],
    [
      "a zone letter that the region has not",
      { clusters: { "gke-west": WEST, "gke-east": { region: "us-east1", zones: ["us-east1-a"] } } },
      'clusters.gke-east.zones[0]: got "us-east1-a"; allowed: a zone of us-east1: us-east1-b, us-east1-c, us-east1-d',
    ],
    [
      "a disk on which not every GPU's model server finds room",
      { accelerator: { machineType: "g2-standard-48", diskGb: 400, maxNodes: 1 } },
      "accelerator.diskGb: got 400; allowed: at least 410: the model servers of g2-standard-48, one for each GPU, write up to 4 x 65 = 260 GiB, and GKE leaves them 254 of 400",
    ],
    [
      "a disk on which nothing finds room",
      { fallbacks: [{ machineType: "g2-standard-8", diskGb: 10 }] },
      "fallbacks[0].diskGb: got 10; allowed: at least 140: the model servers of g2-standard-8, one for each GPU, write up to 1 x 65 = 65 GiB, and GKE leaves them 0 of 10",
    ],
    [
      "more nodes than a cluster has addresses for",
      { accelerator: { machineType: "g2-standard-8", maxNodes: 123 } },
      "accelerator.maxNodes: got 123; allowed: at most 122: a cluster has addresses for the pods of 128 nodes, and its other pools have up to 6",
    ],
    [
      "more nodes in all pools than a cluster has addresses for",
      { fallbacks: [{ machineType: "g2-standard-8", maxNodes: 121 }] },
      "fallbacks[0].maxNodes: got 121; allowed: at most 120: a cluster has addresses for the pods of 128 nodes, and its other pools have up to 8",
    ],
    [
      "more nodes in many pools than a cluster has addresses for",
      {
        fallbacks: [50, 60, 60].map((maxNodes) => ({ machineType: "g2-standard-8", maxNodes })),
        accelerator: { machineType: "g2-standard-8", maxNodes: 60 },
      },
      "accelerator.maxNodes: got 60; allowed: fewer here and in other pools: a cluster has addresses for the pods of 128 nodes, and its other pools have up to 176",
    ],
    [
      "more nodes in one pool than any cluster has",
      { accelerator: { machineType: "g2-standard-8", minNodes: 129, maxNodes: 1000 } },
      [
        "accelerator.minNodes: got 129; allowed: at most 128",
        "accelerator.maxNodes: got 1000; allowed: at most 128",
      ],
    ],
    [
      "a fallback that a region does not have",
      {
        accelerator: { machineType: "a2-highgpu-1g", maxNodes: 2 },
        fallbacks: [
          { machineType: "g2-standard-8" },
          { machineType: "a2-highgpu-1g", provisioning: "on-demand" },
        ],
      },
      ["accelerator", "fallbacks[1]"].map(
        (pool) =>
          `${pool}.zones: got nothing; ${unknownZones("a2-highgpu-1g", "europe-west3", "us-east4")} ${A100_REGIONS}`,
      ),
    ],
    [
      "a reservation without its name",
      { accelerator: { machineType: "g2-standard-8", provisioning: "reservation", maxNodes: 2 } },
      "accelerator.reservation: got nothing; allowed: the name of a reservation",
    ],
    [
      "a reservation for nodes that are bought otherwise",
      { accelerator: { machineType: "g2-standard-8", reservation: "mine", maxNodes: 2 } },
      'accelerator.reservation: got "mine"; allowed: nothing, or `provisioning: reservation` beside it',
    ],
    [
      "more nodes at least than at most",
      { accelerator: { machineType: "g2-standard-8", minNodes: 3, maxNodes: 2 } },
      "accelerator.minNodes: got 3; allowed: at most maxNodes, 2",
    ],
    [
      "more model servers than GPUs",
      { model: { replicas: 3 } },
      "model.replicas: got 3; allowed: at most 2, the GPUs of its pools",
    ],
    [
      "more model servers than GPUs in one cluster",
      { clusters: { "gke-west": WEST, "gke-east": { ...EAST, model: { replicas: 3 } } } },
      "clusters.gke-east.model.replicas: got 3; allowed: at most 2, the GPUs of its pools",
    ],
    [
      "a single model server on the only GPU",
      { accelerator: { machineType: "g2-standard-8", maxNodes: 1 } },
      "accelerator.maxNodes: got 1; allowed: room for 2 GPUs: the successor of a single model server runs before it goes",
    ],
    [
      "an autoscaler that wants more model servers than GPUs",
      { autoscaling: { maxReplicas: 3, targetUtilization: 60 } },
      "autoscaling.maxReplicas: got 3; allowed: at most 2, the GPUs of its pools",
    ],
    [
      "an autoscaler without room",
      {
        model: { replicas: 2 },
        autoscaling: { maxReplicas: 2, targetUtilization: 60 },
      },
      "autoscaling.maxReplicas: got 2; allowed: more than model.replicas, 2",
    ],
    [
      "an autoscaler on clusters that hand it no metric",
      { gkeVersion: "1.34", autoscaling: { maxReplicas: 2, targetUtilization: 60 } },
      'gkeVersion: got "1.34"; allowed: 1.35 or newer, or nothing, with `autoscaling`: older clusters hand the metrics of pods to load balancers only',
    ],
    [
      "a version of GKE without its build",
      { gkeVersion: "1.35.1" },
      `gkeVersion: got "1.35.1"; allowed: ${VERSION_FORM}`,
    ],
    [
      "a minor that YAML has cut short",
      { gkeVersion: 1.4 },
      `gkeVersion: got "1.4"; allowed: ${VERSION_FLOOR}; in quotes, as YAML reads 1.40 as 1.4`,
    ],
    [
      "a channel that there is none of",
      { releaseChannel: "STATIC" },
      'releaseChannel: got "STATIC"; allowed: one of RAPID, REGULAR, STABLE, EXTENDED',
    ],
    [
      "flex-start nodes that always run",
      { accelerator: { machineType: "g2-standard-8", provisioning: "flex-start", maxNodes: 2 } },
      "accelerator.minNodes: got 1; allowed: 0: flex-start nodes come when a pod needs them",
    ],
    [
      "a vLLM whose gauge the endpoint picker does not read",
      { model: { vllmVersion: "v0.11.0" } },
      'model.vllmVersion: got "v0.11.0"; allowed: v0.11.1 or newer: the images of v0.9.0 to v0.11.0 do not find the GPU\'s driver on GKE',
    ],
    [
      "a vLLM of one cluster that does not find the GPU, beside another that is no release",
      {
        clusters: {
          "gke-west": { ...WEST, model: { vllmVersion: "v0.18.1+cu130" } },
          "gke-east": { ...EAST, model: { vllmVersion: "v0.11.0" } },
        },
      },
      [
        'clusters.gke-west.model.vllmVersion: got "v0.18.1+cu130"; allowed: a release of vLLM such as v0.18.1',
        'clusters.gke-east.model.vllmVersion: got "v0.11.0"; allowed: v0.11.1 or newer: the images of v0.9.0 to v0.11.0 do not find the GPU\'s driver on GKE',
      ],
    ],
    [
      "a flag that would end the endpoint picker",
      { endpointPicker: { flags: { "pool-name": "mine" } } },
      'endpointPicker.flags.pool-name: got "mine"; allowed: nothing: the program sets it',
    ],
    [
      "plugins with a profile that names none of them",
      {
        endpointPicker: {
          plugins: {
            plugins: [{ type: "queue-scorer" }],
            schedulingProfiles: [{ name: "a", plugins: [{ pluginRef: "scorer" }] }],
          },
        },
      },
      'endpointPicker.plugins.schedulingProfiles[0].plugins[0].pluginRef: got "scorer"; allowed: the name of a plugin: queue-scorer, max-score-picker',
    ],
    [
      "a number where YAML needs quotes for a text",
      { model: { revision: 4215823 } },
      "model.revision: got 4215823; allowed: text: put it in quotes, or set it with `pulumi config set --path --type string`",
    ],
    [
      "a chart that has no endpoint picker",
      { endpointPicker: { version: "v1.6.0" } },
      'endpointPicker.version: got "v1.6.0"; allowed: v1.4.0, v1.5.0; not v1.6.0: it has no chart and no endpoint picker, which went to llm-d/llm-d-router',
    ],
    [
      "too little time for maintenance",
      { maintenanceWindow: { hours: 4 } },
      ["gke-west", "gke-east"].map((cluster) =>
        expect.stringMatching(
          new RegExp(
            `clusters\\.${cluster}\\.maintenanceDays: got \\["\\w+","\\w+"\\]; allowed: 3 days or more with a window of 4 hours: GKE demands 48 hours of maintenance in every 32 days, in windows of 4 or more$`,
          ),
        ),
      ),
    ],
    [
      "a scope for a region without a cluster",
      { scopes: [{ region: "us-west1", capacityPercent: 0 }] },
      'scopes[0].region: got "us-west1"; allowed: a region of a cluster with GPUs: europe-west3, us-east4',
    ],
    [
      "two scopes for one region",
      { scopes: [{ region: "us-east4" }, { region: "us-east4", preferred: true }] },
      'scopes[1].region: got "us-east4"; allowed: each region once: the first scope that fits is taken',
    ],
    [
      "a drained region without a cluster",
      { drained: ["us-west1"] },
      'drained[0]: got "us-west1"; allowed: a region of a cluster with GPUs: europe-west3, us-east4',
    ],
    [
      "all regions drained",
      { drained: ["us-east4", "europe-west3"] },
      'drained: got ["us-east4","europe-west3"]; allowed: at most all regions but one: one must stay undrained',
    ],
    [
      "a drained region that is preferred",
      { drained: ["us-east4"], scopes: [{ region: "us-east4", preferred: true }] },
      "scopes[0].preferred: got true; allowed: false while us-east4 is drained",
    ],
    [
      "a drained region with capacity",
      { drained: ["us-east4"], scopes: [{ region: "us-east4", capacityPercent: 50 }] },
      "scopes[0].capacityPercent: got 50; allowed: nothing while us-east4 is drained",
    ],
    [
      "a timeout below twice the P99 latency",
      { p99LatencySeconds: 60, timeoutSeconds: 119 },
      "timeoutSeconds: got 119; allowed: 120 to 3600: at least twice p99LatencySeconds (60)",
    ],
    [
      "a P99 latency that no timeout covers twice",
      { p99LatencySeconds: 1801 },
      "p99LatencySeconds: got 1801; allowed: at most 1800: the timeout is twice this and ends at 3600",
    ],
    [
      "a mix of balancing modes",
      { loadBalancing: { mode: "kv-cache", maxRatePerEndpoint: 5 } },
      "loadBalancing.maxRatePerEndpoint: unknown key; allowed: maxUtilization, dryRun, mode",
    ],
    [
      "a bucket without its name",
      { weightsCache: { kind: "bucket" } },
      expect.stringMatching(/weightsCache\.bucket: got nothing; allowed: the name of a bucket, /),
    ],
    [
      "a DNS name with a dot at its end",
      { privateDnsName: "llm.corp.internal." },
      'privateDnsName: got "llm.corp.internal."; allowed: a DNS name without a dot at its end such as llm.corp.internal: two labels or more of lower-case letters, digits and -, 63 characters each and 253 in all',
    ],
    [
      "notification channels by title, of a placeholder, and twice",
      {
        monitoring: {
          notificationChannels: [
            "on-call",
            "projects/<project>/notificationChannels/1",
            "projects/my-project/notificationChannels/1",
            "projects/my-project/notificationChannels/1",
          ],
        },
      },
      [
        `monitoring.notificationChannels[0]: got "on-call"; allowed: ${CHANNEL}`,
        `monitoring.notificationChannels[1]: got "projects/<project>/notificationChannels/1"; allowed: ${CHANNEL}`,
        'monitoring.notificationChannels[3]: got "projects/my-project/notificationChannels/1"; allowed: each channel once',
      ],
    ],
    [
      "monitoring that is no map",
      { monitoring: true },
      "monitoring: got true; allowed: keys with values",
    ],
    [
      "an unknown setting of monitoring",
      { monitoring: { channels: [] } },
      "monitoring.channels: unknown key; allowed: notificationChannels",
    ],
    [
      "a token in two places",
      { huggingFaceSecret: "projects/my-project/secrets/hf" },
      "huggingFaceToken: got a token; allowed: nothing beside huggingFaceSecret",
    ],
  ])("refuses %s", (_, config, problems) => {
    const told = [problems].flat();
    const count = told.length === 1 ? "a problem" : `${told.length} problems`;
    expect(refusal(config).split("\n")).toEqual([
      `The configuration of stack dev has ${count}:`,
      ...told.map((problem) =>
        typeof problem === "string" ? `  inference-gateway:${problem}` : problem,
      ),
    ]);
  });
});
