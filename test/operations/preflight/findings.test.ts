import type { Finding } from "../../../operations/preflight/finding";
import { urn } from "../support/fakes";
import { COMPUTE, CONTAINER, DEPLOYER, HUB, PROJECT, type Situation, TestProject } from "./project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.start();
});
afterAll(() => project.stop());

const MEMBER = `serviceAccount:${DEPLOYER}`;
const bucketOption = { weightsCache: { kind: "bucket", bucket: "model-weights" } };
const SECRET = `projects/${PROJECT}/secrets/hugging-face`;
const secretOption = { huggingFaceSecret: SECRET, huggingFaceToken: undefined };
const json = (body: object) => ({ status: 200, body });
const refusal = (status: number, message: string, reason?: string, metadata = {}) => ({
  status,
  body: { error: { code: status, message, details: reason ? [{ reason, metadata }] : [] } },
});
const MISSING = refusal(404, "not found");
const ok = (found: string): Finding => ({ status: "ok", found });
const problem = (found: string, fix?: string): Finding => ({
  status: "problem",
  found,
  ...(fix !== undefined && { fix }),
});
const warning = (found: string, fix?: string) => ({ ...problem(found, fix), status: "warning" });
const unknown = (found: string, fix?: string) => ({ ...problem(found, fix), status: "unknown" });

type Row = [title: string, check: string, situation: Situation, findings: unknown[]];

const noBilling = refusal(
  403,
  `This API method requires billing to be enabled. Please enable billing on project #1 by visiting https://x.`,
  "BILLING_DISABLED",
);
const link = `gcloud billing projects link ${PROJECT} --billing-account <account>`;

const configuration: Row[] = [
  ["the program takes it", "configuration", {}, [ok("the program takes it")]],
  [
    "the program would warn",
    "configuration",
    { config: { model: { id: "meta-llama/Llama-3.1-70B-Instruct", adapters: [] } } },
    [
      warning(
        "GPU pool gpu of gke-west, gke-east: by its name, meta-llama/Llama-3.1-70B-Instruct has about 130 GiB of weights (70 billion " +
          "parameters of 2 bytes), and a GPU of g2-standard-8 has 24 GB: a model server has one GPU, and would not start. Take a larger GPU, " +
          "or a smaller or quantized model.",
      ),
    ],
  ],
  [
    "a zone that only the program's table lacks",
    "configuration",
    {
      config: {
        accelerator: {
          ...{ machineType: "g2-standard-8", minNodes: 1, maxNodes: 2 },
          zones: ["europe-west3-c", "us-east4-a"],
        },
      },
    },
    [ok("the program takes it")],
  ],
];

const billing: Row[] = [
  [
    "no billing",
    "billing",
    { answers: { [COMPUTE]: noBilling } },
    [
      problem(
        `project ${PROJECT} has no billing: This API method requires billing to be enabled.`,
        link,
      ),
    ],
  ],
  [
    "a billing account that is closed",
    "billing",
    {
      answers: {
        [COMPUTE]: {
          status: 403,
          body: { error: { message: "Inactive.", errors: [{ reason: "inactiveBillingState" }] } },
        },
      },
    },
    [problem(`project ${PROJECT} has no billing: Inactive.`, link)],
  ],
  [
    "no billing, for another check",
    "reservations",
    {
      config: {
        accelerator: {
          ...{ machineType: "g2-standard-8", provisioning: "reservation", reservation: "ours" },
          zones: ["europe-west3-a", "us-east4-a"],
        },
      },
      answers: { [COMPUTE]: noBilling },
    },
    [unknown(`not asked, because project ${PROJECT} has no billing`)],
  ],
];

const grant = (role: string) =>
  `gcloud projects add-iam-policy-binding ${PROJECT} --member ${MEMBER} --role ${role} --condition None`;
const without =
  (role: string): Situation["grants"] =>
  (all) =>
    all.filter((each) => each.role !== role);

