import { UNKNOWN } from "../support/unknown";
import { providerOfOneCluster } from "../../clusters/provider-of-one-cluster";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const CLUSTER = "gcp:container/cluster:Cluster";
const findings = findingsOf(providerOfOneCluster);

const cluster = (name: string, location: string): Registered => ({
  type: CLUSTER,
  name,
  inputs: { name, location },
});
const clusters = [cluster("west", "europe-west3"), cluster("east", "us-east4")];
const ids = { west: "gke_p_europe-west3_west", east: "gke_p_us-east4_east" };

/** A provider with an identifier, and a kubeconfig that comes from a cluster, or is a text. */
function provider(
  name: string,
  clusterIdentifier: unknown,
  source: string,
  text?: string,
): Registered {
  return {
    type: "pulumi:providers:kubernetes",
    name,
    inputs: { clusterIdentifier, kubeconfig: text ?? UNKNOWN },
    propertyDependencies: text === undefined ? { kubeconfig: [`${CLUSTER}::${source}`] } : {},
  };
}

const west = provider("west", ids.west, "west");
const east = provider("east", ids.east, "east");
const at = (server: string) => `clusters: [{cluster: {server: "https://${server}"}}]`;
const json = (server: string) =>
  JSON.stringify({ clusters: [{ cluster: { server: `https://${server}` } }] });

test.each<[string, readonly Registered[]]>([
  ["one for each cluster", [...clusters, west, east]],
  ["two for one cluster", [...clusters, west, east, { ...east, name: "more" }]],
  [
    "identifiers of another form",
    [...clusters, provider("a", "a", "west"), provider("b", "b", "east")],
  ],
  [
    "clusters of another stack",
    [provider("a", ids.west, "", at("a")), provider("b", ids.east, "", at("b"))],
  ],
  ["an identifier that is not known", [...clusters, west, provider("east", UNKNOWN, "west")]],
  ["no identifier", [...clusters, west, provider("east", null, "west")]],
  ["malformed input", [...clusters, provider("a", 5, "west"), provider("b", [], "west")]],
  [
    "a kubeconfig that is not known",
    [provider("a", ids.west, "gone"), provider("b", ids.west, "lost")],
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

const named = (id: string, name: string, reached: string) =>
  `clusterIdentifier: "${id}" names cluster ${name}, but the kubeconfig is of ${reached}; write the ` +
  `name of ${reached}`;

test.each<[string, readonly Registered[], string[]]>([
  [
    "the identifier of another cluster",
    [...clusters, west, provider("east", ids.west, "east")],
    ["mandatory", "east", named(ids.west, "west", "east")],
  ],
  [
    "the kubeconfig of another cluster",
    [...clusters, west, provider("east", ids.east, "west")],
    [
      "mandatory",
      "east",
      "kubeconfig: is of cluster west, but clusterIdentifier names east; set it to the kubeconfig of " +
        "east",
    ],
  ],
  [
    "one cluster under two identifiers",
    [...clusters, provider("a", "a", "west"), provider("b", "b", "west")],
    [
      "mandatory",
      "b",
      'clusterIdentifier: "b" is of the cluster that a calls "a"; write one identifier for a ' +
        "cluster, or give it the kubeconfig of its own",
    ],
  ],
  [
    "one server under two identifiers",
    [provider("a", ids.west, "", at("1.2.3.4")), provider("b", ids.east, "", json("1.2.3.4"))],
    [
      "mandatory",
      "b",
      `clusterIdentifier: "${ids.east}" is of the cluster that a calls "${ids.west}"; write one ` +
        "identifier for a cluster, or give it the kubeconfig of its own",
    ],
  ],
  [
    "one identifier for two clusters",
    [...clusters, provider("a", "same", "west"), provider("b", "same", "east")],
    [
      "mandatory",
      "b",
      'clusterIdentifier: "same" is the identifier of a too, whose kubeconfig is of cluster west, and ' +
        "this one of east; write the name of east",
    ],
  ],
  [
    "one identifier for two servers, which may be two ways to one cluster",
    [provider("a", ids.west, "", at("1.2.3.4")), provider("b", ids.west, "", at("gke.goog"))],
    [
      "advisory",
      "b",
      `clusterIdentifier: "${ids.west}" is the identifier of a too, whose kubeconfig has another ` +
        "server, https://1.2.3.4; check that both are of one cluster",
    ],
  ],
])("finds %s", async (_, resources, finding) => {
  expect(await findings(resources)).toEqual([finding]);
  expect(await findings(resources, { firstPreview: true })).toEqual([finding]);
});
