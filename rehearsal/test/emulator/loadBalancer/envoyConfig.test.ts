import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { bootstrap, envoyFiles, Plan } from "../../../emulator/loadBalancer/envoyConfig";
import { listenerName } from "../../../emulator/loadBalancer/names";
import { envoyProgram } from "./support/envoy";
import { EAST, endpoint, forwarding, member, rule, WEST } from "./support/forwarding";

const PATHS = { directory: "/state", accessLog: "/state/access.log" };
const GATEWAY = "default/cross-region";
const PAIR = "default.cross-region|europe-west3|default.llama|gke-west";

function plan(over: Partial<Plan> = {}): Plan {
  const picker = { addresses: ["127.0.0.9:9002"], failOpen: true };
  const west = member("gke-west", WEST, ["127.0.0.1", "127.0.0.2"], { picker });
  return {
    forwardings: [forwarding([west, member("gke-east", EAST, ["127.0.1.1"])])],
    ports: { [listenerName(GATEWAY, WEST, 80)]: 4001, [listenerName(GATEWAY, EAST, 80)]: 4002 },
    shares: { [PAIR]: 1 },
    isHealthy: () => true,
    ...over,
  };
}

interface Resources {
  resources: Record<string, unknown>[];
}

const file = (name: string, given = plan()) =>
  envoyFiles(given, PATHS)[name] as unknown as Resources;
const named = (resources: Resources, name: string) =>
  resources.resources.find((each) => each.name === name);

test("each listener, pair and picker is there, and no file is missing", () => {
  const names = Object.keys(envoyFiles(plan(), PATHS)).sort();
  const pairs = [WEST, EAST].flatMap((region) =>
    ["gke-east", "gke-west"].map((name) => `default.cross-region_${region}_default.llama_${name}`),
  );
  expect(names).toEqual(
    [
      "clusters.json",
      ...pairs.map((pair) => `endpoints_${pair}.json`),
      "listeners.json",
      `routes_default.cross-region_${WEST}_80.json`,
      `routes_default.cross-region_${EAST}_80.json`,
    ].sort(),
  );
  expect(file("clusters.json").resources).toHaveLength(6);
  expect(file("listeners.json").resources).toMatchObject([
    { address: { socket_address: { address: "127.0.0.1", port_value: 4001 } } },
    { address: { socket_address: { address: "127.0.0.1", port_value: 4002 } } },
  ]);
});

test("a member's endpoint is the picker's choice, else the next in turn, and never an unhealthy one", () => {
  expect(named(file("clusters.json"), PAIR)).toMatchObject({
    type: "EDS",
    common_lb_config: { healthy_panic_threshold: { value: 0 } },
    metadata: { filter_metadata: { member: { cluster: "gke-west", pool: "default/llama" } } },
    load_balancing_policy: {
      policies: [
        {
          typed_extension_config: {
            typed_config: {
              override_host_sources: [{ header: "x-gateway-destination-endpoint" }],
              fallback_policy: {
                policies: [
                  { typed_extension_config: { name: "envoy.load_balancing_policies.round_robin" } },
                ],
              },
            },
          },
        },
      ],
    },
  });
});

test("a picker is reached by HTTP/2 and TLS", () => {
  const picker = "default.cross-region|picker|default.llama|gke-west";
  expect(named(file("clusters.json"), picker)).toMatchObject({
    load_assignment: {
      endpoints: [
        {
          lb_endpoints: [
            {
              endpoint: {
                address: { socket_address: { address: "127.0.0.9", port_value: 9002 } },
              },
            },
          ],
        },
      ],
    },
    transport_socket: { name: "envoy.transport_sockets.tls" },
  });
});

test("endpoints are healthy, unhealthy or draining", () => {
  const west = member("gke-west", WEST, ["127.0.0.1", "127.0.0.2"]);
  const ending = endpoint("127.0.0.3", { terminating: true });
  const forwardings = [forwarding([{ ...west, endpoints: [...west.endpoints, ending] }])];
  const isHealthy: Plan["isHealthy"] = (_, { ip }) => ip !== "127.0.0.2";
  const name = `endpoints_default.cross-region_${WEST}_default.llama_gke-west.json`;
  expect(file(name, plan({ forwardings, isHealthy })).resources).toMatchObject([
    {
      cluster_name: PAIR,
      endpoints: [
        {
          lb_endpoints: [
            { health_status: "HEALTHY" },
            { health_status: "UNHEALTHY" },
            { health_status: "DRAINING" },
          ],
        },
      ],
    },
  ]);
});

test("requests go through the picker whole, and the member that was chosen stays", () => {
  const text = JSON.stringify(file("listeners.json"));
  expect(text).toContain('"request_body_mode":"FULL_DUPLEX_STREAMED"');
  expect(text).toContain('"response_body_mode":"FULL_DUPLEX_STREAMED"');
  expect(text).toContain('"route_cache_action":"RETAIN"');
  expect(text).toContain('"request_mutations":[{"remove":"x-gateway-destination-endpoint"}]');
  expect(text).toContain(`"listener":"${EAST}"`);
});

describe("Envoy itself", () => {
  test("takes the configuration", () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "envoy-config-"));
    const paths = { directory, accessLog: path.join(directory, "access.log") };
    const urlRewrite = { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } };
    const match = { path: { type: "PathPrefix", value: "/v1" } as const, headers: [] };
    const redirect = { type: "RequestRedirect", requestRedirect: { scheme: "https" } };
    const rules = [
      rule(),
      rule({ match, filters: [{ type: "URLRewrite", urlRewrite }] }),
      rule({ hostname: "a.example.com", filters: [redirect] }),
    ];
    const members = [member("gke-west", WEST, ["127.0.0.1"])];
    const files = envoyFiles(plan({ forwardings: [forwarding(members, { rules })] }), paths);
    for (const [name, content] of Object.entries(files)) {
      fs.writeFileSync(path.join(directory, name), JSON.stringify(content));
    }
    const statically = {
      ...(bootstrap(paths, 0) as object),
      dynamic_resources: undefined,
      static_resources: {
        clusters: (files["clusters.json"] as unknown as Resources).resources.map(untyped),
        listeners: (files["listeners.json"] as unknown as Resources).resources.map(untyped),
      },
    };
    const config = path.join(directory, "envoy.json");
    fs.writeFileSync(config, JSON.stringify(statically));
    const { status, stderr } = spawnSync(envoyProgram(), ["--mode", "validate", "-c", config], {
      encoding: "utf8",
    });
    expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
    fs.rmSync(directory, { recursive: true });
  });
});

function untyped(resource: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(resource).filter(([key]) => key !== "@type"));
}