const permissions: Row[] = [
  [
    "a role is missing",
    "permissions",
    { grants: without("roles/compute.securityAdmin") },
    [
      problem(
        "roles/compute.securityAdmin on the project is missing, for: firewall rule of the load balancer, which no network " +
          "administrator may make (compute.firewalls.create and 2 more)",
        grant("roles/compute.securityAdmin"),
      ),
    ],
  ],
  [
    "a role of which one permission is used is missing",
    "permissions",
    { grants: without("roles/iam.serviceAccountUser") },
    [
      problem(
        "roles/iam.serviceAccountUser on the project is missing, for: nodes that run as that account (iam.serviceAccounts.actAs)",
        grant("roles/iam.serviceAccountUser"),
      ),
    ],
  ],
  [
    "a role of an option is missing",
    "permissions",
    { config: { privateDnsName: "llm.corp.internal" }, grants: without("roles/dns.admin") },
    [
      problem(
        "roles/dns.admin on the project is missing, for: private zone and its record (dns.changes.create and 10 more)",
        grant("roles/dns.admin"),
      ),
    ],
  ],
  [
    "roles on bucket and secret are missing",
    "permissions",
    {
      config: { ...bucketOption, ...secretOption },
      grants: (all) => all.filter(({ resource }) => resource === `projects/${PROJECT}`),
    },
    [
      ok("125 permissions on the project: 8 roles of docs/roles.md"),
      problem(
        "roles/storage.admin on the bucket is missing, for: let the model servers use the bucket (storage.buckets.getIamPolicy and 1 more)",
        `gcloud storage buckets add-iam-policy-binding gs://model-weights --member ${MEMBER} --role roles/storage.admin`,
      ),
      problem(
        "roles/secretmanager.admin on the secret is missing, for: let the model servers read the secret (secretmanager.secrets.getIamPolicy and 1 more)",
        `gcloud secrets add-iam-policy-binding hugging-face --project ${PROJECT} --member ${MEMBER} --role roles/secretmanager.admin`,
      ),
    ],
  ],
  [
    "roles on bucket and secret are there",
    "permissions",
    { config: { ...bucketOption, ...secretOption } },
    [
      ok("125 permissions on the project: 8 roles of docs/roles.md"),
      ok("2 permissions on the bucket: 1 roles of docs/roles.md"),
      ok("2 permissions on the secret: 1 roles of docs/roles.md"),
    ],
  ],
];

const apis: Row[] = [["all are enabled", "APIs", {}, [ok("all 13 are enabled")]]];

const channel = (name: string, defaultVersion: string, ...validVersions: string[]) => ({
  "/serverConfig": json({ channels: [{ channel: name, defaultVersion, validVersions }] }),
});
const both = (finding: (region: string) => unknown) => ["europe-west3", "us-east4"].map(finding);

