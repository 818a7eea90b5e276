import { Json, routeConfig, wholeParts } from "../../../emulator/loadBalancer/routes";
import { ForwardingRule } from "../../../emulator/gke/forwarding";
import { EAST, forwarding, member, rule, WEST } from "./support/forwarding";

const PAIR = "default.cross-region|europe-west3|default.llama|";

interface Route {
  match: Record<string, Json>;
  route?: {
    weighted_clusters: {
      clusters: { name: string; weight: number; typed_per_filter_config: Json }[];
    };
    [field: string]: Json;
  };
  [field: string]: unknown;
}

/** Routes of the listener in the west. */
function routes(
  rules: ForwardingRule[],
  shares: Record<string, number> = { [`${PAIR}gke-west`]: 1 },
) {
  const picker = { addresses: [], failOpen: false };
  const members = [member("gke-west", WEST, []), member("gke-east", EAST, [], { picker })];
  const made = forwarding(members, { rules });
  const config = routeConfig("name", made, made.listeners[0], shares) as unknown as {
    virtual_hosts: { domains: string[]; routes: Route[] }[];
  };
  return config.virtual_hosts;
}

const first = (over: Partial<ForwardingRule>, shares?: Record<string, number>) =>
  routes([rule(over)], shares)[0]?.routes ?? [];

test("members get their shares, each with its own picker", () => {
  const shares = { [`${PAIR}gke-west`]: 0.75, [`${PAIR}gke-east`]: 0.25 };
  const [, withBody] = first({}, shares);
  const per = (picker: string, failOpen: boolean) => ({
    "envoy.filters.http.ext_proc": {
      "@type": "type.googleapis.com/envoy.extensions.filters.http.ext_proc.v3.ExtProcPerRoute",
      overrides: {
        grpc_service: {
          envoy_grpc: {
            cluster_name: `default.cross-region|picker|default.llama|${picker}`,
            authority: "picker",
          },
        },
        failure_mode_allow: failOpen,
      },
    },
  });
  expect(withBody).toEqual({
    match: { prefix: "/" },
    route: {
      weighted_clusters: {
        clusters: [
          { name: `${PAIR}gke-west`, weight: 7500, typed_per_filter_config: per("gke-west", true) },
          {
            name: `${PAIR}gke-east`,
            weight: 2500,
            typed_per_filter_config: per("gke-east", false),
          },
        ],
      },
      timeout: "30s",
    },
  });
});

test("a member without a share is not in the route", () => {
  const names = first({})[0]?.route?.weighted_clusters.clusters.map(({ name }) => name);
  expect(names).toEqual([`${PAIR}gke-west`]);
});

test("where nobody has a share, the answer is 503 in Envoy's words", () => {
  expect(first({}, {})[0]).toMatchObject({
    direct_response: { status: 503, body: { inline_string: "no healthy upstream" } },
  });
  expect(first({ backends: [] })[0]).toHaveProperty("direct_response.status", 503);
});

test("only requests without a body are tried again, once", () => {
  const [without, withBody] = first({});
  expect(without?.match).toEqual({
    prefix: "/",
    headers: [{ name: ":method", string_match: { safe_regex: { regex: "GET|HEAD|OPTIONS" } } }],
  });
  expect(without?.route?.retry_policy).toEqual({ retry_on: "gateway-error", num_retries: 1 });
  expect(withBody?.route).not.toHaveProperty("retry_policy");
});

test.each([
  ["PathPrefix", "/", { prefix: "/" }],
  ["PathPrefix", "/v1", { path_separated_prefix: "/v1" }],
  ["PathPrefix", "/v1/", { path_separated_prefix: "/v1" }],
  ["Exact", "/v1/", { path: "/v1/" }],
] as const)("%s %s is %j", (type, value, expected) => {
  expect(first({ match: { path: { type, value }, headers: [] } })[1]?.match).toEqual(expected);
});

