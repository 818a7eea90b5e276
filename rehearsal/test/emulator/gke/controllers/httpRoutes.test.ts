import { httpRoutes } from "../../../../emulator/gke/controllers/httpRoutes";
import { Gateway, HTTPRoute, RouteParentStatus } from "../../../../emulator/gke/world/kinds";
import {
  EXPORTED,
  fleet,
  Fleet,
  gateway,
  gatewayClass,
  nodePool,
  object,
  pool,
  poolImport,
  route,
  statusIn,
  told,
} from "../support/world";

function withRoute(changed: HTTPRoute = route(), on: Gateway = gateway()): Fleet {
  const made = fleet();
  made.west.put(gatewayClass(), on, changed);
  return made;
}

function parents({ world }: Fleet): RouteParentStatus[] {
  return statusIn<{ parents: RouteParentStatus[] }>(httpRoutes(world)).parents;
}

function conditions(made: Fleet): string[] {
  return parents(made).flatMap((parent) => told(parent.conditions));
}

test("a route to an imported pool is bound, resolved and reconciled", () => {
  const made = withRoute();
  made.west.put(poolImport());
  expect(parents(made)).toMatchObject([
    { parentRef: { name: "cross-region" }, controllerName: "networking.gke.io/gateway" },
  ]);
  expect(conditions(made)).toEqual([
    "Accepted=True Accepted",
    "ResolvedRefs=True ResolvedRefs",
    "Reconciled=True ReconciliationSucceeded",
  ]);
});

test("a status that is right is not written again", () => {
  const made = withRoute();
  made.west.put(poolImport());
  made.west.put({ ...route(), status: { parents: parents(made) } });
  expect(httpRoutes(made.world)).toEqual([]);
});

test("an import that does not exist is named, with the reason", () => {
  const message =
    "GCPInferencePoolImport default/llama not found: " +
    "no member of the fleet (gke-west, gke-east) has an InferencePool default/llama";
  expect(conditions(withRoute()).slice(1)).toEqual([
    `ResolvedRefs=False BackendNotFound: ${message}`,
    `Reconciled=False ReconciliationFailed: ${message}`,
  ]);
});

test("on a cluster that is not the config cluster the group is not supported", () => {
  const made = fleet();
  const rilb = gateway();
  rilb.spec.gatewayClassName = "gke-l7-rilb";
  made.east.put(gatewayClass("gke-l7-rilb"), rilb, route());
  expect(conditions(made)[1]).toBe(
    "ResolvedRefs=False InvalidKind: group networking.gke.io is not supported",
  );
});

test("an import needs a multi-cluster Gateway", () => {
  const made = fleet();
  const rilb = gateway();
  rilb.spec.gatewayClassName = "gke-l7-rilb";
  made.west.put(gatewayClass("gke-l7-rilb"), rilb, route(), poolImport());
  expect(conditions(made)[1]).toBe(
    "ResolvedRefs=False InvalidKind: GCPInferencePoolImport needs a multi-cluster Gateway, not one of class gke-l7-rilb",
  );
});

test.each([
  [{ name: "web", port: 80 }, "Service web cannot stand behind a multi-cluster Gateway"],
  [
    { group: "inference.networking.k8s.io", kind: "InferencePool", name: "llama" },
    "InferencePool llama cannot stand behind a multi-cluster Gateway",
  ],
])("backend %j does not fit a multi-cluster Gateway", (ref, message) => {
  expect(conditions(withRoute(route([ref])))[1]).toBe(`ResolvedRefs=False InvalidKind: ${message}`);
});

test("a single-cluster Gateway takes Services and pools that exist, and no other kind", () => {
  const rilb = gateway();
  rilb.spec.gatewayClassName = "gke-l7-rilb";
  const behind = (ref: object) => {
    const made = withRoute(route([ref]), rilb);
    made.west.put(gatewayClass("gke-l7-rilb"), object("Service", "default/web"), pool());
    return conditions(made)[1];
  };
  expect(behind({ name: "web", port: 80 })).toBe("ResolvedRefs=True ResolvedRefs");
  expect(behind({ name: "wbe", port: 80 })).toBe(
    "ResolvedRefs=False BackendNotFound: Service default/wbe not found",
  );
  expect(
    behind({ group: "inference.networking.k8s.io", kind: "InferencePool", name: "llama" }),
  ).toBe("ResolvedRefs=True ResolvedRefs");
  expect(behind({ group: "example.net", kind: "Thing", name: "x" })).toBe(
    "ResolvedRefs=False InvalidKind: kind example.net/Thing is not supported",
  );
});