const versions: Row[] = [
  [
    "a minor that the channel offers",
    "GKE version",
    { config: { gkeVersion: "1.35" } },
    both((region) => ok(`${region}: REGULAR offers 1.35.8-gke.1626001`)),
  ],
  [
    "a minor that the channel does not offer",
    "GKE version",
    { config: { gkeVersion: "1.37", releaseChannel: "STABLE" } },
    both((region) =>
      problem(
        `${region}: STABLE does not offer 1.37; it offers 1.35, 1.34`,
        "pulumi config set inference-gateway:gkeVersion 1.35 --stack dev",
      ),
    ),
  ],
  [
    "a build that has left the channel",
    "GKE version",
    { config: { gkeVersion: "1.34.1-gke.1127000" } },
    both((region) =>
      problem(
        `${region}: REGULAR does not offer 1.34.1-gke.1127000; it offers 1.34.11-gke.1209000, 1.34.11-gke.1102000`,
        "pulumi config set inference-gateway:gkeVersion 1.36 --stack dev",
      ),
    ),
  ],
  [
    "a channel whose default is older than the metrics need",
    "GKE version",
    { answers: channel("REGULAR", "1.34.9-gke.1", "1.34.9-gke.1", "1.36.2-gke.7") },
    both((region) =>
      problem(
        `${region}: REGULAR installs 1.34.9-gke.1; the stack needs 1.35.1-gke.1396000 or newer`,
        "pulumi config set inference-gateway:gkeVersion 1.36 --stack dev",
      ),
    ),
  ],
  [
    "a channel that offers nothing new enough",
    "GKE version",
    {
      config: { releaseChannel: "STABLE" },
      answers: channel("STABLE", "1.33.9-gke.1", "1.33.9-gke.1"),
    },
    both((region) =>
      problem(
        `${region}: STABLE installs 1.33.9-gke.1; the stack needs 1.35.1-gke.1396000 or newer`,
        "pulumi config set inference-gateway:releaseChannel RAPID --stack dev",
      ),
    ),
  ],
  [
    "a channel that Google does not name",
    "GKE version",
    { answers: channel("RAPID", "1.36.2-gke.7") },
    both((region) => unknown(`${region}: GKE names no version of channel REGULAR`)),
  ],
  [
    "a region in which it cannot be asked",
    "GKE version",
    {
      answers: {
        "us-east4/serverConfig": refusal(
          403,
          `Required "container.clusters.list" permission(s) for "projects/${PROJECT}".`,
        ),
      },
    },
    [
      ok("europe-west3: REGULAR installs 1.36.4-gke.1391002"),
      unknown(
        `not asked, because Google says: Required "container.clusters.list" permission(s) for "projects/${PROJECT}".`,
        grant("roles/container.admin"),
      ),
    ],
  ],
];

const L4 = { machineType: "g2-standard-8", provisioning: "spot", minNodes: 1, maxNodes: 2 };
const L4_EAST = ok("accelerator: g2-standard-8 is in us-east4-a, us-east4-c of us-east4");
const L4_WEST = ok(
  "accelerator: g2-standard-8 is in europe-west3-a, europe-west3-b of europe-west3",
);
const zonesNow = (status: string, ...zones: string[]) => ({
  "/zones?": json({ items: zones.map((name) => ({ name, status })) }),
});

const machines: Row[] = [
  ["zones and types are there", "zones, machines", {}, [L4_WEST, L4_EAST]],
  [
    "a zone lacks the type",
    "zones, machines",
    { config: { accelerator: { ...L4, zones: ["europe-west3-c", "us-east4-a"] } } },
    [
      problem(
        "accelerator: g2-standard-8 is not in europe-west3-c; in europe-west3 it is in europe-west3-a, europe-west3-b",
        "in Pulumi.dev.yaml: accelerator: { zones: [us-east4-a, europe-west3-a, europe-west3-b] }",
      ),
      ok("accelerator: g2-standard-8 is in us-east4-a of us-east4"),
    ],
  ],
  [
    "one of two zones lacks the type, of a fallback",
    "zones, machines",
    {
      config: {
        fallbacks: [{ ...L4, zones: ["us-east4-a", "us-east4-b"], minNodes: 0, maxNodes: 1 }],
      },
    },
    [
      L4_WEST,
      L4_EAST,
      ok("fallbacks[0]: g2-standard-8 is in europe-west3-a, europe-west3-b of europe-west3"),
      problem(
        "fallbacks[0]: g2-standard-8 is not in us-east4-b; in us-east4 it is in us-east4-a, us-east4-c",
        "in Pulumi.dev.yaml: fallbacks[0]: { zones: [us-east4-a] }",
      ),
    ],
  ],
  [
    "a region lacks the type",
    "zones, machines",
    {
      answers: {
        "/aggregated/machineTypes": json({ items: { "zones/us-east4-a": { machineTypes: [{}] } } }),
      },
    },
    [
      problem(
        "accelerator: g2-standard-8 is not in europe-west3-a, europe-west3-b, and nowhere in europe-west3: it is in us-east4",
      ),
      problem(
        "accelerator: g2-standard-8 is not in us-east4-c; in us-east4 it is in us-east4-a",
        "in Pulumi.dev.yaml: accelerator: { zones: [us-east4-a] }",
      ),
    ],
  ],
  [
    "no zone has the type",
    "zones, machines",
    { answers: { "/aggregated/machineTypes": json({}) }, config: { accelerator: L4 } },
    [
      ["europe-west3", "europe-west3-a, europe-west3-b"],
      ["us-east4", "us-east4-a, us-east4-c"],
    ].map(([region, zones]) =>
      problem(
        `accelerator: g2-standard-8 is not in ${zones}, and nowhere in ${region}: it is in no zone that Google shows`,
      ),
    ),
  ],
  [
    "zones are down or gone",
    "zones, machines",
    {
      answers: zonesNow("DOWN", "europe-west3-a"),
      config: { accelerator: { ...L4, zones: ["europe-west3-a", "us-east4-a"] } },
    },
    [problem("europe-west3-a: the zone is DOWN"), problem("us-east4-a: no such zone")],
  ],
  [
    "zones of nodes without GPUs",
    "zones, machines",
    {
      config: {
        clusters: {
          "gke-west": { region: "europe-west3", zones: ["europe-west3-c"] },
          "gke-east": { region: "us-east4" },
        },
      },
    },
    [L4_WEST, L4_EAST, ok("clusters.gke-west: europe-west3-c are up")],
  ],
  [
    "zones of nodes without GPUs that lack their type",
    "zones, machines",
    {
      config: {
        clusters: {
          "gke-west": { region: "europe-west3", zones: ["europe-west3-c"] },
          "gke-east": { region: "us-east4" },
        },
      },
      answers: { "e2-standard-8": json({}) },
    },
    [L4_WEST, L4_EAST, problem("clusters.gke-west: e2-standard-8 is not in europe-west3-c")],
  ],
];

