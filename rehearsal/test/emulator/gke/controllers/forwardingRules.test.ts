import { rulesOf } from "../../../../emulator/gke/controllers/forwardingRules";
import { Listener, RouteRule } from "../../../../emulator/gke/world/kinds";
import { fleet, gateway, object, poolImport } from "../support/world";

const REF = { group: "networking.gke.io", kind: "GCPInferencePoolImport", name: "llama" };

interface Given {
  hostnames?: string[];
  rules: RouteRule[];
  createdAt?: string;
}

/** Rules of a listener, of routes with these specs. */
function rules(routes: Given[], listener: Partial<Listener> = {}) {
  const { west } = fleet();
  west.absent = [];
  west.put(poolImport(), poolImport("default/other"));
  for (const [i, { createdAt, ...spec }] of routes.entries()) {
    const parentRefs = [{ name: "cross-region" }];
    const fields = { spec: { parentRefs, ...spec } };
    const metadata = createdAt === undefined ? {} : { creationTimestamp: createdAt };
    west.put(object("HTTPRoute", `default/route-${i}`, fields, metadata));
  }
  return rulesOf(west, gateway(), { name: "http", port: 80, protocol: "HTTP", ...listener });
}

const path = (value: string, type?: string): RouteRule => ({
  matches: [{ path: { value, ...(type !== undefined && { type }) } }],
  backendRefs: [REF],
});
const paths = (found: ReturnType<typeof rules>) =>
  found.map(({ match }) => `${match.path.type} ${match.path.value}`);

test("a rule without matches takes everything, and hands its filters on", () => {
  const filters = [{ type: "RequestHeaderModifier", requestHeaderModifier: { remove: ["x"] } }];
  expect(rules([{ rules: [{ filters, backendRefs: [REF] }] }])).toEqual([
    {
      hostname: "*",
      match: { path: { type: "PathPrefix", value: "/" }, headers: [] },
      filters,
      backends: [{ pool: "default/llama", weight: 1 }],
    },
  ]);
});

test("an exact path stands before a prefix, and a longer one before a shorter", () => {
  const found = rules([
    { rules: [path("/"), path("/v1/models"), path("/v1", "Exact"), path("/v1/models/x", "Exact")] },
  ]);
  expect(paths(found)).toEqual([
    "Exact /v1/models/x",
    "Exact /v1",
    "PathPrefix /v1/models",
    "PathPrefix /",
  ]);
});

test("more headers stand before fewer, and the older route before the younger", () => {
  const headers = [
    { name: "a", value: "1" },
    { name: "b", value: ".*", type: "RegularExpression" },
  ];
  const found = rules([
    { rules: [{ ...path("/"), filters: [{ type: "young" }] }], createdAt: "2026-02-02T00:00:00Z" },
    { rules: [{ ...path("/"), filters: [{ type: "old" }] }], createdAt: "2026-01-01T00:00:00Z" },
    { rules: [{ matches: [{ headers }], backendRefs: [REF] }], createdAt: "2026-03-03T00:00:00Z" },
  ]);
  expect(found.map(({ filters }) => filters[0]?.type)).toEqual([undefined, "old", "young"]);
  expect(found[0]?.match.headers).toEqual([
    { name: "a", value: "1", isRegex: false },
    { name: "b", value: ".*", isRegex: true },
  ]);
});

test.each([
  [undefined, undefined, ["*"]],
  [undefined, ["a.example.com", "b.example.com"], ["a.example.com", "b.example.com"]],
  ["a.example.com", undefined, ["a.example.com"]],
  ["a.example.com", ["a.example.com", "b.example.com"], ["a.example.com"]],
  ["*.example.com", ["a.example.com", "a.example.net"], ["a.example.com"]],
  ["a.example.com", ["*.example.com"], ["a.example.com"]],
  ["*.example.com", ["example.com"], []],
])("a listener for %s and a route for %j meet at %j", (own, hostnames, expected) => {
  const listener = own === undefined ? {} : { hostname: own };
  const found = rules([{ rules: [path("/")], ...(hostnames && { hostnames }) }], listener);
  expect(found.map(({ hostname }) => hostname)).toEqual(expected);
});

test("backends are imported pools that exist, by their weights", () => {
  const other = { ...REF, name: "other" };
  const backendRefs = [
    { ...REF, weight: 3 },
    other,
    { ...other, weight: 0 },
    { ...REF, name: "missing" },
    { name: "service", port: 80 },
  ];
  expect(rules([{ rules: [{ backendRefs }] }])[0]?.backends).toEqual([
    { pool: "default/llama", weight: 3 },
    { pool: "default/other", weight: 1 },
  ]);
});
