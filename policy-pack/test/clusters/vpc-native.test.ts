import { UNKNOWN } from "../support/unknown";
import { vpcNative } from "../../clusters/vpc-native";
import {
  autopilot,
  cluster,
  expectToJudgeMalformed,
  findings,
  nodePool,
} from "../fixtures/clusters";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, unknownBut } from "../support/policies";

const PODS = "ipAllocationPolicy.clusterSecondaryRangeName";
const SERVICES = "ipAllocationPolicy.servicesSecondaryRangeName";
const notSet = (path: string, who: string) =>
  `${path}: is not set, so GKE picks a range for ${who}, which may collide with others; ` +
  `name the subnet's secondary range for ${who}`;
const mode = (given: string) =>
  `networkingMode: is ${given}, but a gateway reaches pods by addresses of the VPC only; ` +
  'remove it or set it to "VPC_NATIVE"';

test.each<[string, Registered]>([
  ["named ranges", cluster],
  ["the mode left out", changed(cluster, "networkingMode")],
  ["a cluster of Autopilot", autopilot],
  ["a node pool", nodePool],
])("passes %s", async (_, resource) => {
  expect(await findings(vpcNative, resource)).toEqual([]);
});

test.each<[string, Registered, string[]]>([
  ["routes", changed(cluster, "networkingMode", "ROUTES"), [mode('"ROUTES"')]],
  ["a number for the mode", changed(cluster, "networkingMode", 1), [mode("1")]],
  [
    "no ranges",
    changed(cluster, "ipAllocationPolicy"),
    [notSet(PODS, "pods"), notSet(SERVICES, "services")],
  ],
  [
    "no ranges with Autopilot",
    changed(autopilot, "ipAllocationPolicy", {}),
    [notSet(PODS, "pods"), notSet(SERVICES, "services")],
  ],
  [
    "a list for the ranges",
    changed(cluster, "ipAllocationPolicy", [{}]),
    [notSet(PODS, "pods"), notSet(SERVICES, "services")],
  ],
  ["no range for services", changed(cluster, SERVICES), [notSet(SERVICES, "services")]],
  [
    "a CIDR for pods",
    changed(cluster, "ipAllocationPolicy", {
      clusterIpv4CidrBlock: "10.4.0.0/14",
      servicesSecondaryRangeName: "services",
    }),
    [
      `${PODS}: is not set, so GKE adds "10.4.0.0/14" to the subnet, unseen by this program; ` +
        "name the subnet's secondary range for pods, and remove clusterIpv4CidrBlock",
    ],
  ],
  [
    "a CIDR for services that is not known yet",
    changed(changed(cluster, SERVICES), "ipAllocationPolicy.servicesIpv4CidrBlock", UNKNOWN),
    [
      `${SERVICES}: is not set, so GKE adds (not known yet) to the subnet, unseen by this ` +
        "program; name the subnet's secondary range for services, and remove servicesIpv4CidrBlock",
    ],
  ],
  [
    "an empty name",
    changed(cluster, PODS, ""),
    [`${PODS}: "" is not the name of a range; name the subnet's secondary range for pods`],
  ],
  [
    "a number for a name",
    changed(cluster, PODS, 7),
    [`${PODS}: 7 is not the name of a range; name the subnet's secondary range for pods`],
  ],
])("fails %s", async (_, resource, messages) => {
  expect(await findings(vpcNative, resource)).toEqual(
    messages.map((message) => ["mandatory", message]),
  );
});

test("judges among siblings that are not known yet", async () => {
  const known = unknownBut(changed(cluster, "networkingMode", "ROUTES").inputs, "networkingMode");
  const pendings = [PODS, SERVICES].map((path) => ["advisory", pending(path)]);
  expect(await findings(vpcNative, { ...cluster, inputs: known })).toEqual([
    ["mandatory", mode('"ROUTES"')],
    ...pendings,
  ]);
});

test.each<[string, string[]]>([
  ["networkingMode", ["networkingMode"]],
  ["ipAllocationPolicy", [PODS, SERVICES]],
  [PODS, [PODS]],
])("advises where %s is not known yet", async (path, places) => {
  const unknown = changed(cluster, path, UNKNOWN);
  expect(await findings(vpcNative, unknown)).toEqual(
    places.map((place) => ["advisory", pending(place)]),
  );
});

test("judges malformed input without crashing", () => expectToJudgeMalformed(vpcNative));