const reserved = {
  accelerator: {
    ...{ machineType: "g2-standard-8", provisioning: "reservation", reservation: "ours" },
    ...{ zones: ["europe-west3-a", "us-east4-a", "us-east4-c"], minNodes: 2, maxNodes: 2 },
  },
};
const reservation = (machineType: string, count = "4", inUseCount = "0") =>
  json({ specificReservation: { count, inUseCount, instanceProperties: { machineType } } });
const answersOf = (...answers: ReturnType<typeof json>[]) => ({
  "europe-west3-a/reservations": answers[0] ?? MISSING,
  "us-east4-a/reservations": answers[1] ?? MISSING,
  "us-east4-c/reservations": answers[2] ?? MISSING,
});
const L4S = reservation("g2-standard-8");
const WEST_RESERVED = ok("accelerator: reservation ours has 4 free machines in europe-west3-a");

const reservations: Row[] = [
  ["no pool is from a reservation", "reservations", {}, []],
  [
    "they are there",
    "reservations",
    { config: reserved, answers: answersOf(L4S, L4S, L4S) },
    [
      WEST_RESERVED,
      ok("accelerator: reservation ours has 8 free machines in us-east4-a, us-east4-c"),
    ],
  ],
  [
    "another project shares one",
    "reservations",
    {
      config: {
        accelerator: {
          ...reserved.accelerator,
          reservation: "projects/owner-project/reservations/theirs",
        },
      },
      answers: { "/projects/owner-project/zones/": L4S, "/reservations/": MISSING },
    },
    [
      ok("accelerator: reservation theirs has 4 free machines in europe-west3-a"),
      ok("accelerator: reservation theirs has 8 free machines in us-east4-a, us-east4-c"),
    ],
  ],
  [
    "they are not there",
    "reservations",
    { config: reserved, answers: answersOf(L4S) },
    [
      WEST_RESERVED,
      problem(
        "accelerator: reservation ours is not in us-east4-a, us-east4-c",
        `gcloud compute reservations create ours --machine-type g2-standard-8 --vm-count 2 --zone us-east4-a --require-specific-reservation --project ${PROJECT}`,
      ),
    ],
  ],
  [
    "one zone has none",
    "reservations",
    { config: reserved, answers: answersOf(L4S, L4S, MISSING) },
    [
      WEST_RESERVED,
      warning(
        "accelerator: reservation ours has 4 free machines in us-east4-a; it is not in us-east4-c",
      ),
    ],
  ],
  [
    "they are for another machine, or used up",
    "reservations",
    {
      config: reserved,
      answers: answersOf(
        reservation("g2-standard-4"),
        reservation("g2-standard-8", "2", "2"),
        reservation("g2-standard-8", "2", "1"),
      ),
    },
    [
      problem(
        "accelerator: reservation ours in europe-west3-a is for g2-standard-4, not g2-standard-8",
      ),
      warning(
        "accelerator: reservation ours has 1 free machines in us-east4-a, us-east4-c; the pool keeps 2",
      ),
    ],
  ],
  [
    "the account may not see them, as no role of docs/roles.md lets it",
    "reservations",
    { config: reserved },
    [
      ["europe-west3-a", "europe-west3"],
      ["us-east4-a", "us-east4"],
    ].map(([zone]) =>
      unknown(
        `not asked, because Google says: Required 'compute.reservations.get' permission for 'projects/${PROJECT}/zones/${zone}/reservations/ours'`,
        grant("roles/compute.viewer"),
      ),
    ),
  ],
];

