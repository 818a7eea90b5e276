import * as fc from "fast-check";

import { UNKNOWN } from "../support/unknown";
import { cloudReferenceKnown } from "../../fleet/cloud-reference-known";
import { changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const PROJECT = "acme-ml";
const findings = findingsOf(cloudReferenceKnown);

const cloud = (type: string, name: string, inputs: object): Registered => ({
  type: `gcp:${type}`,
  name,
  inputs: { project: PROJECT, ...inputs },
});

/** What others refer to, each with its name in Google Cloud. */
const named = {
  cluster: cloud("container/cluster:Cluster", "west", {
    name: "gke-west",
    location: "europe-west3",
  }),
  membership: cloud("gkehub/membership:Membership", "member", {
    membershipId: "gke-west",
    location: "global",
  }),
  network: cloud("compute/network:Network", "net", { name: "backbone" }),
  subnetwork: cloud("compute/subnetwork:Subnetwork", "sub", {
    name: "gpu-nodes",
    region: "europe-west3",
  }),
  router: cloud("compute/router:Router", "rout", { name: "exit-router", region: "europe-west3" }),
  account: cloud("serviceaccount/account:Account", "account", { accountId: "gpu-workers" }),
};
const all = Object.values(named);

const EMAIL = `gpu-workers@${PROJECT}.iam.gserviceaccount.com`;
const HOST = "https://www.googleapis.com/compute/v1";
const REGION = "regions/europe-west3";

/** A resource that refers to another, where it does, and each spelling of the name. */
interface Case {
  readonly from: Registered;
  readonly path: string;
  readonly to: keyof typeof named;
  readonly spellings: readonly string[];
}

const compute = (kind: string, name: string, place = "global") => [
  name,
  `projects/${PROJECT}/${place}/${kind}/${name}`,
  `${HOST}/projects/${PROJECT}/${place}/${kind}/${name}`,
];

const cases: readonly Case[] = [
  {
    from: cloud("container/nodePool:NodePool", "pool", {}),
    path: "cluster",
    to: "cluster",
    spellings: ["gke-west", `projects/${PROJECT}/locations/europe-west3/clusters/gke-west`],
  },
  {
    from: cloud("gkehub/membership:Membership", "other", {
      membershipId: "other",
      endpoint: { gkeCluster: {} },
    }),
    path: "endpoint.gkeCluster.resourceLink",
    to: "cluster",
    spellings: [
      `//container.googleapis.com/projects/${PROJECT}/locations/europe-west3/clusters/gke-west`,
    ],
  },
  {
    from: { type: "pulumi:providers:kubernetes", name: "k8s", inputs: {} },
    path: "clusterIdentifier",
    to: "cluster",
    spellings: [`gke_${PROJECT}_europe-west3_gke-west`],
  },
  {
    from: cloud("gkehub/feature:Feature", "feature", {
      name: "multiclusteringress",
      spec: { multiclusteringress: {} },
    }),
    path: "spec.multiclusteringress.configMembership",
    to: "membership",
    spellings: [`projects/${PROJECT}/locations/global/memberships/gke-west`],
  },
  ...["container/cluster:Cluster", "compute/router:Router", "compute/firewall:Firewall"].map(
    (type): Case => ({
      from: cloud(type, "another", {}),
      path: "network",
      to: "network",
      spellings: compute("networks", "backbone"),
    }),
  ),
  {
    from: cloud("container/cluster:Cluster", "another", {}),
    path: "subnetwork",
    to: "subnetwork",
    spellings: compute("subnetworks", "gpu-nodes", REGION),
  },
  {
    from: cloud("compute/routerNat:RouterNat", "nat", {
      subnetworks: [{ name: UNKNOWN }, { name: UNKNOWN }],
    }),
    path: "subnetworks.1.name",
    to: "subnetwork",
    spellings: compute("subnetworks", "gpu-nodes", REGION),
  },
  {
    from: cloud("compute/routerNat:RouterNat", "nat", {}),
    path: "router",
    to: "router",
    spellings: compute("routers", "exit-router", REGION),
  },
  {
    from: cloud("projects/iAMMember:IAMMember", "grant", {}),
    path: "member",
    to: "account",
    spellings: [`serviceAccount:${EMAIL}`],
  },
  {
    from: cloud("container/nodePool:NodePool", "pool", { nodeConfig: {} }),
    path: "nodeConfig.serviceAccount",
    to: "account",
    spellings: [EMAIL, `projects/-/serviceAccounts/${EMAIL}`],
  },
];

const WHAT = { account: "service account" } as Readonly<Record<string, string>>;
const NAME_OF = {
  cluster: "gke-west",
  membership: "gke-west",
  network: "backbone",
  subnetwork: "gpu-nodes",
  router: "exit-router",
  account: "gpu-workers",
};

const rows = cases.flatMap((each) => each.spellings.map((text) => [text, each] as const));

test.each(rows)("knows %s", async (text, { from, path }) => {
  expect(await findings([...all, changed(from, path, text)])).toEqual([]);
});

test.each(rows)("knows %s with one slip or another", async (text, { from, path, to }) => {
  const name = NAME_OF[to];
  await fc.assert(
    fc.asyncProperty(slips(name), async (wrong) => {
      const at = text.lastIndexOf(name);
      const given = text.slice(0, at) + wrong + text.slice(at + name.length);
      const place = path.replace(/\.(\d+)/g, "[$1]");

      expect(await findings([...all, changed(from, path, given)])).toEqual([
        [
          "mandatory",
          from.name,
          `${place}: ${shown(given)} names no ${WHAT[to] ?? to} of this stack; did you mean ${name}?`,
        ],
      ]);
    }),
    { numRuns: 40, seed: 11 },
  );
});

/** A text as messages have it. */
function shown(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted.length > 60 ? `${quoted.slice(0, 57)}...` : quoted;
}

/** A name with one letter left out, added or exchanged, or two of them swapped, in a long part. */
function slips(name: string): fc.Arbitrary<string> {
  const letters = [...name];
  const isInLongPart = (i: number) => {
    const before = /[a-z]*$/.exec(name.slice(0, i))?.[0] ?? "";
    const after = /^[a-z]*/.exec(name.slice(i))?.[0] ?? "";
    return before.length + after.length >= 4 && after.length > 1;
  };
  const places = letters.map((_, i) => i).filter(isInLongPart);
  const slip = fc.tuple(
    fc.constantFrom(...places),
    fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz"),
    fc.nat(3),
  );
  return slip
    .map(([i, letter, how]) => {
      const [start, here, next = "", rest] = [
        name.slice(0, i),
        letters[i],
        letters[i + 1],
        name.slice(i + 2),
      ];
      return [
        `${start}${next}${rest}`,
        `${start}${letter}${here}${next}${rest}`,
        `${start}${letter}${next}${rest}`,
        `${start}${next}${here}${rest}`,
      ][how % 4];
    })
    .map((slipped) => slipped ?? name)
    .filter((slipped) => slipped !== name);
}

test.each(rows)("takes the output of another resource for %s", async (_, { from, path, to }) => {
  const { type, name } = named[to];
  const property = path.split(".")[0] ?? "";
  const hidden = changed(from, path, UNKNOWN);
  const linked = { ...hidden, propertyDependencies: { [property]: [`${type}::${name}`] } };
  expect(await findings([...all, hidden])).toEqual([]);
  expect(await findings([...all, linked])).toEqual([]);
});

const clusterOf = (text: string) => changed(cases[0]?.from ?? named.cluster, "cluster", text);

test.each([
  "gke-east",
  "gke-west1",
  "gke-west-2",
  "other",
  "projects/another-project/locations/europe-west3/clusters/gke-wst",
  `projects/${PROJECT}/locations/us-east4/clusters/gke-wst`,
  "projects/another-project/locations/europe-west3/clusters/gke-west",
  "",
])("takes %j for a cluster of another stack", async (text) => {
  expect(await findings([...all, clusterOf(text)])).toEqual([]);
});

test.each([
  [`projects/${PROJECT}/locations/eurpe-west3/clusters/gke-west`, "europe-west3"],
  ["projects/acme-lm/locations/europe-west3/clusters/gke-west", undefined],
  ["projects/amce-ml/locations/europe-west3/clusters/gke-west", PROJECT],
])("compares the place of %s", async (text, meant) => {
  const problem = `cluster: ${shown(text)} names no cluster of this stack`;
  const expected = meant && [["mandatory", "pool", `${problem}; did you mean ${meant}?`]];
  expect(await findings([...all, clusterOf(text)])).toEqual(expected ?? []);
});

test.each([
  ["numbered siblings", "gke-1", "gke-2"],
  ["siblings by a letter", "pool-a", "pool-b"],
  ["siblings by a country", "api-us", "api-uk"],
  ["siblings by a direction", "gke-west", "gke-east"],
])("does not mix up %s", async (_, here, there) => {
  expect(await findings([changed(named.cluster, "name", here), clusterOf(there)])).toEqual([]);
});

test.each([null, 7, [], {}, "user:a@example.com", UNKNOWN])(
  "takes %j for a member",
  async (odd) => {
    const grant = cloud("projects/iAMMember:IAMMember", "grant", { member: odd });
    expect(await findings([...all, grant])).toEqual([]);
  },
);

test("says nothing of resources without names, and of an empty stack", async () => {
  expect(await findings([])).toEqual([]);
  expect(await findings([changed(named.cluster, "name"), clusterOf("gke-wst")])).toEqual([]);
});
