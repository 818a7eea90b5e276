import type { Answer } from "../../../operations/preflight/google/client";
import { urn } from "../support/fakes";
import { COMPUTE, PROJECT, type Situation, TestProject } from "./project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.start();
});
afterAll(() => project.stop());

type Quotas = Record<string, number | [limit: number, usage: number]>;

const REGIONAL = { CPUS: 500, IN_USE_ADDRESSES: 8, PREEMPTIBLE_NVIDIA_L4_GPUS: 8 };
const GLOBALLY = {
  ...{ GPUS_ALL_REGIONS: 64, CPUS_ALL_REGIONS: 999 },
  ...{ NETWORKS: 15, SUBNETWORKS: 100, ROUTERS: 20, FIREWALLS: 200 },
};

/** What Compute Engine tells of each place: more than enough of everything, unless it is named. */
function told(europe: Quotas = {}, america: Quotas = {}, all: Quotas = {}): Record<string, Answer> {
  return {
    "/regions/europe-west3": answer({ ...REGIONAL, ...europe }),
    "/regions/us-east4": answer({ ...REGIONAL, ...america }),
    [COMPUTE]: answer({ ...GLOBALLY, ...all }),
  };
}

function answer(quotas: Quotas) {
  const rows = Object.entries(quotas).map(([metric, given]) => {
    const [limit, usage] = Array.isArray(given) ? given : [given, 0];
    return { metric, limit, usage };
  });
  return { status: 200, body: { quotas: rows.filter(({ limit }) => limit >= 0) } };
}

/** A metric that is not told. */
const UNTOLD = -1;

const ok = (found: string) => ({ status: "ok", found });
const more = (id: string, value: number, region?: string) =>
  `gcloud beta quotas preferences create --service compute.googleapis.com --project ${PROJECT} ` +
  `--quota-id ${id} --preferred-value ${value}${region ? ` --dimensions region=${region}` : ""}`;

const EUROPE = ok(
  "europe-west3: PREEMPTIBLE_NVIDIA_L4_GPUS 1 to 2 of 8, 0 in use; CPUS 24 to 48 of 500, 0 in use; IN_USE_ADDRESSES 1 of 8, 0 in use",
);
const AMERICA = ok(
  "us-east4: PREEMPTIBLE_NVIDIA_L4_GPUS 1 to 2 of 8, 0 in use; CPUS 24 to 48 of 500, 0 in use; IN_USE_ADDRESSES 1 of 8, 0 in use",
);
const GLOBAL = ok(
  "global: GPUS_ALL_REGIONS 2 to 4 of 64, 0 in use; CPUS_ALL_REGIONS 48 to 96 of 999, 0 in use; NETWORKS 1 of 15, 0 in use; " +
    "SUBNETWORKS 4 of 100, 0 in use; ROUTERS 2 of 20, 0 in use; FIREWALLS 1 of 200, 0 in use",
);
const made = (...clusters: string[]) => [
  ...clusters.map((name) => ({ ...resource("gcp:container/cluster:Cluster", name) })),
  resource("gcp:compute/network:Network", "network"),
];
const resource = (type: string, name: string) => ({ urn: urn(type, name), type, outputs: {} });

const pool = (over: object) => ({
  accelerator: {
    machineType: "g2-standard-8",
    provisioning: "spot",
    minNodes: 1,
    maxNodes: 2,
    ...over,
  },
});
const H100 = { machineType: "a3-highgpu-8g", zones: ["europe-west3-c", "us-east4-a"] };
const rest = (place: string) =>
  ok(`${place}: CPUS 24 to 48 of 500, 0 in use; IN_USE_ADDRESSES 1 of 8, 0 in use`);

type Row = [title: string, situation: Situation, findings: unknown[]];