const state = (type: string, name: string, outputs = {}) => ({
  urn: urn(type, name),
  type,
  outputs,
});
const MADE = [
  ...["gke-west", "gke-east"].flatMap((name) => [
    state("gcp:container/cluster:Cluster", name),
    state("gcp:gkehub/membership:Membership", name),
  ]),
  state("gcp:compute/network:Network", "network", { name: "network-1a2b3c4" }),
];
const ONE_MADE = MADE.filter(({ urn: id }) => !id.endsWith("gke-east"));

const RANGES =
  "10.80.0.0/17, 10.80.128.0/20, 10.80.144.0/20, 10.140.0.0/17, 10.140.128.0/20, 10.140.144.0/20, " +
  "10.80.192.0/23, 10.140.192.0/23";
const peering = (name: string, of: string) => ({
  name,
  network: `https://www.googleapis.com/compute/v1/projects/${of}/global/networks/${name}`,
});
const network = (...peerings: object[]) => ({ "/global/networks/": json({ peerings }) });
const subnet = (vpc: string, ipCidrRange: string, secondary?: string) => ({
  "/aggregated/subnetworks": json({
    items: {
      "regions/us-east4": {
        subnetworks: [
          {
            ...{ name: "theirs", network: `https://x/global/networks/${vpc}`, ipCidrRange },
            ...(secondary && { secondaryIpRanges: [{ ipCidrRange: secondary }] }),
          },
        ],
      },
    },
  }),
});

const addresses: Row[] = [
  ["a first update", "addresses", {}, [ok(`the VPC is new, so nothing overlaps: ${RANGES}`)]],
  ["all is made", "addresses", { resources: MADE }, [ok("every cluster has its ranges")]],
  [
    "a cluster is added",
    "addresses",
    {
      resources: ONE_MADE,
      answers: { ...network(), ...subnet("network-1a2b3c4", "10.80.144.0/20") },
    },
    [ok("free in network-1a2b3c4")],
  ],
  [
    "a subnet that somebody put into the VPC overlaps",
    "addresses",
    {
      resources: ONE_MADE,
      answers: { ...network(), ...subnet("network-1a2b3c4", "192.168.0.0/24", "10.140.64.0/18") },
    },
    [
      problem(
        "10.140.0.0/17 of gke-east overlaps 10.140.64.0/18, subnet theirs of network-1a2b3c4: give the cluster another `block`",
      ),
    ],
  ],
  [
    "a subnet of a VPC that nothing connects overlaps nothing",
    "addresses",
    { resources: ONE_MADE, answers: { ...network(), ...subnet("other", "10.140.0.0/16") } },
    [ok("free in network-1a2b3c4")],
  ],
  [
    "a peered VPC of the project overlaps",
    "addresses",
    {
      resources: ONE_MADE,
      answers: { ...network(peering("other", PROJECT)), ...subnet("other", "10.140.192.0/24") },
    },
    [
      problem(
        "10.140.192.0/23 of proxies of us-east4 overlaps 10.140.192.0/24, subnet theirs of other: give the cluster another `block`",
      ),
    ],
  ],
  [
    "a peered VPC of another project",
    "addresses",
    {
      resources: ONE_MADE,
      answers: { ...network(peering("hub", "corp")), ...subnet("x", "10.0.0.0/8") },
    },
    [
      ok("free in network-1a2b3c4"),
      unknown(
        `${peering("hub", "corp").network} of another project is peered: its ranges are not asked`,
        `gcloud compute networks peerings list-routes hub --network network-1a2b3c4 --direction INCOMING --region <region> --project ${PROJECT}`,
      ),
    ],
  ],
];

