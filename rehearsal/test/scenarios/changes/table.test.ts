import * as path from "node:path";

import { read } from "../../../../config/read";
import type { Change, Step } from "../../../scenarios/changes/change";
import { whatOf } from "../../../scenarios/changes/document";
import { drifts } from "../../../scenarios/changes/drift/table";
import { spellOut } from "../../../scenarios/changes/expectation";
import { Inventory } from "../../../scenarios/changes/inventory";
import { breaches } from "../../../scenarios/changes/rules";
import { BASE, changes, MODEL } from "../../../scenarios/changes/table";
import { mergePatch, PROJECT, readStackFile } from "../../../stage/program";
import { synthesize } from "../../../../test/support/program";

const PREFIX = `${PROJECT}:`;
const dev = readStackFile(path.resolve(__dirname, "../../../../Pulumi.dev.yaml")).config ?? {};
const start = Object.fromEntries(
  Object.entries(dev)
    .filter(([key]) => key.startsWith(PREFIX))
    .map(([key, value]) => [key.slice(PREFIX.length), value]),
);

/** The stack's settings after so many changes. */
function settings(count: number): Record<string, unknown> {
  const made = changes.slice(0, count).filter(({ refused }) => !refused);
  return [BASE, ...made.map((change) => change.settings)].reduce<Record<string, unknown>>(
    (all, patch) => mergePatch(all, patch) as Record<string, unknown>,
    start,
  );
}

function clustersAfter(count: number): string[] {
  return Object.keys(settings(count).clusters as object);
}

test("each change has a name and words of its own", () => {
  for (const wordsOf of [({ name }: Change) => name, whatOf]) {
    expect(new Set(changes.map(wordsOf)).size).toBe(changes.length);
  }
});

test.each(changes.map((change, i) => [change.name, change, i] as const))(
  "%s leads to a stack that the program takes",
  (_name, change, i) => {
    const laid = mergePatch(settings(i), change.settings) as Record<string, unknown>;
    // Read as a secret, by the program itself.
    Reflect.deleteProperty(laid, "huggingFaceToken");
    expect(read(laid).problems).toEqual([]);
  },
);

describe("the rows themselves", () => {
  let inventory: Inventory;
  let registered: Set<string>;
  beforeAll(async () => {
    const config = { ...settings(0), privateDnsName: "llm.internal", monitoring: {} };
    const { registrations } = await synthesize("dev", { config });
    const ids = registrations.map(({ id }) => id);
    registered = new Set(ids);
    inventory = new Inventory(ids, MODEL);
  });

  const about = ({ clusters }: Change, i: number) =>
    clusters ?? [...new Set([...clustersAfter(i), ...clustersAfter(i + 1)])];

  test("keep the rules that every change has to keep", () => {
    const broken = changes.flatMap((change, i) => {
      const steps = spellOut(change.steps, about(change, i), inventory);
      const clusters = { before: clustersAfter(i), after: clustersAfter(i + 1) };
      return breaches({ steps, oldFirst: [], clusters, about: about(change, i) });
    });
    expect(broken).toEqual([]);
  });

  test("update and replace what the program registers", () => {
    const steps = changes.flatMap((change) => spellOut(change.steps, ["gke-east"], inventory));
    const unknown = [...steps, ...drifts.map(({ mended }) => mended)]
      .filter(({ operation }: Step) => operation === "update" || operation === "replace")
      .filter(({ resource }) => !registered.has(resource));
    expect(unknown).toEqual([]);
  });

  test("know what a cluster consists of", () => {
    const own = inventory.ofCluster("gke-east");
    expect(own).toEqual(
      expect.arrayContaining([
        "gcp:container/cluster:Cluster::gke-east",
        "gcp:compute/subnetwork:Subnetwork::network-gke-east",
        "kubernetes:apps/v1:Deployment::gke-east",
      ]),
    );
    // A cluster like any other: the config cluster has the same, and the gateway is nobody's.
    expect(inventory.ofCluster("gke-west").sort()).toEqual(
      [...registered].filter((id) => /::.*gke-west/.test(id)).sort(),
    );
  });
});
