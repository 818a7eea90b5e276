import { UNKNOWN } from "../support/unknown";
import { deletionProtection } from "../../clusters/deletion-protection";
import {
  autopilot,
  cluster,
  expectToJudgeMalformed,
  findings,
  nodePool,
} from "../fixtures/clusters";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, remedied, type RunOptions, unknownBut } from "../support/policies";

const prod: RunOptions = { stack: "prod" };
const off = changed(cluster, "deletionProtection", false);
const unprotected: Registered = { ...cluster, protect: false };
const unguarded = (given: string, stack = "prod") =>
  `deletionProtection: is ${given}, so the provider may delete a cluster of the production ` +
  `stack ${stack}; remove it or set it to true`;
const noOption = (stack = "prod") =>
  `protect: is not set, though ${stack} is a production stack; pass { protect: true } in the ` +
  "resource options";

test.each<[string, Registered]>([
  ["both", cluster],
  ["the provider's default", changed(cluster, "deletionProtection")],
  ["null for the default", changed(cluster, "deletionProtection", null)],
  ["a cluster of Autopilot", autopilot],
  ["a node pool", nodePool],
])("passes %s", async (_, resource) => {
  expect(await findings(deletionProtection, resource, prod)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["no protection by the provider", off, unguarded("false")],
  ["a text for it", changed(cluster, "deletionProtection", "true"), unguarded('"true"')],
  ["no protection by Pulumi", unprotected, noOption()],
])("fails %s", async (_, resource, message) => {
  expect(await findings(deletionProtection, resource, prod)).toEqual([["mandatory", message]]);
});

test.each(["dev", "preprod", "product"])("is silent in %s", async (stack) => {
  expect(await findings(deletionProtection, { ...off, protect: false }, { stack })).toEqual([]);
  expect(await remedied(off, deletionProtection, { stack })).toBeUndefined();
});

test("knows production by the configured names", async () => {
  const config = { [deletionProtection.name]: { productionStacks: ["live"] } };
  expect(await findings(deletionProtection, off, { config, stack: "prod" })).toEqual([]);
  const inLive = await findings(
    deletionProtection,
    { ...off, protect: false },
    { config, stack: "live" },
  );
  expect(inLive).toEqual([
    ["mandatory", unguarded("false", "live")],
    ["mandatory", noOption("live")],
  ]);
});

test("judges among siblings that are not known yet", async () => {
  const inputs = unknownBut(off.inputs, "deletionProtection");
  const known = { ...cluster, inputs };
  expect(await findings(deletionProtection, known, prod)).toEqual([
    ["mandatory", unguarded("false")],
  ]);
});

test("advises where the protection is not known yet", async () => {
  const unknown = changed(cluster, "deletionProtection", UNKNOWN);
  const message = pending("deletionProtection");
  expect(await findings(deletionProtection, unknown, prod)).toEqual([["advisory", message]]);
  expect(await remedied(unknown, deletionProtection, prod)).toBeUndefined();
});

test("mends what it may", async () => {
  expect(await remedied(off, deletionProtection, prod)).toEqual(cluster.inputs);
  expect(await remedied(cluster, deletionProtection, prod)).toBeUndefined();
  expect(await remedied(unprotected, deletionProtection, prod)).toBeUndefined();
});

test("judges malformed input without crashing", () =>
  expectToJudgeMalformed(deletionProtection, prod));
