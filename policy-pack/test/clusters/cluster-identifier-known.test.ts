import { UNKNOWN } from "../support/unknown";
import { clusterIdentifierKnown } from "../../clusters/cluster-identifier-known";
import { providerEu } from "../fixtures/identity";
import { changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, unknownBut } from "../support/policies";

const FIX =
  'set it to a plain text, for example "gke_<project>_<location>_<name>", ' +
  "made of values that the program knows";
const notSet =
  "clusterIdentifier: is not set, so a changed endpoint replaces every object of the provider; " +
  FIX;
const notKnown =
  "clusterIdentifier: is not known in a preview, so each one replaces every object of the " +
  `provider; ${FIX}`;
const elsewhere = (given: string) =>
  `kubeconfig: is ${given}, so the objects go to whichever cluster kubectl points at where Pulumi ` +
  "runs; set it to the kubeconfig of the provider's own cluster";
const byDefault =
  "clusterIdentifier: this is the default provider, of whichever cluster the environment names; " +
  "make a kubernetes.Provider with a clusterIdentifier and pass it to the objects";

const findings = findingsIn(clusterIdentifierKnown);

const named = (name: string, inputs: object = {}): Registered => {
  return { type: "pulumi:providers:kubernetes", name, inputs };
};

const KUBECONFIG = { kubeconfig: UNKNOWN };

test.each<[string, Registered]>([
  ["a plain text", providerEu],
  ["a plain text of the default provider", named("default_4_34_2", { clusterIdentifier: "eu" })],
  ["a kubeconfig that is known", changed(providerEu, "kubeconfig", "{}")],
  [
    "no kubeconfig where nothing is applied",
    changed(changed(providerEu, "kubeconfig"), "renderYamlToDirectory", "manifests"),
  ],
  ["the provider of another cloud", { ...named("default"), type: "pulumi:providers:gcp" }],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["none", changed(providerEu, "clusterIdentifier"), notSet],
  ["null", changed(providerEu, "clusterIdentifier", null), notSet],
  ["one that is not known yet", changed(providerEu, "clusterIdentifier", UNKNOWN), notKnown],
  [
    "an empty text",
    changed(providerEu, "clusterIdentifier", " "),
    `clusterIdentifier: " " names no cluster; ${FIX}`,
  ],
  [
    "a number",
    changed(providerEu, "clusterIdentifier", 1),
    `clusterIdentifier: 1 names no cluster; ${FIX}`,
  ],
  ["the default provider", named("default"), byDefault],
  ["the default provider of a version", named("default_4_34_2"), byDefault],
  ["the default provider of an alpha", named("default_4_34_2_alpha_1"), byDefault],
  ["a provider that is only called like it", named("default-cluster", KUBECONFIG), notSet],
  ["no kubeconfig", changed(providerEu, "kubeconfig"), elsewhere("not set")],
  ["null for the kubeconfig", changed(providerEu, "kubeconfig", null), elsewhere("not set")],
  ["an empty kubeconfig", changed(providerEu, "kubeconfig", " "), elsewhere("empty")],
  [
    "a default provider whose identifier is not known",
    named("default", { clusterIdentifier: UNKNOWN }),
    notKnown,
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = providerEu;
  const hidden = { ...providerEu, inputs: unknownBut(inputs, "clusterIdentifier") };
  expect(await findings(hidden)).toEqual([]);
  expect(await findings({ ...providerEu, inputs: { kubeconfig: UNKNOWN } })).toEqual([
    ["mandatory", notSet],
  ]);
});

test("lets the default provider be where that is wanted, and no other", async () => {
  const config = { [clusterIdentifierKnown.name]: { allowDefault: true } };
  expect(await findings(named("default_4_34_2"), { config })).toEqual([]);
  expect(await findings(named("eu", KUBECONFIG), { config })).toEqual([["mandatory", notSet]]);
  expect(await findings(named("default", { clusterIdentifier: UNKNOWN }), { config })).toEqual([
    ["mandatory", notKnown],
  ]);
});
