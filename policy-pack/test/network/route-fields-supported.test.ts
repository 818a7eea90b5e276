import { UNKNOWN } from "../support/unknown";
import { routeFieldsSupported } from "../../network/route-fields-supported";
import { route } from "../fixtures/fleet";
import { pending } from "../fixtures/messages";
import { edit, gateway, stack, swapped } from "../fixtures/routeAttached";
import { asGenerated } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const RULE = "spec.rules.0";
const AT = "spec.rules[0]";

const findings = findingsOf(routeFieldsSupported);

const withRule = (field: string, value: unknown) => edit(route, [[`${RULE}.${field}`, value]]);
const ofClass = (name: string) => edit(gateway, [["spec.gatewayClassName", name]]);
const timed = withRule("timeouts", { request: "60s" });
const TIMEOUTS =
  `${AT}.timeouts: GKE takes no route with timeouts; ` +
  "remove it, and set timeoutSec in the GCPBackendPolicy of the backend";

/** A patch, which holds only what it changes. */
function patch(resource: Registered): Registered {
  return { ...resource, type: `${resource.type}Patch`, name: `${resource.name}-patch` };
}

const mirror = { type: "RequestMirror", requestMirror: { backendRef: { name: "other" } } };

test.each<[string, string, unknown, string]>([
  ["timeouts", "timeouts", { request: "0s" }, TIMEOUTS],
  [
    "retries",
    "retry",
    { attempts: 2 },
    `${AT}.retry: GKE takes no route with retries; remove it, and let clients try again`,
  ],
  [
    "session persistence",
    "sessionPersistence",
    { type: "Cookie" },
    `${AT}.sessionPersistence: GKE takes no route with session persistence; remove it; a Service has sessionAffinity ` +
      "in its GCPBackendPolicy, in a pool the endpoint picker chooses the endpoint",
  ],
  [
    "a regular expression",
    "matches",
    [{ path: { type: "RegularExpression", value: "^/.*$" } }],
    `${AT}.matches[0].path.type: GKE matches no regular expressions; write PathPrefix or Exact`,
  ],
  [
    "a method",
    "matches",
    [{ path: { type: "Exact", value: "/" } }, { method: "POST" }],
    `${AT}.matches[1].method: GKE matches no methods; match the path or a header`,
  ],
  [
    "a redirect to a port",
    "filters",
    [{ type: "RequestRedirect", requestRedirect: { scheme: "https", port: 443 } }],
    `${AT}.filters[0].requestRedirect.port: GKE redirects to no port; remove it; the scheme tells the port`,
  ],
  [
    "a rewrite of the whole path",
    "filters",
    [
      {
        type: "URLRewrite",
        urlRewrite: { path: { type: "ReplaceFullPath", replaceFullPath: "/" } },
      },
    ],
    `${AT}.filters[0].urlRewrite.path.type: GKE rewrites prefixes only; write ReplacePrefixMatch`,
  ],
])("refuses %s", async (_, field, value, message) => {
  const broken = withRule(field, value);
  const said = [["mandatory", route.name, message]];
  expect(await findings(swapped(broken))).toEqual(said);
  expect(await findings(swapped(broken), { firstPreview: true })).toEqual(said);
  const generated = swapped(broken).map((each) => (each === broken ? asGenerated(each) : each));
  expect(await findings(generated)).toEqual(said);
});

