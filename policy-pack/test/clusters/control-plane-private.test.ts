import { UNKNOWN } from "../support/unknown";
import { controlPlanePrivate } from "../../clusters/control-plane-private";
import {
  autopilot,
  cluster as openCluster,
  expectToJudgeMalformed,
  findings,
  merged,
} from "../fixtures/clusters";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, unknownBut } from "../support/policies";

const BY_ADDRESS = "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled";
const INSIDE = "privateClusterConfig.enablePrivateEndpoint";
const LISTED = "masterAuthorizedNetworksConfig";
const open = (given: string) =>
  `${BY_ADDRESS}: ${given}, so the whole internet reaches the control plane's address; ` +
  `set it to false, or list who may reach it in ${LISTED}.cidrBlocks`;
const everybody = (index: number, given: string) =>
  `${LISTED}.cidrBlocks[${index}].cidrBlock: ${given} lets the whole internet reach the control ` +
  "plane; list only the ranges that may reach it, or none";

const byNameOnly = {
  controlPlaneEndpointsConfig: {
    dnsEndpointConfig: { allowExternalTraffic: true },
    ipEndpointsConfig: { enabled: false },
  },
};
const byName = merged(openCluster, byNameOnly);
const blocks = (...texts: unknown[]) =>
  merged(openCluster, { [LISTED]: { cidrBlocks: texts.map((cidrBlock) => ({ cidrBlock })) } });

test.each<[string, Registered]>([
  ["one that is reached by its name", byName],
  ["one of Autopilot", merged(autopilot, byNameOnly)],
  ["one with an address in its VPC", changed(openCluster, INSIDE, true)],
  ["one for those who are listed", blocks("203.0.113.0/24", "2001:db8::/32")],
  ["one for nobody from outside", changed(openCluster, LISTED, {})],
  ["an empty list", blocks()],
  ["a list that lets in all, of no address", merged(blocks("0.0.0.0/0"), byNameOnly)],
])("passes %s", async (_, resource) => {
  expect(await findings(controlPlanePrivate, resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["a public address", changed(byName, BY_ADDRESS, true), open("is true")],
  ["nothing said", openCluster, open("is not set")],
  ["nothing said to Autopilot", autopilot, open("is not set")],
  ["no private address", changed(openCluster, INSIDE, false), open("is not set")],
  ["a text", changed(byName, BY_ADDRESS, "no"), open('is "no"')],
  ["null for the list", changed(openCluster, LISTED, null), open("is not set")],
  ["a list for an object", changed(openCluster, LISTED, []), open("is not set")],
  ["a list of all", blocks("203.0.113.0/24", "0.0.0.0/0"), everybody(1, '"0.0.0.0/0"')],
  ["a list of all that has bits set", blocks("10.0.0.0/0"), everybody(0, '"10.0.0.0/0"')],
  ["a list of all in IPv6", blocks("::/0"), everybody(0, '"::/0"')],
])("fails %s", async (_, resource, message) => {
  expect(await findings(controlPlanePrivate, resource)).toEqual([["mandatory", message]]);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = byName;
  const decided = { ...byName, inputs: unknownBut(inputs, BY_ADDRESS) };
  expect(await findings(controlPlanePrivate, decided)).toEqual([]);
  const all = changed(blocks("0.0.0.0/0", "10.0.0.0/8"), `${LISTED}.cidrBlocks.1`, UNKNOWN);
  expect(await findings(controlPlanePrivate, all)).toEqual([
    ["mandatory", everybody(0, '"0.0.0.0/0"')],
    ["advisory", pending(`${LISTED}.cidrBlocks[1].cidrBlock`)],
  ]);
});

test.each<[string, Registered, string]>([
  ["the switch", changed(byName, BY_ADDRESS, UNKNOWN), BY_ADDRESS],
  ["all about its address", changed(byName, "controlPlaneEndpointsConfig", UNKNOWN), BY_ADDRESS],
  ["the private address", changed(openCluster, INSIDE, UNKNOWN), INSIDE],
  ["all about its list", changed(openCluster, LISTED, UNKNOWN), LISTED],
  ["its list", changed(blocks(), `${LISTED}.cidrBlocks`, UNKNOWN), `${LISTED}.cidrBlocks`],
  ["one in the list", blocks(UNKNOWN), `${LISTED}.cidrBlocks[0].cidrBlock`],
  [
    "the switch beside a list of all",
    merged(blocks("0.0.0.0/0"), { controlPlaneEndpointsConfig: UNKNOWN }),
    BY_ADDRESS,
  ],
])("advises where %s is not known yet", async (_, resource, place) => {
  expect(await findings(controlPlanePrivate, resource)).toEqual([["advisory", pending(place)]]);
});

test("judges malformed input without crashing", () => expectToJudgeMalformed(controlPlanePrivate));