const clusters: Row[] = [
  [
    "names are free",
    "clusters",
    {},
    [
      ok("gke-west in europe-west3: the name is free"),
      ok("gke-east in us-east4: the name is free"),
    ],
  ],
  [
    "one is taken",
    "clusters",
    { answers: { [`${CONTAINER}/us-east4/clusters/gke-east`]: json({ name: "gke-east" }) } },
    [
      ok("gke-west in europe-west3: the name is free"),
      problem(
        "gke-east in us-east4 exists, and this stack did not make it",
        "in Pulumi.dev.yaml: another name for gke-east under clusters",
      ),
    ],
  ],
  [
    "they are this stack's",
    "clusters",
    { resources: MADE },
    [ok("gke-west in europe-west3: this stack's"), ok("gke-east in us-east4: this stack's")],
  ],
];

const featureOf = (membership: string) => ({
  [`${HUB}/features/`]: json({
    spec: {
      multiclusteringress: {
        configMembership: `projects/123/locations/global/memberships/${membership}`,
      },
    },
  }),
});
const free = (name: string) => ok(`membership ${name}: the name is free`);

const fleet: Row[] = [
  [
    "the fleet is free",
    "fleet",
    {},
    [ok("multiclusteringress is free"), free("gke-west"), free("gke-east")],
  ],
  [
    "it is this stack's",
    "fleet",
    { resources: MADE, answers: featureOf("gke-west") },
    [
      ok("multiclusteringress is this stack's"),
      ok("membership gke-west: this stack's"),
      ok("membership gke-east: this stack's"),
    ],
  ],
  [
    "somebody else has the feature",
    "fleet",
    { answers: featureOf("edge") },
    [
      problem(
        `The fleet of project ${PROJECT} already has the feature multiclusteringress with the config membership ` +
          "projects/123/locations/global/memberships/edge; allowed: one of this stack's (gke-west, gke-east). " +
          "This stack would move the feature and the Gateways that use it. If another team uses them, give this stack " +
          "another project (gcp:project): a fleet has one config cluster. If they are not in use, their owner disables " +
          `the feature: gcloud container fleet ingress disable --project ${PROJECT}. If this stack has just removed that ` +
          "cluster, keep it in `clusters` until another one is `configCluster`.",
        `gcloud container fleet ingress disable --project ${PROJECT}`,
      ),
      free("gke-west"),
      free("gke-east"),
    ],
  ],
  [
    "somebody else has a membership",
    "fleet",
    {
      answers: {
        [`${HUB}/memberships/gke-west`]: json({
          endpoint: {
            gkeCluster: {
              resourceLink: "//container.googleapis.com/projects/p/locations/l/clusters/c",
            },
          },
        }),
        [`${HUB}/memberships/gke-east`]: json({}),
      },
    },
    [
      ok("multiclusteringress is free"),
      problem(
        "membership gke-west exists, of projects/p/locations/l/clusters/c, and this stack did not make it",
        "in Pulumi.dev.yaml: another name for gke-west under clusters",
      ),
      problem(
        "membership gke-east exists, of a cluster outside of Google Cloud, and this stack did not make it",
        "in Pulumi.dev.yaml: another name for gke-east under clusters",
      ),
    ],
  ],
];

