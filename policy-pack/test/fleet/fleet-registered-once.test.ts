import { UNKNOWN } from "../support/unknown";
import { fleetRegisteredOnce } from "../../fleet/fleet-registered-once";
import * as good from "../fixtures/identity";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

const none =
  "fleet: is not set and there is no membership, so no gateway finds this cluster; " +
  "add a gkehub.Membership whose endpoint is this cluster, or set fleet.project";
const both =
  "fleet: registers the cluster although membership us does; " +
  "remove the fleet block or the membership";
const twice = "endpoint: cluster us has a membership already, us; remove one of the two";

const clusters = [good.clusterEu, good.clusterUs, good.providerEu, good.providerUs];
const objects = [good.poolEu, good.poolUs, good.gateway];
const stack = [...clusters, good.membershipEu, good.membershipUs, good.feature, ...objects];
const ownWay = changed(good.clusterUs, "fleet", { project: "my-project" });

async function findings(
  resources: readonly Registered[],
  options: RunOptions = { firstPreview: true },
) {
  const violations = await runPolicies(resources, { policies: [fleetRegisteredOnce], ...options });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

/** The good stack with some of its resources changed, or without them. */
function but(change: (resource: Registered) => Registered | undefined): Registered[] {
  return stack.flatMap((resource) => change(resource) ?? []);
}

function without(...dropped: readonly Registered[]): Registered[] {
  return but((resource) => (dropped.includes(resource) ? undefined : resource));
}

function swap(from: Registered, to: Registered): Registered[] {
  return but((resource) => (resource === from ? to : resource));
}

test.each<[string, readonly Registered[]]>([
  ["a membership for each cluster", stack],
  ["custom resources under a generated class's token", stack.map(asGenerated)],
  ["a cluster that registers itself", [...without(good.membershipUs, good.clusterUs), ownWay]],
  [
    "a cluster whose own block's project is not known",
    [
      ...without(good.membershipUs, good.clusterUs),
      changed(good.clusterUs, "fleet", { project: UNKNOWN }),
    ],
  ],
  ["a fleet that another stack has", [...clusters, ...objects]],
  ["a cluster that serves nothing", without(good.membershipUs, good.poolUs)],
  [
    "a gateway for one cluster",
    [
      ...without(good.membershipUs, good.poolUs),
      good.inCluster(changed(good.gateway, "spec.gatewayClassName", "gke-l7-rilb"), "us"),
    ],
  ],
  ["objects in clusters of another stack", [good.feature, good.poolEu, good.gateway]],
  ["an empty block", swap(good.clusterUs, changed(good.clusterUs, "fleet", { project: "" }))],
  ["an empty stack", []],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, {})).toEqual([]);
});

test.each<[string, readonly Registered[], string, string]>([
  ["no membership", without(good.membershipUs), "us", none],
  ["no membership, but the feature", [...clusters, good.feature, good.poolUs], "us", none],
  [
    "null for the block",
    swap(good.clusterUs, changed(good.clusterUs, "fleet", null)).filter(
      (each) => each !== good.membershipUs,
    ),
    "us",
    none,
  ],
  [
    "a list for the block",
    swap(good.clusterUs, changed(good.clusterUs, "fleet", [])).filter(
      (each) => each !== good.membershipUs,
    ),
    "us",
    none,
  ],
  ["a gateway's cluster without one", without(good.membershipEu, good.poolEu), "eu", none],
  ["both ways", swap(good.clusterUs, ownWay), "us", both],
  ["two memberships", [...stack, good.membership("us", "us-again")], "us-again", twice],
])("fails %s", async (_, resources, resource, message) => {
  expect(await findings(resources)).toEqual([["mandatory", resource, message]]);
  expect(await findings(resources, {})).toEqual([["mandatory", resource, message]]);
});

test("knows the block that GKE answers with from the program's own", async () => {
  const fleet = { project: "123", membership: "//gkehub.googleapis.com/m", preRegistered: true };
  const { inputs } = good.clusterUs;
  const running = { ...good.clusterUs, outputs: { ...inputs, fleet } };
  expect(await findings(swap(good.clusterUs, running), {})).toEqual([]);
});

test("advises where it is not known which cluster a membership registers", async () => {
  const nowhere = { ...good.membershipUs, propertyDependencies: {} };
  expect(await findings(swap(good.membershipUs, nowhere))).toEqual([
    ["advisory", "us", pending("endpoint.gkeCluster.resourceLink")],
  ]);
});

test("advises where a block beside a membership is not known yet", async () => {
  const hidden = changed(good.clusterUs, "fleet", UNKNOWN);
  expect(await findings(swap(good.clusterUs, hidden))).toEqual([
    ["advisory", "us", pending("fleet.project")],
  ]);
});
