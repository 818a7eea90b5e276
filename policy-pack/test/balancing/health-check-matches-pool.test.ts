import {
  balancing,
  fleet,
  healthCheck,
  inCluster,
  poolEu,
  poolUs,
  route,
  withChanged,
} from "../fixtures/fleet";
import {
  CONFIG,
  DEFAULT,
  HTTP,
  check,
  checked,
  findings,
  missing,
  noPort,
  without,
} from "../fixtures/healthCheckMatchesPool";
import { asGenerated, changed } from "../fixtures/stack";
import type { Registered } from "../support/policies";

const IMPORT = { group: "networking.gke.io", kind: "GCPInferencePoolImport", name: "llm" };

const ofOnePool = (port: number, clusterName = "eu") =>
  inCluster(
    changed(
      changed(changed(healthCheck, `${HTTP}.port`, port), "spec.targetRef", {
        group: "inference.networking.k8s.io",
        kind: "InferencePool",
        name: "llm",
      }),
      "metadata.name",
      "local",
    ),
    clusterName,
    "local",
  );

test.each<[string, readonly Registered[]]>([
  ["a check of the pool's port", fleet],
  ["the serving port", check(HTTP, { requestPath: "/", portSpecification: "USE_SERVING_PORT" })],
  ["no word on the port", check(HTTP, { requestPath: "/health" })],
  [
    "a named port",
    check(HTTP, { requestPath: "/", portSpecification: "USE_NAMED_PORT", portName: "http" }),
  ],
  ["a port without a specification", check(HTTP, { requestPath: "/", port: 8000 })],
  ["a check by gRPC", checked({ type: "GRPC", grpcHealthCheck: { port: 8000 } })],
  ["null beside the block", check(`${CONFIG}.tcpHealthCheck`, null)],
  ["no times", check(DEFAULT, { config: { type: "TCP", tcpHealthCheck: {} } })],
  ["the default timeout as interval", withChanged(changed(healthCheck, `${DEFAULT}.timeoutSec`))],
  [
    "two ports of which one is asked",
    withChanged(
      ...[poolEu, poolUs].map((each) => {
        return changed(each, "spec.targetPorts", [{ number: 8000 }, { number: 8001 }]);
      }),
    ),
  ],
  [
    "the first version of the kind",
    withChanged(
      changed(changed(poolEu, "apiVersion", "inference.networking.x-k8s.io/v1alpha2"), "spec", {
        targetPortNumber: 8000,
      }),
    ),
  ],
  [
    "a pool of another namespace",
    [
      ...fleet,
      changed(
        changed({ ...poolEu, name: "other" }, "spec.targetPorts", [{ number: 1 }]),
        "metadata.namespace",
        "other",
      ),
    ],
  ],
  ["pools that another stack makes", without(poolEu, poolUs)],
  [
    "pools whose ports cannot be read",
    withChanged(changed(poolEu, "spec.targetPorts", "8000"), changed(poolUs, "spec")),
  ],
  ["clusters that another stack makes", fleet.filter(({ type }) => !type.startsWith("gcp:"))],
  ["a check of one cluster's own pool", [...fleet, ofOnePool(8000)]],
  [
    "a check of a pool whose cluster this stack has not",
    [
      ...withChanged(changed(poolUs, "spec.targetPorts", [{ number: 8000 }, { number: 9 }])),
      ofOnePool(9, "us"),
    ],
  ],
  [
    "a plain Service without a check",
    [changed(route, "spec.rules.0.backendRefs", [{ name: "web", port: 80 }])],
  ],
  [
    "a plain Service's check",
    [changed(changed(healthCheck, "spec.targetRef.kind", "Service"), CONFIG, {})],
  ],
  [
    "a backend policy of one cluster's pool",
    [
      changed(balancing, "spec.targetRef", {
        group: "inference.networking.k8s.io",
        kind: "InferencePool",
        name: "llm",
      }),
    ],
  ],
  [
    "odd routes",
    [
      changed(route, "spec", []),
      changed(route, "spec.rules", {}),
      changed(route, "spec.rules", [null, { backendRefs: "llm" }]),
    ],
  ],
  ["pools that nothing refers to", [poolEu, poolUs]],
  ["an empty stack", []],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

describe("fails a pool without a check:", () => {
  const policyOnly = missing("balancing", "spec.targetRef");

  test.each<[string, readonly Registered[], unknown[]]>([
    ["that a route and a policy name, once", without(healthCheck), missing()],
    ["that only a policy names", without(healthCheck, route), policyOnly],
    ["a generated class's", without(healthCheck).map(asGenerated), missing()],
    ["in a cluster that another stack makes", [route], missing()],
    ["of another name", check("spec.targetRef.name", "other"), missing()],
    ["of another kind", [...without(healthCheck), ofOnePool(8000)], missing()],
    ["in another namespace", check("metadata.namespace", "other"), missing()],
    ["in the other cluster", [...without(healthCheck), inCluster(healthCheck, "us")], missing()],
    [
      "behind the second of two rules",
      withChanged(
        changed(route, "spec.rules", [
          { backendRefs: [IMPORT] },
          {
            backendRefs: [
              { name: "web", port: 80 },
              { ...IMPORT, name: "new" },
            ],
          },
        ]),
      ),
      missing("route", "spec.rules[1].backendRefs[1]", '"new"'),
    ],
    [
      "in the namespace that the route names",
      withChanged(changed(route, "spec.rules.0.backendRefs.0.namespace", "other")),
      missing(),
    ],
  ])("%s", async (_, resources, finding) => {
    expect(await findings(resources)).toEqual([finding]);
  });
});

describe("fails a check", () => {
  test.each<[string, readonly Registered[], readonly unknown[]]>([
    ["on a port that no pool has", check(`${HTTP}.port`, 9003), noPort(["pool-eu", "pool-us"])],
    [
      "on a port without a specification",
      check(HTTP, { requestPath: "/", port: 9003 }),
      noPort(["pool-eu", "pool-us"]),
    ],
    [
      "by TCP",
      checked({ type: "TCP", tcpHealthCheck: { port: 9003 } }),
      noPort(["pool-eu", "pool-us"], 9003, "8000", `${CONFIG}.tcpHealthCheck.port`),
    ],
    [
      "on a port that one pool has not",
      withChanged(changed(poolUs, "spec.targetPorts", [{ number: 8001 }, { number: 8002 }])),
      noPort(["pool-us"], 8000, "8001, 8002"),
    ],
    [
      "on a port that a generated class's pool has not",
      withChanged(changed(poolUs, "spec.targetPorts", [{ number: 8001 }])).map(asGenerated),
      noPort(["pool-us"], 8000, "8001"),
    ],
    [
      "of one cluster's own pool",
      [...fleet, ofOnePool(9003, "us")],
      noPort(["pool-us"]).map(([level, , message]) => [level, "local", message]),
    ],
  ])("%s", async (_, resources, expected) => {
    expect(await findings(resources)).toEqual(expected);
  });

  test("alone, where no pool or cluster is in the stack", async () => {
    const message = `${HTTP}.port: is not set, but USE_FIXED_PORT needs it; set it`;
    expect(await findings([changed(healthCheck, `${HTTP}.port`)])).toEqual([
      ["mandatory", "health", message],
    ]);
  });
});