const secretState = (state?: string) => ({
  "/versions/latest": state ? json({ name: "projects/1/secrets/s/versions/3", state }) : MISSING,
  [SECRET]: json({}),
});
const add = `gcloud secrets versions add hugging-face --project ${PROJECT} --data-file <file>`;

const stored: Row[] = [
  ["no bucket is configured", "bucket", {}, []],
  [
    "the bucket is there",
    "bucket",
    { config: bucketOption },
    [ok("model-weights exists, in EUROPE-WEST3")],
  ],
  [
    "the bucket is not there",
    "bucket",
    { config: { weightsCache: { kind: "bucket", bucket: "no-weights" } } },
    [
      problem(
        "there is no bucket no-weights",
        `gcloud storage buckets create gs://no-weights --project ${PROJECT} --location europe-west3 --uniform-bucket-level-access`,
      ),
    ],
  ],
  [
    "a bucket that is not there has no permissions to ask for",
    "permissions",
    { config: { weightsCache: { kind: "bucket", bucket: "no-weights" } } },
    [ok("125 permissions on the project: 8 roles of docs/roles.md")],
  ],
  ["no secret is configured", "secret", {}, []],
  ["the secret is there", "secret", { config: secretOption }, [ok(`${SECRET} has version 1`)]],
  [
    "the secret is not there",
    "secret",
    { config: secretOption, answers: { [SECRET]: MISSING } },
    [
      problem(
        `there is no secret ${SECRET}`,
        `gcloud secrets create hugging-face --project ${PROJECT} --replication-policy automatic --data-file <file>`,
      ),
    ],
  ],
  [
    "the secret has no version",
    "secret",
    { config: secretOption, answers: secretState() },
    [problem(`${SECRET} has no version`, add)],
  ],
  [
    "the version that the stack names is not there",
    "secret",
    {
      config: { ...secretOption, huggingFaceSecret: `${SECRET}/versions/7` },
      answers: { "/versions/7": MISSING, [SECRET]: json({}) },
    },
    [problem(`${SECRET} has no version 7`, add)],
  ],
  [
    "its latest version is disabled",
    "secret",
    { config: secretOption, answers: secretState("DISABLED") },
    [
      problem(
        `version 3 of ${SECRET} is DISABLED`,
        `gcloud secrets versions enable 3 --secret hugging-face --project ${PROJECT}`,
      ),
    ],
  ],
  [
    "its latest version is destroyed",
    "secret",
    { config: secretOption, answers: secretState("DESTROYED") },
    [problem(`version 3 of ${SECRET} is DESTROYED`, add)],
  ],
];

const LLAMA = "meta-llama/Llama-3.1-8B-Instruct";
const ADAPTER = "Kawon/llama3.1-food-finetune_v14_r8";
const llama = ok(`the token may load ${LLAMA} at main`);
const adapter = ok(`the token may load ${ADAPTER} at main`);
const setToken = "pulumi config set --secret inference-gateway:huggingFaceToken --stack dev";
const auth = (repository: string) => `/api/models/${repository}/auth-check`;

