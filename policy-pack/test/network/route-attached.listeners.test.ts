import { UNKNOWN } from "../support/unknown";
import { route } from "../fixtures/fleet";
import { pending } from "../fixtures/messages";
import {
  PARENT,
  REF,
  edit,
  findings,
  gateway,
  judged,
  swapped,
  withGateway,
  withRoute,
} from "../fixtures/routeAttached";
import { asGenerated, changed } from "../fixtures/stack";
import type { Registered } from "../support/policies";

const ALLOWED = "spec.listeners.0.allowedRoutes";

const kept = (where = "", place = "llm") =>
  `${REF}: Gateway gateway admits no HTTPRoute of namespace ${place}${where}; admit it by the ` +
  "listener's allowedRoutes";

test.each<[string, readonly Registered[]]>([
  ["listeners for all namespaces", elsewhere("All")],
  ["listeners for labelled namespaces", elsewhere("Selector")],
  ["a listener for HTTPRoutes", withGateway([ALLOWED, { kinds: [{ kind: "HTTPRoute" }] }])],
  [
    "one listener of two that lets the route in",
    withGateway([
      "spec.listeners",
      [
        {
          name: "a",
          protocol: "HTTPS",
          port: 443,
          allowedRoutes: { namespaces: { from: "None" } },
        },
        { name: "b", protocol: "HTTP", port: 80, allowedRoutes: null },
      ],
    ]),
  ],
  ["an odd listener", withGateway(["spec.listeners", [null]])],
  ["no listeners", withGateway(["spec.listeners"])],
  [
    "TLS that is passed on",
    [
      ...withGateway([
        "spec.listeners",
        [
          { name: "http", protocol: "HTTP", port: 80 },
          { name: "tls", protocol: "TLS", port: 443, tls: { mode: "Passthrough" } },
        ],
      ]),
    ],
  ],
  [
    "another Gateway's protocol",
    [
      edit(gateway, [
        ["spec.gatewayClassName", "istio"],
        ["spec.listeners.0.protocol", "TLS"],
      ]),
    ],
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

/** The Gateway in another namespace, which the route names. */
function elsewhere(from: string): readonly Registered[] {
  const moved = edit(gateway, [
    ["metadata.namespace", "gateways"],
    [ALLOWED, { namespaces: { from } }],
  ]);
  return swapped(moved, changed(route, `${PARENT}.namespace`, "gateways"));
}

const named = (listener: unknown, hostnames: unknown) =>
  swapped(
    edit(gateway, [["spec.listeners.0.hostname", listener]]),
    edit(route, [["spec.hostnames", hostnames]]),
  );

test.each<[unknown, unknown]>([
  ["llm.corp.internal", ["llm.corp.internal"]],
  ["LLM.corp.internal", ["llm.CORP.internal"]],
  ["*.corp.internal", ["llm.corp.internal"]],
  ["*.corp.internal", ["a.b.corp.internal"]],
  ["llm.corp.internal", ["other.example", "*.corp.internal"]],
  ["*.corp.internal", ["*.llm.corp.internal"]],
  ["llm.corp.internal", null],
  ["llm.corp.internal", []],
  ["", ["llm.corp.internal"]],
  [null, ["llm.corp.internal"]],
])("a listener for %j takes the route for %j", async (listener, hostnames) => {
  expect(await findings(named(listener, hostnames))).toEqual([]);
});

test.each<[string, readonly string[]]>([
  ["llm.corp.internal", ["other.example.com"]],
  ["*.corp.internal", ["corp.internal"]],
  ["*.corp.internal", ["llm.corp.internal.example"]],
  ["*.a.internal", ["*.b.internal"]],
])("a listener for %j does not take the route for %j", async (listener, hostnames) => {
  const problem =
    `spec.hostnames: ${JSON.stringify(hostnames)} has no name in common with Gateway gateway, whose ` +
    `listeners are for ${listener}, so the route is attached to none of them`;
  const [[level, resource, message] = [], ...others] = await findings(named(listener, hostnames));
  expect([level, resource, others]).toEqual(["mandatory", "route", []]);
  expect(String(message).slice(0, problem.length + 1)).toBe(`${problem};`);
});

test.each<[unknown, unknown, string, string]>([
  [UNKNOWN, ["llm.corp.internal"], "gateway", "spec.listeners[0].hostname"],
  ["llm.corp.internal", UNKNOWN, "route", "spec.hostnames"],
  ["llm.corp.internal", [UNKNOWN], "route", "spec.hostnames[0]"],
])("advises where %j or %j is not known yet", async (listener, hostnames, resource, path) => {
  expect(await findings(named(listener, hostnames))).toEqual([
    ["advisory", resource, pending(path)],
  ]);
});

test.each<[string, readonly Registered[], string, string]>([
  [
    "another listener",
    withRoute([`${PARENT}.sectionName`, "htp"]),
    "route",
    `${REF}.sectionName: "htp" is not a listener of Gateway gateway; did you mean http?`,
  ],
  [
    "a listener of another protocol",
    withGateway(["spec.listeners.0.protocol", "TCP"]),
    "gateway",
    'spec.listeners[0].protocol: "TCP" is not a protocol that a Gateway of GKE serves; ' +
      "write HTTP or HTTPS",
  ],
  [
    "TLS that is to be decrypted",
    withGateway(["spec.listeners.0.protocol", "TLS"]),
    "gateway",
    "spec.listeners[0].tls.mode: is not set, which stands for Terminate, and GKE serves TLS undecrypted only; " +
      'write "Passthrough", or HTTPS for the protocol',
  ],
  [
    "TLS of the classic load balancer",
    withGateway(
      ["spec.gatewayClassName", "gke-l7-gxlb"],
      ["spec.listeners.0.protocol", "TLS"],
      ["spec.listeners.0.tls", { mode: "Passthrough" }],
    ),
    "gateway",
    'spec.listeners[0].protocol: "TLS" is not a protocol that a Gateway of GKE serves; ' +
      "write HTTP or HTTPS",
  ],
  ["another namespace's listeners", elsewhere("Same"), "route", kept()],
  [
    "listeners for nobody",
    withGateway([ALLOWED, { namespaces: { from: "None" } }]),
    "route",
    kept(),
  ],
  [
    "listeners for other routes",
    withGateway([ALLOWED, { kinds: [{ kind: "GRPCRoute" }] }]),
    "route",
    kept(),
  ],
  [
    "a listener for nobody beside one for all",
    swapped(
      changed(gateway, "spec.listeners", [
        { name: "a", protocol: "HTTP", port: 80 },
        { name: "b", protocol: "HTTP", port: 81, allowedRoutes: { namespaces: { from: "None" } } },
      ]),
      changed(route, `${PARENT}.sectionName`, "b"),
    ),
    "route",
    kept(' at listener "b"'),
  ],
])("fails %s", async (_, resources, resource, message) => {
  const expected = [["mandatory", resource, message]];
  expect(await findings(resources)).toEqual(expected);
  expect(await findings(resources, { firstPreview: true })).toEqual(expected);
  expect(await findings(resources.map(asGenerated))).toEqual(expected);
});

describe("on a first preview", () => {
  test.each<[string, Registered, string, string]>([
    [
      "a listener's name",
      changed(route, `${PARENT}.sectionName`, UNKNOWN),
      "route",
      `${REF}.sectionName`,
    ],
    ["the listeners", changed(gateway, "spec.listeners", UNKNOWN), "gateway", "spec.listeners"],
    [
      "who is let in",
      changed(gateway, ALLOWED, { namespaces: UNKNOWN }),
      "gateway",
      "spec.listeners[0].allowedRoutes.namespaces.from",
    ],
    [
      "what becomes of TLS",
      edit(gateway, [
        ["spec.listeners.0.protocol", "TLS"],
        ["spec.listeners.0.tls", { mode: UNKNOWN }],
      ]),
      "gateway",
      "spec.listeners[0].tls.mode",
    ],
    [
      "a protocol",
      changed(gateway, "spec.listeners.0.protocol", UNKNOWN),
      "gateway",
      "spec.listeners[0].protocol",
    ],
  ])("advises where %s is not known yet", async (_, resource, at, path) => {
    expect(await judged(resource)).toEqual([["advisory", at, pending(path)]]);
  });
});
