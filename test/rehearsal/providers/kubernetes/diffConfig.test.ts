import { diffConfig } from "../../../../rehearsal/providers/kubernetes/config/diffConfig";
import { PropertyMap, UNKNOWN } from "../../../../rehearsal/providers/plugin";

const TYPE = "pulumi:providers:kubernetes";

function kubeconfig({ server = "https://one", ca = "Y2E=", token = "t", name = "one" } = {}) {
  return JSON.stringify({
    "current-context": "a",
    contexts: [
      { name: "a", context: { cluster: name, user: "u" } },
      { name: "b", context: { cluster: "two", user: "u" } },
    ],
    clusters: [
      { name, cluster: { server, "certificate-authority-data": ca } },
      { name: "two", cluster: { server: "https://two" } },
    ],
    users: [{ name: "u", user: { token } }],
  });
}

function changesOf(oldInputs: PropertyMap, newInputs: PropertyMap) {
  const resource = { type: TYPE, name: "k", urn: "urn", id: "1" };
  const request = { ...resource, oldInputs, newInputs, oldOutputs: {}, ignoreChanges: [] };
  return diffConfig(request, {}).changes.map(({ path, kind, replace }) =>
    [kind, path.join("."), ...(replace ? ["replaces"] : [])].join(" "),
  );
}

const old = { kubeconfig: kubeconfig() };

describe("without a clusterIdentifier the active cluster decides", () => {
  it.each([
    ["nothing new", {}, []],
    ["another token", { kubeconfig: kubeconfig({ token: "x" }) }, ["update kubeconfig"]],
    ["another entry name", { kubeconfig: kubeconfig({ name: "1" }) }, ["update kubeconfig"]],
    [
      "another server",
      { kubeconfig: kubeconfig({ server: "https://other" }) },
      ["update kubeconfig replaces"],
    ],
    [
      "another certificate",
      { kubeconfig: kubeconfig({ ca: "Yg==" }) },
      ["update kubeconfig replaces"],
    ],
    ["another context", { context: "b" }, ["add context replaces"]],
    ["the same context spelled out", { context: "a" }, ["add context"]],
    ["another cluster", { cluster: "two" }, ["add cluster replaces"]],
    ["a context that does not exist", { context: "z" }, ["add context"]],
    ["no kubeconfig that can be read", { kubeconfig: "}" }, ["update kubeconfig"]],
    ["one that is not known yet", { kubeconfig: UNKNOWN }, ["update kubeconfig replaces"]],
    ["a context that is not known yet", { context: UNKNOWN }, ["add context replaces"]],
    ["other settings", { namespace: "n" }, ["add namespace"]],
  ])("%s", (_, news: PropertyMap, changes) => {
    expect(changesOf(old, { ...old, ...news })).toEqual(changes);
  });

  it("blames what changed, not what stayed", () => {
    const news = { kubeconfig: kubeconfig({ server: "https://other" }), namespace: "n" };
    expect(changesOf(old, news)).toEqual(["update kubeconfig replaces", "add namespace"]);
  });
});

describe("a clusterIdentifier", () => {
  const elsewhere = { kubeconfig: kubeconfig({ server: "https://other" }) };
  const id = (clusterIdentifier: string) => ({ clusterIdentifier });

  it.each([
    [
      "unchanged, never replaces",
      { ...old, ...id("x") },
      { ...elsewhere, ...id("x") },
      ["update kubeconfig"],
    ],
    [
      "unchanged, not even while the kubeconfig is not known",
      { ...old, ...id("x") },
      { kubeconfig: UNKNOWN, ...id("x") },
      ["update kubeconfig"],
    ],
    [
      "changed, replaces",
      { ...old, ...id("x") },
      { ...old, ...id("y") },
      ["update clusterIdentifier replaces"],
    ],
    [
      "changed, replaces beside a moved cluster",
      { ...old, ...id("x") },
      { ...elsewhere, ...id("y") },
      ["update clusterIdentifier replaces", "update kubeconfig replaces"],
    ],
    [
      "not known yet, counts as changed",
      { ...old, ...id("x") },
      { ...old, clusterIdentifier: UNKNOWN },
      ["update clusterIdentifier replaces"],
    ],
    ["added, decides nothing", old, { ...old, ...id("x") }, ["add clusterIdentifier"]],
    [
      "added, lets the active cluster decide",
      old,
      { ...elsewhere, ...id("x") },
      ["add clusterIdentifier", "update kubeconfig replaces"],
    ],
    ["removed, decides nothing", { ...old, ...id("x") }, old, ["delete clusterIdentifier"]],
  ])("%s", (_, olds: PropertyMap, news: PropertyMap, changes) => {
    expect(changesOf(olds, news)).toEqual(changes);
  });
});
