import { UNKNOWN } from "../support/unknown";
import { nodeScopes } from "../../nodes/node-scopes";
import {
  autopilot,
  cluster,
  expectToJudgeMalformed,
  findings,
  nodePool,
  withFirstPool,
  withInlinePools,
} from "../fixtures/clusters";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import type { Registered } from "../support/policies";

const SCOPES = "nodeConfig.oauthScopes";
const AUTH = "https://www.googleapis.com/auth";
const ALL = `${AUTH}/cloud-platform`;
const narrow = [`${AUTH}/logging.write`];
const tooNarrow = (path: string, given = JSON.stringify(narrow)) =>
  `${path}: ${given} keeps nodes from what their roles allow, such as writing the metrics that the ` +
  `gateway balances by; set it to ["${ALL}"], or leave it out`;
const scoped = (scopes: unknown) => changed(nodePool, SCOPES, scopes);

test.each<[string, Registered]>([
  ["a pool that names none", nodePool],
  ["null", scoped(null)],
  ["an empty list, which is none", scoped([])],
  ["the scope for all", scoped([ALL])],
  ["its short name", scoped(["cloud-platform"])],
  ["the scope for all beside others", scoped([...narrow, ALL])],
  ["the scope for all beside one that is not known yet", scoped([UNKNOWN, ALL])],
  [
    "a cluster whose first pool is removed",
    changed(cluster, "nodeConfig", { oauthScopes: narrow }),
  ],
  ["an Autopilot cluster", autopilot],
])("passes %s", async (_, resource) => {
  expect(await findings(nodeScopes, resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["another scope", scoped(narrow), tooNarrow(SCOPES)],
  ["a misspelt scope", scoped([`${ALL}s`]), tooNarrow(SCOPES, `["${ALL}s"]`)],
  ["a text", scoped("logging"), tooNarrow(SCOPES, '"logging"')],
  [
    "the pool that a cluster begins with",
    changed(withFirstPool, SCOPES, narrow),
    tooNarrow(SCOPES),
  ],
  [
    "a pool in the cluster",
    changed(withInlinePools, `nodePools.1.${SCOPES}`, narrow),
    tooNarrow(`nodePools[1].${SCOPES}`),
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(nodeScopes, resource)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const inputs = { cluster: UNKNOWN, nodeConfig: { oauthScopes: narrow, machineType: UNKNOWN } };
  expect(await findings(nodeScopes, { ...nodePool, inputs })).toEqual([
    ["mandatory", tooNarrow(SCOPES)],
  ]);
});

test.each<[string, Registered, string]>([
  ["all about the nodes", changed(nodePool, "nodeConfig", UNKNOWN), SCOPES],
  ["the scopes", scoped(UNKNOWN), SCOPES],
  ["one of the scopes", scoped([...narrow, UNKNOWN]), `${SCOPES}[1]`],
  ["a cluster's list of pools", changed(withInlinePools, "nodePools", UNKNOWN), "nodePools"],
])("advises where %s is not known yet", async (_, resource, place) => {
  expect(await findings(nodeScopes, resource)).toEqual([["advisory", pending(place)]]);
});

test("judges malformed input without crashing", () => expectToJudgeMalformed(nodeScopes));