const model: Row[] = [
  ["the token may load all", "model", {}, [llama, adapter]],
  [
    "Hugging Face does not know the token",
    "model",
    { config: { huggingFaceToken: "hf_revoked" } },
    [problem("Hugging Face does not know the token", setToken)],
  ],
  [
    "the token is in Secret Manager",
    "model",
    { config: secretOption },
    [unknown(`not asked, because the token is in ${SECRET}, and only pods read it`)],
  ],
  [
    "the licence is not accepted",
    "model",
    { hub: { [auth(LLAMA)]: [403, "GatedRepo"] } },
    [
      problem(
        `${LLAMA}: the token's account has not accepted the licence, or the token may not read gated repositories`,
        `accept it at https://huggingface.co/${LLAMA}`,
      ),
      adapter,
    ],
  ],
  [
    "there is no such adapter",
    "model",
    { hub: { [auth(ADAPTER)]: [404, "RepoNotFound"] } },
    [
      llama,
      problem(
        `${ADAPTER}: Hugging Face has no such repository, or does not show it to the token`,
        "in Pulumi.dev.yaml: the repository under model",
      ),
    ],
  ],
  [
    "there is no such revision, of one cluster",
    "model",
    {
      config: {
        clusters: {
          "gke-west": { region: "europe-west3", model: { revision: "refs/pr/7", adapters: [] } },
          "gke-east": { region: "us-east4" },
        },
      },
      hub: { [`/api/models/${LLAMA}/revision/refs%2Fpr%2F7`]: [404, "RevisionNotFound"] },
    },
    [
      problem(`${LLAMA} has no revision refs/pr/7`, "in Pulumi.dev.yaml: the revision under model"),
      llama,
      adapter,
    ],
  ],
  [
    "Hugging Face is busy",
    "model",
    { hub: { [auth(LLAMA)]: [503] } },
    [unknown(`${LLAMA}: Hugging Face, or a proxy before it, answers HTTP 503`), adapter],
  ],
  [
    "a proxy refuses the way to Hugging Face",
    "model",
    { hub: { [auth(LLAMA)]: [403] } },
    [unknown(`${LLAMA}: Hugging Face, or a proxy before it, answers HTTP 403`), adapter],
  ],
];

const notAsked: Row[] = [
  [
    "an API of the project is not enabled",
    "fleet",
    {
      answers: {
        [HUB]: refusal(403, "GKE Hub API has not been used.", "SERVICE_DISABLED", {
          service: "gkehub.googleapis.com",
          consumer: `projects/${PROJECT}`,
        }),
      },
    },
    [
      unknown(
        "not asked, because gkehub.googleapis.com is not enabled yet; `pulumi up` enables it",
        `gcloud services enable gkehub.googleapis.com --project ${PROJECT}`,
      ),
    ],
  ],
  [
    "an API is not enabled in another project, the account's",
    "APIs",
    {
      answers: {
        "serviceusage.": refusal(403, "Service Usage API has not been used.", "SERVICE_DISABLED", {
          service: "serviceusage.googleapis.com",
          consumer: "projects/42",
        }),
      },
    },
    [
      problem(
        "serviceusage.googleapis.com is not enabled in project 42, and `pulumi up` does not enable it there",
        "gcloud services enable serviceusage.googleapis.com --project 42",
      ),
    ],
  ],
  [
    "Google is busy",
    "APIs",
    { answers: { "serviceusage.": refusal(503, "The service is currently unavailable.") } },
    [unknown("not answered: The service is currently unavailable.")],
  ],
  [
    "there is no way to Google",
    "APIs",
    { answers: { "serviceusage.": new Error("connect ECONNREFUSED") } },
    [unknown("not answered: serviceusage.googleapis.com: connect ECONNREFUSED")],
  ],
];

beforeAll(async () => {
  const { cloud } = project;
  await cloud.run("POST", `https://storage.googleapis.com/storage/v1/b?project=${PROJECT}`, {
    name: "model-weights",
    location: "europe-west3",
  });
  const secrets = `https://secretmanager.googleapis.com/v1/projects/${PROJECT}/secrets`;
  await cloud.run("POST", `${secrets}?secretId=hugging-face`, { replication: { automatic: {} } });
  await cloud.run("POST", `${secrets}/hugging-face:addVersion`, { payload: { data: "aGY=" } });
});

const all = [
  ...configuration,
  ...billing,
  ...permissions,
  ...apis,
  ...versions,
  ...machines,
  ...reservations,
  ...addresses,
  ...clusters,
  ...fleet,
  ...stored,
  ...model,
  ...notAsked,
];

test.each(all.map(([title, ...row]) => [`${row[0]}: ${title}`, ...row] as Row))(
  "%s",
  async (_title, check, situation, findings) => {
    expect(await project.findings(check, situation)).toEqual(findings);
  },
);
