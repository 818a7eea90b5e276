import { UNKNOWN } from "../support/unknown";
import { gatewayApiEnabled } from "../../clusters/gateway-api-enabled";
import { cluster, merged } from "../fixtures/clusters";
import { pending } from "../fixtures/messages";
import { asGenerated, changed, gateway, pool } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import { type Registered, unknownBut } from "../support/policies";

const CHANNEL = "gatewayApiConfig.channel";
const DISABLED = "addonsConfig.httpLoadBalancing.disabled";

const channelFix = 'set it to "CHANNEL_STANDARD"';
const noChannel = (part: string) =>
  `${CHANNEL}: is not set, so the cluster lacks the Gateway API that ${part} needs; ${channelFix}`;
const otherChannel = (given: string, part: string) =>
  `${CHANNEL}: is ${given}, so the cluster lacks the Gateway API that ${part} needs; ${channelFix}`;
const noAddon = (given: string, part: string) =>
  `${DISABLED}: is ${given}, so GKE runs no load-balancing controller for ${part}; ` +
  "remove it or set it to false";

const eu = cluster;
const us = merged({ ...cluster, name: "us" }, { name: "us", location: "us-east4" });

/** The provider of a cluster; of what it is made is not known yet, but where it comes from. */
function providerOf({ name }: Registered): Registered {
  return {
    type: "pulumi:providers:kubernetes",
    name,
    inputs: { kubeconfig: UNKNOWN },
    propertyDependencies: { kubeconfig: [`gcp:container/cluster:Cluster::${name}`] },
  };
}

function inCluster(name: string, object: Registered): Registered {
  return { ...object, provider: `pulumi:providers:kubernetes::${name}` };
}

const route: Registered = {
  type: "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
  name: "route",
  inputs: {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "llm", namespace: "llm" },
    spec: { parentRefs: [{ name: "llm" }] },
  },
};

const poolUs = { ...pool, name: "pool-us" };
const inEu = [inCluster("eu", pool), inCluster("eu", gateway), inCluster("eu", route)];
const inUs = [inCluster("us", poolUs)];

/** Two clusters with a pool each, the gateway in the first. */
function stackOf(
  [first, second]: readonly [Registered, Registered],
  objects = [...inEu, ...inUs],
): Registered[] {
  return [first, second, providerOf(eu), providerOf(us), ...objects];
}

const findings = findingsOf(gatewayApiEnabled);

const withoutChannel = (resource: Registered) => changed(resource, "gatewayApiConfig");
const withChannel = (channel: unknown) => changed(us, CHANNEL, channel);

test.each<[string, Registered[]]>([
  ["the Gateway API in both", stackOf([eu, us])],
  ["the experimental channel", stackOf([eu, withChannel("CHANNEL_EXPERIMENTAL")])],
  ["the add-on left on", stackOf([eu, changed(us, "addonsConfig")])],
  ["a cluster without any of it", stackOf([eu, withoutChannel(us)], inEu)],
  [
    "Autopilot, which has it anyway",
    stackOf([eu, merged(withoutChannel(us), { enableAutopilot: true })]),
  ],
  ["objects in a cluster of another stack", [providerOf(eu), ...inEu]],
  ["objects of the default provider", [withoutChannel(eu), pool, gateway]],
  ["a stack without Kubernetes", [withoutChannel(eu), withoutChannel(us)]],
])("passes %s", async (_, stack) => {
  expect(await findings(stack)).toEqual([]);
  expect(await findings(stack, { firstPreview: true })).toEqual([]);
});

test.each<[string, Registered[], string, string]>([
  ["no channel for a pool", stackOf([eu, withoutChannel(us)]), "us", noChannel("pool-us")],
  [
    "a channel that is off",
    stackOf([eu, withChannel("CHANNEL_DISABLED")]),
    "us",
    otherChannel('"CHANNEL_DISABLED"', "pool-us"),
  ],
  ["a number", stackOf([eu, withChannel(1)]), "us", otherChannel("1", "pool-us")],
  [
    "a list for an object",
    stackOf([eu, changed(us, "gatewayApiConfig", [{}])]),
    "us",
    noChannel("pool-us"),
  ],
  [
    "no channel for the gateway",
    stackOf([withoutChannel(eu), us], [inCluster("eu", gateway), ...inUs]),
    "eu",
    noChannel("gateway"),
  ],
  [
    "no channel for a route",
    stackOf([withoutChannel(eu), us], [inCluster("eu", route)]),
    "eu",
    noChannel("route"),
  ],
  [
    "Autopilot told otherwise",
    stackOf([eu, merged(withChannel("CHANNEL_DISABLED"), { enableAutopilot: true })]),
    "us",
    otherChannel('"CHANNEL_DISABLED"', "pool-us"),
  ],
  [
    "no load balancing",
    stackOf([eu, changed(us, DISABLED, true)]),
    "us",
    noAddon("true", "pool-us"),
  ],
  [
    "a text for no load balancing",
    stackOf([eu, changed(us, DISABLED, "true")]),
    "us",
    noAddon('"true"', "pool-us"),
  ],
])("fails %s", async (_, stack, resource, message) => {
  expect(await findings(stack)).toEqual([["mandatory", resource, message]]);
  expect(await findings(stack, { firstPreview: true })).toEqual([["mandatory", resource, message]]);
});

test("says it once for a cluster, and of each", async () => {
  const stack = stackOf([withoutChannel(eu), withoutChannel(us)]);
  expect(await findings(stack)).toEqual([
    ["mandatory", "eu", noChannel("pool-eu")],
    ["mandatory", "us", noChannel("pool-us")],
  ]);
});

test("judges objects under generated classes' tokens", async () => {
  const stack = stackOf([eu, withoutChannel(us)], inUs.map(asGenerated));
  expect(await findings(stack)).toEqual([["mandatory", "us", noChannel("pool-us")]]);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = withChannel("CHANNEL_DISABLED");
  const known = { ...us, inputs: unknownBut(inputs, CHANNEL, DISABLED, "name") };
  expect(await findings(stackOf([eu, known]))).toEqual([
    ["mandatory", "us", otherChannel('"CHANNEL_DISABLED"', "pool-us")],
  ]);
});

test.each<[string, Registered, string]>([
  ["the channel", withChannel(UNKNOWN), CHANNEL],
  ["the add-on", changed(us, "addonsConfig", UNKNOWN), DISABLED],
  [
    "whether Autopilot brings it",
    merged(withoutChannel(us), { enableAutopilot: UNKNOWN }),
    "enableAutopilot",
  ],
])("advises where %s is not known yet", async (_, unknown, path) => {
  expect(await findings(stackOf([eu, unknown]))).toEqual([["advisory", "us", pending(path)]]);
});

test("judges each of many", async () => {
  const pools = Array.from({ length: 300 }, (_, i) => ({ ...pool, name: `pool-${i}` }));
  const stack = stackOf(
    [eu, withoutChannel(us)],
    pools.map((each) => inCluster("us", each)),
  );
  expect(await findings(stack)).toEqual([["mandatory", "us", noChannel("pool-0")]]);
});
