import { UNKNOWN } from "../support/unknown";
import { twoRegions } from "../../pools/two-regions";
import { pending } from "../fixtures/messages";
import { asGenerated } from "../fixtures/stack";
import {
  copied,
  edited,
  objectsOnly,
  twoClusters,
  twoClustersAtFirst,
  without,
} from "../fixtures/twoClusters";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const findings = findingsOf(twoRegions);

const fewer = (name: string, places: string, count = "1 of the 2", more = "1 more region") =>
  `metadata.name: pool llm/${name} is in ${count} regions that it needs (clusters: ${places}); ` +
  `create it in a cluster of ${more}`;
const eastInWest = fewer("llm", "gke-east in europe-west3, gke-west in europe-west3");

const oneRegion = edited(twoClusters, "gke-east", "location", "europe-west3");
const CLASS = "spec.gatewayClassName";

test.each<[string, readonly Registered[]]>([
  ["a pool in two regions", twoClusters],
  ["a zone of another region", edited(twoClusters, "gke-east", "location", "us-east4-a")],
  ["clusters that another stack makes", objectsOnly],
  ["a pool in a cluster of another stack too", without(oneRegion, "gke-east")],
  ["a stack without a gateway", without(oneRegion, "gke-west-gateway")],
  ["a gateway of one cluster", edited(oneRegion, "gke-west-gateway", CLASS, "gke-l7-rilb")],
  ["a gateway without a class", edited(oneRegion, "gke-west-gateway", "spec")],
  ["a stack without pools", without(oneRegion, "gke-east-pool", "gke-west-pool")],
  [
    "a pool that no route leads to, beside one that a route does",
    [...twoClusters, copied(twoClusters, "gke-east-pool", "spare", { "metadata.name": "spare" })],
  ],
  [
    "the regions of the clusters' providers",
    ["gke-west", "gke-east"].reduce<readonly Registered[]>((stack, name) => {
      const region = name === "gke-west" ? { region: "europe-west3" } : { zone: "us-east4-a" };
      const provider: Registered = {
        type: "pulumi:providers:gcp",
        name: `${name}-gcp`,
        inputs: region,
      };
      const moved = edited(stack, name, "location").map((resource) => {
        const isCluster = resource.name === name;
        return isCluster
          ? { ...resource, provider: `${provider.type}::${provider.name}` }
          : resource;
      });
      return [provider, ...moved];
    }, twoClusters),
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test.each<[string, readonly Registered[], string, string]>([
  ["two clusters in one region", oneRegion, "gke-east-pool", eastInWest],
  [
    "two zones of one region",
    edited(oneRegion, "gke-east", "location", "europe-west3-a"),
    "gke-east-pool",
    eastInWest,
  ],
  [
    "a pool in one cluster only",
    without(twoClusters, "gke-west-pool"),
    "gke-east-pool",
    fewer("llm", "gke-east in us-east4"),
  ],
  [
    "a pool that is not exported yet",
    edited(oneRegion, "gke-east-pool", "metadata.annotations"),
    "gke-east-pool",
    eastInWest,
  ],
  ["pools without a route", without(oneRegion, "gke-west-route"), "gke-east-pool", eastInWest],
  [
    "two names for one pool",
    without(edited(twoClusters, "gke-east-pool", "metadata.name", "llm-east"), "gke-west-route"),
    "gke-west-pool",
    fewer("llm", "gke-west in europe-west3"),
  ],
])("fails %s", async (_, resources, resource, message) => {
  const expected = [["mandatory", resource, message]];
  expect((await findings(resources)).slice(0, 1)).toEqual(expected);
  expect((await findings(resources.map(asGenerated))).slice(0, 1)).toEqual(expected);
});

describe("on a first preview", () => {
  const firstPreview = true;

  test("passes the good stack", async () => {
    expect(await findings(twoClustersAtFirst, { firstPreview })).toEqual([]);
  });

  test("judges regions while nothing else is known", async () => {
    const hidden = edited(twoClustersAtFirst, "gke-east-provider", "clusterIdentifier", UNKNOWN);
    expect(await findings(hidden, { firstPreview })).toEqual([]);
    const stack = edited(hidden, "gke-east", "location", "europe-west3-b");
    expect(await findings(stack, { firstPreview })).toEqual([
      ["mandatory", "gke-east-pool", eastInWest],
    ]);
  });

  test("advises where a region that counts is not known yet", async () => {
    const stack = edited(twoClustersAtFirst, "gke-east", "location", UNKNOWN);
    expect(await findings(stack, { firstPreview })).toEqual([
      ["advisory", "gke-east", pending("location")],
    ]);
  });

  test.each(["metadata.name", "metadata.namespace"])(
    "advises where a pool's %s, by which it may be in another region, is not known yet",
    async (path) => {
      const stack = edited(twoClustersAtFirst, "gke-east-pool", path, UNKNOWN);
      expect(await findings(stack, { firstPreview })).toEqual([
        ["advisory", "gke-east-pool", pending(path)],
      ]);
    },
  );

  test("needs no region more than the setting says", async () => {
    const third = copied(twoClusters, "gke-east", "gke-north", {
      location: UNKNOWN,
      name: "gke-north",
    });
    expect(await findings([...twoClustersAtFirst, third], { firstPreview })).toEqual([]);
  });

  test("says nothing of a cluster whose location nobody tells", async () => {
    const stack = edited(twoClustersAtFirst, "gke-east", "location");
    expect(await findings(stack, { firstPreview })).toEqual([]);
  });
});

test("takes another number of regions", async () => {
  const config = { [twoRegions.name]: { minimumRegions: 4 } };
  const places = "gke-east in us-east4, gke-west in europe-west3";
  expect(await findings(twoClusters, { config })).toEqual([
    ["mandatory", "gke-east-pool", fewer("llm", places, "2 of the 4", "2 more regions")],
  ]);
});