test("headers must be as the rule says", () => {
  const headers = [
    { name: "a", value: "1", isRegex: false },
    { name: "b", value: "2.*", isRegex: true },
  ];
  const match = { path: { type: "PathPrefix", value: "/" } as const, headers };
  expect(first({ match })[1]?.match.headers).toEqual([
    { name: "a", string_match: { exact: "1" } },
    { name: "b", string_match: { safe_regex: { regex: "2.*" } } },
  ]);
});

test("each host has its own rules", () => {
  const hosts = routes([
    rule({ hostname: "a.example.com" }),
    rule(),
    rule({ hostname: "*.example.com" }),
  ]);
  expect(hosts.map(({ domains }) => domains)).toEqual([
    ["a.example.com"],
    ["*"],
    ["*.example.com"],
  ]);
});

test("filters change headers, paths and hosts", () => {
  const requestHeaderModifier = {
    set: [{ name: "a", value: "1" }],
    add: [{ name: "b", value: "2" }],
    remove: ["c"],
  };
  const urlRewrite = {
    hostname: "models.internal",
    path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/api" },
  };
  const filters = [
    { type: "RequestHeaderModifier", requestHeaderModifier },
    { type: "ResponseHeaderModifier", responseHeaderModifier: { remove: ["d"] } },
    { type: "URLRewrite", urlRewrite },
  ];
  const match = { path: { type: "PathPrefix", value: "/v1" } as const, headers: [] };
  expect(first({ match, filters })[1]).toMatchObject({
    request_headers_to_add: [
      { header: { key: "a", value: "1" }, append_action: "OVERWRITE_IF_EXISTS_OR_ADD" },
      { header: { key: "b", value: "2" }, append_action: "APPEND_IF_EXISTS_OR_ADD" },
    ],
    request_headers_to_remove: ["c"],
    response_headers_to_remove: ["d"],
    route: {
      host_rewrite_literal: "models.internal",
      regex_rewrite: { pattern: { regex: "^/v1(/|$)" }, substitution: "/api\\1" },
    },
  });
});

test("a redirect goes to nobody", () => {
  const requestRedirect = { scheme: "https", hostname: "other.example.com", statusCode: 301 };
  const found = first({ filters: [{ type: "RequestRedirect", requestRedirect }] });
  expect(found).toEqual([
    {
      match: { prefix: "/" },
      redirect: {
        response_code: "MOVED_PERMANENTLY",
        scheme_redirect: "https",
        host_redirect: "other.example.com",
      },
    },
  ]);
});

test("a rule's pools share its requests by their weights", () => {
  const made = forwarding([member("gke-west", WEST, [])]);
  const pools = [made.pools[0], { ...made.pools[0], pool: "default/other", timeoutSec: 90 }];
  const backends = [
    { pool: "default/llama", weight: 3 },
    { pool: "default/other", weight: 1 },
  ];
  const other = "default.cross-region|europe-west3|default.other|gke-west";
  const listener = { ...made.listeners[0], rules: [rule({ backends })] };
  const both = {
    ...made,
    pools,
    listeners: [listener],
  };
  const shares = { [`${PAIR}gke-west`]: 1, [other]: 1 };
  const config = JSON.stringify(routeConfig("name", both, listener, shares));
  expect(config).toContain(`{"name":"${PAIR}gke-west","weight":7500`);
  expect(config).toContain(`{"name":"${other}","weight":2500`);
  expect(config).toContain('"timeout":"90s"');
});

test.each([
  [[1], [10000]],
  [
    [1 / 3, 1 / 3, 1 / 3],
    [3334, 3333, 3333],
  ],
  [
    [0.99999, 0.00001],
    [10000, 0],
  ],
  [
    [0.5, 0.25],
    [5000, 2500],
  ],
  [[], []],
])("%j are %j", (shares, expected) => {
  expect(wholeParts(shares)).toEqual(expected);
});