test.each<[string, string, unknown, string]>([
  [
    "query parameters",
    `${RULE}.matches`,
    [{ queryParams: [{ name: "a", value: "b" }] }],
    `${AT}.matches[0].queryParams: GKE matches no query parameters, by its conformance report; match the path or a header`,
  ],
  [
    "two mirrors",
    `${RULE}.filters`,
    [mirror, mirror],
    `${AT}.filters: GKE mirrors requests to one backend only, by its conformance report; leave one RequestMirror`,
  ],
  [
    "CORS",
    `${RULE}.filters`,
    [{ type: "CORS", cors: { allowOrigins: ["*"] } }],
    `${AT}.filters[0].cors: GKE has no filter for CORS, by its conformance report; let the backend answer`,
  ],
  [
    "another code of a redirect",
    `${RULE}.filters`,
    [{ type: "RequestRedirect", requestRedirect: { statusCode: 308 } }],
    `${AT}.filters[0].requestRedirect.statusCode: GKE redirects with 301 and 302 only, by its conformance report; ` +
      "write one of these",
  ],
  [
    "filters of a backend",
    `${RULE}.backendRefs.0.filters`,
    [{ type: "RequestHeaderModifier", requestHeaderModifier: { remove: ["a"] } }],
    `${AT}.backendRefs[0].filters: GKE filters by rule and not by backend, by its conformance report; ` +
      "move it to the filters of the rule",
  ],
  [
    "the port of a parent",
    "spec.parentRefs.0.port",
    80,
    "spec.parentRefs[0].port: GKE looks at no port of a parent, by its conformance report; name the listener by sectionName",
  ],
])("advises against %s, which only the report has", async (_, path, value, message) => {
  expect(await findings(swapped(edit(route, [[path, value]])))).toEqual([
    ["advisory", route.name, message],
  ]);
});

test.each<[string, readonly Registered[]]>([
  ["the good stack", stack],
  [
    "what GKE takes",
    swapped(
      edit(route, [
        [
          `${RULE}.matches`,
          [{ path: { type: "PathPrefix", value: "/v1" }, headers: [], queryParams: [] }],
        ],
        [
          `${RULE}.filters`,
          [
            { type: "RequestHeaderModifier", requestHeaderModifier: { remove: ["a"] } },
            mirror,
            { type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } },
            { type: "URLRewrite", urlRewrite: { path: { type: "ReplacePrefixMatch" } } },
          ],
        ],
      ]),
    ),
  ],
  ["null for timeouts", swapped(withRule("timeouts", null))],
  ["a Gateway of another implementation", swapped(timed, ofClass("istio"))],
  ["GKE's service mesh", swapped(timed, ofClass("gke-td"))],
  [
    "malformed input",
    swapped(edit(route, [["spec.rules", [null, 7, { matches: "all", filters: {} }]]])),
  ],
  ["no spec", swapped(edit(route, [["spec"]]))],
  [
    "a route to a Service, whose Gateway is elsewhere",
    [edit(timed, [[`${RULE}.backendRefs`, [{ name: "web", port: 80 }]]])],
  ],
  ["a patch of a route that is not here", [patch(edit(timed, [[`${RULE}.backendRefs`]]))]],
  ["a patch of what GKE takes", [...stack, patch(withRule("matches", []))]],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test("judges a route to an import whose Gateway is elsewhere: nobody else has imports", async () => {
  expect(await findings([timed])).toEqual([["mandatory", route.name, TIMEOUTS]]);
});

test("judges a patch by the Gateway of the route that it changes", async () => {
  const changes = patch(edit(timed, [["spec.parentRefs"], [`${RULE}.backendRefs`]]));
  expect(await findings([...stack, changes])).toEqual([["mandatory", changes.name, TIMEOUTS]]);
  expect(await findings([...swapped(ofClass("istio")), changes])).toEqual([]);
});

test("the classic load balancer has no filters", async () => {
  const filtered = withRule("filters", [{ type: "RequestHeaderModifier" }]);
  expect(await findings(swapped(filtered, ofClass("gke-l7-gxlb")))).toEqual([
    [
      "mandatory",
      route.name,
      `${AT}.filters: the classic load balancer has no filters; use class gke-l7-global-external-managed`,
    ],
  ]);
  expect(await findings(swapped(filtered))).toEqual([]);
});

test("what is not known is said to be so", async () => {
  expect(await findings(swapped(withRule("timeouts", UNKNOWN)))).toEqual([
    ["advisory", route.name, pending(`${AT}.timeouts`)],
  ]);
  const hidden = swapped(edit(route, [["spec.rules", UNKNOWN]]));
  expect(await findings(hidden)).toEqual([["advisory", route.name, pending("spec.rules")]]);
});

test("says nothing while the class is not known", async () => {
  const unclear = edit(gateway, [["spec.gatewayClassName", UNKNOWN]]);
  expect(await findings(swapped(timed, unclear))).toEqual([]);
});