test("a backend in another namespace needs a ReferenceGrant there", () => {
  const ref = { group: "networking.gke.io", kind: "GCPInferencePoolImport" };
  const made = withRoute(route([{ ...ref, name: "llama", namespace: "models" }]));
  made.west.put(poolImport("models/llama"));
  expect(conditions(made)[1]).toBe(
    "ResolvedRefs=False RefNotPermitted: no ReferenceGrant in namespace models lets HTTPRoutes of default use GCPInferencePoolImport llama",
  );
  const from = [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", namespace: "default" }];
  made.west.put(object("ReferenceGrant", "models/grant", { spec: { from, to: [ref] } }));
  expect(conditions(made)[1]).toBe("ResolvedRefs=True ResolvedRefs");
});

test("a listener takes routes of its namespace only, unless it says otherwise", () => {
  const other = { ...route(), metadata: { name: "llama", namespace: "models" } };
  other.spec = { ...other.spec, parentRefs: [{ name: "cross-region", namespace: "default" }] };
  const made = withRoute(other);
  expect(conditions(made)[0]).toBe(
    "Accepted=False NotAllowedByListeners: no listener allows HTTPRoutes of namespace models (allowedRoutes)",
  );
  const open = gateway();
  const [listener] = open.spec.listeners;
  open.spec.listeners = [
    {
      ...listener,
      name: "http",
      port: 80,
      protocol: "HTTP",
      allowedRoutes: { namespaces: { from: "All" } },
    },
  ];
  made.west.put(open);
  expect(conditions(made)[0]).toBe("Accepted=True Accepted");
  const selector = { matchLabels: { team: "models" } };
  open.spec.listeners = [
    {
      name: "http",
      port: 80,
      protocol: "HTTP",
      allowedRoutes: { namespaces: { from: "Selector", selector } },
    },
  ];
  made.west.put(object("Namespace", "models"));
  expect(conditions(made)[0]).toContain("NotAllowedByListeners");
  made.west.put(object("Namespace", "models", {}, { labels: { team: "models" } }));
  expect(conditions(made)[0]).toBe("Accepted=True Accepted");
});

test("a listener that does not exist is named", () => {
  const changed = route();
  changed.spec.parentRefs = [{ name: "cross-region", sectionName: "https" }];
  expect(conditions(withRoute(changed))[0]).toBe(
    "Accepted=False NoMatchingParent: no listener https; the Gateway has http (port 80)",
  );
});

test("50 network endpoint groups are allowed, over all clusters", () => {
  const made = withRoute();
  const eightPorts = pool("default/llama", EXPORTED);
  eightPorts.spec.targetPorts = Array.from({ length: 8 }, (_, i) => ({ number: 8000 + i }));
  made.west.put(poolImport(), eightPorts);
  made.east.put(eightPorts);
  const zones = (cluster: Fleet["west"], count: number) => {
    const names = ["a", "b", "c", "d"].slice(0, count).map((z) => `${cluster.spec.location}-${z}`);
    cluster.pools = [nodePool(cluster.spec, { zones: names })];
  };
  zones(made.west, 3);
  zones(made.east, 3);
  expect(conditions(made)[2]).toBe("Reconciled=True ReconciliationSucceeded");
  zones(made.east, 4);
  expect(conditions(made)[2]).toBe(
    "Reconciled=False ReconciliationFailed: backend service of default/llama needs 56 network endpoint groups (ports x zones, over all clusters); 50 are allowed",
  );
});

test("what other controllers say of a route stays", () => {
  const other = { parentRef: { name: "mesh" }, controllerName: "example.net/mesh", conditions: [] };
  const made = withRoute({ ...route(), status: { parents: [other] } });
  expect(parents(made)[0]).toEqual(other);
});

describe("what the CRD takes and GKE does not", () => {
  const MISCONFIGURED = 'Error GWCER104: HTTPRoute "default/llama" is misconfigured, err: ';

  function ruled(rule: object, parent: object = {}, gatewayClassName?: string): string[] {
    const [plain] = route().spec.rules ?? [];
    const spec = {
      parentRefs: [{ name: "cross-region", ...parent }],
      rules: [{ ...plain, ...rule }],
    };
    const on = gateway();
    on.spec.gatewayClassName = gatewayClassName ?? on.spec.gatewayClassName;
    const made = withRoute(object("HTTPRoute", "default/llama", { spec }), on);
    made.west.put(gatewayClass(on.spec.gatewayClassName), poolImport());
    return conditions(made);
  }

  const filter = (type: string, body: object) => ({ filters: [{ type, ...body }] });
  const mirror = { type: "RequestMirror", requestMirror: { backendRef: { name: "other" } } };
  const matching = (match: object) => ({ matches: [match] });

  test.each<[string, object, string]>([
    ["timeouts", { timeouts: { request: "60s" } }, "Timeouts are not supported."],
    ["a timeout of none", { timeouts: { request: "0s" } }, "Timeouts are not supported."],
    ["retries", { retry: { attempts: 2 } }, "Retries are not supported."],
    [
      "session persistence",
      { sessionPersistence: { type: "Cookie" } },
      "Session persistence is not supported.",
    ],
    [
      "a regular expression",
      matching({ path: { type: "RegularExpression", value: "^/.*$" } }),
      "Paths must start with a '/' character \"^/.*$\"",
    ],
    ["a method", matching({ method: "POST" }), "Method matching is not supported."],
    [
      "a query parameter",
      matching({ queryParams: [{ name: "a", value: "b" }] }),
      "Query parameter matching is not supported.",
    ],
    ["two mirrors", { filters: [mirror, mirror] }, "Multiple request mirrors are not supported."],
    ["CORS", filter("CORS", { cors: { allowOrigins: ["*"] } }), "CORS filters are not supported."],
    [
      "a redirect to a port",
      filter("RequestRedirect", { requestRedirect: { scheme: "https", port: 443 } }),
      "Redirects to a port are not supported.",
    ],
    [
      "a redirect with another code",
      filter("RequestRedirect", { requestRedirect: { scheme: "https", statusCode: 308 } }),
      "Redirect status codes other than 301 and 302 are not supported.",
    ],
    [
      "a rewrite of the whole path",
      filter("URLRewrite", {
        urlRewrite: { path: { type: "ReplaceFullPath", replaceFullPath: "/" } },
      }),
      "ReplaceFullPath is not supported.",
    ],
    [
      "a filter of one backend",
      {
        backendRefs: [
          {
            ...{ group: "networking.gke.io", kind: "GCPInferencePoolImport", name: "llama" },
            filters: [{ type: "RequestHeaderModifier", requestHeaderModifier: { remove: ["a"] } }],
          },
        ],
      },
      "Backend filters are not supported.",
    ],
  ])("%s: the route is not accepted, and not reconciled", (_, rule, words) => {
    expect(ruled(rule)).toEqual([
      `Accepted=False UnsupportedValue: ${MISCONFIGURED}${words}`,
      "ResolvedRefs=True ResolvedRefs",
      `Reconciled=False ReconciliationFailed: ${MISCONFIGURED}${words}`,
    ]);
  });

  test("the port of a parent", () => {
    expect(ruled({}, { port: 80 })[0]).toBe(
      `Accepted=False UnsupportedValue: ${MISCONFIGURED}Ports of parent references are not supported.`,
    );
  });

  test("the classic load balancer has no filters at all", () => {
    const header = filter("RequestHeaderModifier", { requestHeaderModifier: { remove: ["a"] } });
    expect(ruled(header, {}, "gke-l7-gxlb")[0]).toBe(
      `Accepted=False UnsupportedValue: ${MISCONFIGURED}classic GXLB (GatewayClass gke-l7-gxlb) does not support rule ` +
        "filters, GFEv3 based External LB (GatewayClass gke-l7-global-external-managed) supports rule filters.",
    );
  });

  test.each<[string, object]>([
    [
      "a prefix and a header",
      matching({ path: { type: "PathPrefix", value: "/v1" }, headers: [] }),
    ],
    ["a header's filter", filter("RequestHeaderModifier", { requestHeaderModifier: {} })],
    ["one mirror", { filters: [mirror] }],
    ["a redirect to https", filter("RequestRedirect", { requestRedirect: { statusCode: 301 } })],
    [
      "a rewritten prefix",
      filter("URLRewrite", {
        urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } },
      }),
    ],
    ["empty lists", { filters: [], matches: [{ queryParams: [] }] }],
  ])("%s is taken", (_, rule) => {
    expect(ruled(rule)[0]).toBe("Accepted=True Accepted");
  });
});
