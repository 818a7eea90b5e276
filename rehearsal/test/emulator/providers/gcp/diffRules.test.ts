import { PROJECT } from "../../cloud/support/testCloud";
import { StandIn } from "./support/standIn";
import { changed, standIn, sample } from "./support/samples";

beforeAll(() => standIn.configure());

describe("of two objects with one name the old one goes first", () => {
  const NETWORK = "gcp:compute/network:Network";
  it("where the program chose the name", async () => {
    const change = changed(NETWORK, { description: "new" });
    expect(await standIn.diff(await sample(NETWORK), change)).toMatchObject({
      deleteBeforeReplace: true,
    });
  });

  it("but not where the provider did", async () => {
    const before = await sample(NETWORK);
    const named = { ...before, inputs: { ...before.inputs, __defaults: ["name"] } };
    const change = changed(NETWORK, { name: undefined, description: "new" });
    expect(await standIn.diff(named, change)).toMatchObject({ deleteBeforeReplace: false });
  });

  it("always with grants, never with memberships", async () => {
    const grant = "gcp:projects/iAMMember:IAMMember";
    const viewer = await standIn.diff(
      await sample(grant),
      changed(grant, { role: "roles/editor" }),
    );
    expect(viewer.deleteBeforeReplace).toBe(true);
    const membership = "gcp:gkehub/membership:Membership";
    const moved = changed(membership, { location: "us-east4" });
    expect((await standIn.diff(await sample(membership), moved)).deleteBeforeReplace).toBe(false);
  });
});

it("ignored changes are no differences", async () => {
  const type = "gcp:container/nodePool:NodePool";
  const inputs = changed(type, { nodeCount: 5, initialNodeCount: 9 });
  const diff = await standIn.diff(await sample(type), inputs, ["initialNodeCount", "nodeCount"]);
  expect(diff).toEqual({ changes: [] });
});

it("another provider project is another resource", async () => {
  const moved = await new StandIn().configure({ project: "other-project" });
  const type = "gcp:compute/network:Network";
  const { changes } = await moved.diff(await sample(type), changed(type, {}));
  expect(changes).toEqual([{ path: ["project"], kind: "update", replace: true }]);
});

it("changed labels of the provider change the label outputs", async () => {
  const settings = { project: PROJECT, defaultLabels: JSON.stringify({ team: "a" }) };
  const labelled = await new StandIn().configure(settings);
  const type = "gcp:compute/address:Address";
  const { changes } = await labelled.diff(await sample(type), changed(type, {}));
  expect(changes).toEqual([{ path: ["pulumiLabels"], kind: "update" }]);
});

it("a firewall rule for traffic that comes in needs a source", async () => {
  const type = "gcp:compute/firewall:Firewall";
  const inputs = changed(type, { sourceRanges: undefined });
  await expect(standIn.diff(await sample(type), inputs)).rejects.toThrow(
    "1 error occurred:\n\t* one of source_tags, source_ranges, or source_service_accounts must " +
      "be defined\n\n",
  );
});