test.each<Row>([
  ["all fits", { answers: told() }, [EUROPE, AMERICA, GLOBAL]],
  [
    "the least nodes of a pool do not fit",
    { answers: told({ PREEMPTIBLE_NVIDIA_L4_GPUS: 0 }) },
    [
      rest("europe-west3"),
      {
        status: "problem",
        found:
          "europe-west3: PREEMPTIBLE_NVIDIA_L4_GPUS 1 to 2 of 0, 0 in use: the least does not fit",
        fix: more("PREEMPTIBLE-NVIDIA-L4-GPUS-per-project-region", 2, "europe-west3"),
      },
      AMERICA,
      GLOBAL,
    ],
  ],
  [
    "they do not fit beside what is in use",
    { answers: told({}, { PREEMPTIBLE_NVIDIA_L4_GPUS: [8, 8] }) },
    [
      EUROPE,
      rest("us-east4"),
      {
        status: "problem",
        found: "us-east4: PREEMPTIBLE_NVIDIA_L4_GPUS 1 to 2 of 8, 8 in use: the least does not fit",
        fix: more("PREEMPTIBLE-NVIDIA-L4-GPUS-per-project-region", 10, "us-east4"),
      },
      GLOBAL,
    ],
  ],
  [
    "only the most nodes do not fit",
    { answers: told({ PREEMPTIBLE_NVIDIA_L4_GPUS: [8, 7] }) },
    [
      rest("europe-west3"),
      {
        status: "warning",
        found:
          "europe-west3: PREEMPTIBLE_NVIDIA_L4_GPUS 1 to 2 of 8, 7 in use: the most does not fit",
        fix: more("PREEMPTIBLE-NVIDIA-L4-GPUS-per-project-region", 9, "europe-west3"),
      },
      AMERICA,
      GLOBAL,
    ],
  ],
  [
    "the GPUs of all regions do not fit",
    { answers: told({}, {}, { GPUS_ALL_REGIONS: 1 }) },
    [
      EUROPE,
      AMERICA,
      expect.objectContaining({ status: "ok" }),
      {
        status: "problem",
        found: "global: GPUS_ALL_REGIONS 2 to 4 of 1, 0 in use: the least does not fit",
        fix: more("GPUS-ALL-REGIONS-per-project", 4),
      },
    ],
  ],
  [
    "the CPUs of system pools and the address of a NAT do not fit",
    { answers: told({ CPUS: 23, IN_USE_ADDRESSES: [8, 8] }) },
    [
      ok("europe-west3: PREEMPTIBLE_NVIDIA_L4_GPUS 1 to 2 of 8, 0 in use"),
      {
        status: "problem",
        found: "europe-west3: CPUS 24 to 48 of 23, 0 in use: the least does not fit",
        fix: more("CPUS-per-project-region", 48, "europe-west3"),
      },
      {
        status: "problem",
        found: "europe-west3: IN_USE_ADDRESSES 1 of 8, 8 in use: the least does not fit",
        fix: more("IN-USE-ADDRESSES-per-project-region", 9, "europe-west3"),
      },
      AMERICA,
      GLOBAL,
    ],
  ],
  [
    "a machine has several GPUs, on demand, and clusters of a region are counted together",
    {
      config: {
        ...pool({ machineType: "g2-standard-24", provisioning: "on-demand" }),
        clusters: {
          "gke-west": { region: "europe-west3" },
          "gke-too": { region: "europe-west3", block: 1 },
        },
      },
      answers: told({ NVIDIA_L4_GPUS: 6 }),
    },
    [
      expect.objectContaining({ status: "ok" }),
      {
        status: "warning",
        found: "europe-west3: NVIDIA_L4_GPUS 4 to 8 of 6, 0 in use: the most does not fit",
        fix: more("NVIDIA-L4-GPUS-per-project-region", 8, "europe-west3"),
      },
      expect.objectContaining({ status: "ok" }),
    ],
  ],
  [
    "GPUs that only Cloud Quotas tells",
    {
      config: pool({ ...H100, provisioning: "on-demand" }),
      answers: told({}, {}, { GPUS_ALL_REGIONS: 64 }),
    },
    [
      ...["europe-west3", "us-east4"].flatMap((place) => [
        rest(place),
        {
          status: "unknown",
          found: `${place}: GPUS_PER_GPU_FAMILY of NVIDIA_H100, 16 at most: Compute Engine does not list this quota; look at Cloud Quotas`,
          fix: `gcloud beta quotas info describe GPUS-PER-GPU-FAMILY-per-project-region --service compute.googleapis.com --project ${PROJECT}`,
        },
      ]),
      expect.objectContaining({ status: "ok" }),
    ],
  ],
  [
    "Spot GPUs whose metric is not told",
    {
      config: pool({ ...H100, minNodes: 0 }),
      answers: told({ PREEMPTIBLE_NVIDIA_H100_GPUS: 16 }, { PREEMPTIBLE_NVIDIA_H100_GPUS: UNTOLD }),
    },
    [
      ok(
        "europe-west3: PREEMPTIBLE_NVIDIA_H100_GPUS 0 to 16 of 16, 0 in use; CPUS 24 to 48 of 500, 0 in use; IN_USE_ADDRESSES 1 of 8, 0 in use",
      ),
      rest("us-east4"),
      {
        status: "unknown",
        found:
          "us-east4: PREEMPTIBLE_NVIDIA_H100_GPUS, 16 at most: Compute Engine does not list this quota; look at Cloud Quotas",
        fix: `gcloud beta quotas info describe PREEMPTIBLE-NVIDIA-H100-GPUS-per-project-region --service compute.googleapis.com --project ${PROJECT}`,
      },
      expect.objectContaining({ status: "ok" }),
    ],
  ],
  [
    "the machines of a reservation take no quota",
    {
      config: pool({ provisioning: "reservation", reservation: "ours" }),
      answers: told({}, {}, { GPUS_ALL_REGIONS: 0 }),
    },
    [rest("europe-west3"), rest("us-east4"), expect.objectContaining({ status: "ok" })],
  ],
  [
    "a cluster without GPUs",
    {
      config: {
        clusters: {
          hub: { region: "us-east1", gpus: false, zones: ["us-east1-b"] },
          "gke-west": { region: "europe-west3" },
          "gke-east": { region: "us-east4" },
        },
        configCluster: "hub",
      },
      answers: { "/regions/us-east1": answer({ CPUS: 8, IN_USE_ADDRESSES: 1 }), ...told() },
    },
    [
      ok("us-east1: IN_USE_ADDRESSES 1 of 1, 0 in use"),
      {
        status: "warning",
        found: "us-east1: CPUS 8 to 16 of 8, 0 in use: the most does not fit",
        fix: more("CPUS-per-project-region", 16, "us-east1"),
      },
      EUROPE,
      AMERICA,
      ok(
        "global: CPUS_ALL_REGIONS 56 to 112 of 999, 0 in use; GPUS_ALL_REGIONS 2 to 4 of 64, 0 in use; NETWORKS 1 of 15, 0 in use; " +
          "SUBNETWORKS 5 of 100, 0 in use; ROUTERS 3 of 20, 0 in use; FIREWALLS 1 of 200, 0 in use",
      ),
    ],
  ],
  [
    "pools that need no node, and that quotas leave too small for the model servers",
    {
      config: pool({ minNodes: 0 }),
      answers: told({ PREEMPTIBLE_NVIDIA_L4_GPUS: 0 }),
    },
    [
      rest("europe-west3"),
      {
        status: "warning",
        found:
          "europe-west3: PREEMPTIBLE_NVIDIA_L4_GPUS 0 to 2 of 0, 0 in use: the most does not fit",
        fix: more("PREEMPTIBLE-NVIDIA-L4-GPUS-per-project-region", 2, "europe-west3"),
      },
      ok(
        "us-east4: PREEMPTIBLE_NVIDIA_L4_GPUS 0 to 2 of 8, 0 in use; CPUS 24 to 48 of 500, 0 in use; IN_USE_ADDRESSES 1 of 8, 0 in use",
      ),
      expect.objectContaining({ status: "ok" }),
      {
        status: "problem",
        found:
          "gke-west: replicas is 1, a GPU each, and the quotas of europe-west3 leave its pools 0",
      },
    ],
  ],
  [
    "a fallback holds the model servers",
    {
      config: {
        ...pool({ minNodes: 0 }),
        fallbacks: [
          { machineType: "g2-standard-8", provisioning: "on-demand", minNodes: 0, maxNodes: 1 },
        ],
      },
      answers: told({ PREEMPTIBLE_NVIDIA_L4_GPUS: 0, NVIDIA_L4_GPUS: 1 }, { NVIDIA_L4_GPUS: 1 }),
    },
    [
      expect.objectContaining({ status: "ok" }),
      expect.objectContaining({ status: "warning" }),
      expect.objectContaining({ status: "ok" }),
      expect.objectContaining({ status: "ok" }),
    ],
  ],
  [
    "all is made, and is what is in use",
    {
      resources: made("gke-west", "gke-east"),
      answers: told({ PREEMPTIBLE_NVIDIA_L4_GPUS: [2, 2] }, {}, { NETWORKS: [1, 1] }),
    },
    [
      ok(
        "europe-west3: PREEMPTIBLE_NVIDIA_L4_GPUS 1 to 2 of 2, 2 in use, this stack's too; CPUS 24 to 48 of 500, 0 in use, this stack's too; " +
          "IN_USE_ADDRESSES 1 of 8, 0 in use, this stack's too",
      ),
      expect.objectContaining({ status: "ok" }),
      expect.objectContaining({ status: "ok" }),
    ],
  ],
  [
    "all is made, and the quota holds no node",
    {
      resources: made("gke-west", "gke-east"),
      answers: told({ PREEMPTIBLE_NVIDIA_L4_GPUS: 0 }),
    },
    [
      expect.objectContaining({ status: "ok" }),
      {
        status: "problem",
        found:
          "europe-west3: PREEMPTIBLE_NVIDIA_L4_GPUS 1 to 2 of 0, 0 in use, this stack's too: the least does not fit",
        fix: more("PREEMPTIBLE-NVIDIA-L4-GPUS-per-project-region", 2, "europe-west3"),
      },
      expect.objectContaining({ status: "ok" }),
      expect.objectContaining({ status: "ok" }),
    ],
  ],
  [
    "a cluster is added",
    {
      resources: made("gke-west"),
      answers: told({}, {}, { GPUS_ALL_REGIONS: [2, 1] }),
    },
    [
      ...[1, 2, 3].map(() => expect.objectContaining({ status: "ok" }) as unknown),
      {
        status: "warning",
        found:
          "global: GPUS_ALL_REGIONS 2 to 4 of 2, 1 in use, this stack's too: the most does not fit",
        fix: more("GPUS-ALL-REGIONS-per-project", 4),
      },
    ],
  ],
  [
    "a region whose quotas may not be read",
    {
      answers: {
        "/regions/europe-west3": {
          status: 403,
          body: {
            error: {
              message: `Required 'compute.regions.get' permission for 'projects/${PROJECT}/regions/europe-west3'`,
            },
          },
        },
        "/regions/us-east4": answer({ ...REGIONAL }),
        [COMPUTE]: answer({ ...GLOBALLY }),
      },
    },
    [
      {
        status: "unknown",
        found: `not asked, because Google says: Required 'compute.regions.get' permission for 'projects/${PROJECT}/regions/europe-west3'`,
        fix:
          `gcloud projects add-iam-policy-binding ${PROJECT} --member serviceAccount:deployer@${PROJECT}.iam.gserviceaccount.com ` +
          "--role roles/compute.networkAdmin --condition None",
      },
      AMERICA,
      GLOBAL,
    ],
  ],
])("%s", async (_title, situation, findings) => {
  expect(await project.findings("quotas", situation)).toEqual(findings);
});

test("the emulated cloud's own quotas are read", async () => {
  const quotas = { PREEMPTIBLE_NVIDIA_L4_GPUS: { "us-east4": 0 } };
  await project.cloud.call("PATCH", "/admin/knobs", { quotas });
  const found = await project.findings("quotas");
  expect(found.filter(({ status }) => status !== "ok")).toEqual([
    {
      status: "problem",
      found: "us-east4: PREEMPTIBLE_NVIDIA_L4_GPUS 1 to 2 of 0, 0 in use: the least does not fit",
      fix: more("PREEMPTIBLE-NVIDIA-L4-GPUS-per-project-region", 2, "us-east4"),
    },
  ]);
});
