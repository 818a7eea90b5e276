import { UNKNOWN } from "../support/unknown";
import { backendPolicyCombinations } from "../../balancing/backend-policy-combinations";
import { pending } from "../fixtures/messages";
import { asGenerated, backendPolicy, changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, unknownBut } from "../support/policies";

const DEFAULT = "spec.default";
const MODES = '"CUSTOM_METRICS", "IN_FLIGHT" or "UTILIZATION"';
const IN_FLIGHT = "maxInFlightRequestsPerEndpoint";
const NAME_FORM =
  "a name of a-z, 0-9, -, _, . and : that begins with a letter and ends with a letter or digit";

const findings = findingsIn(backendPolicyCombinations);

const balanced = (defaults: unknown) => changed(backendPolicy, DEFAULT, defaults);
const scoped = (...scopes: unknown[]) => balanced({ scopes });
const named = (name: unknown) => balanced({ customMetrics: [{ name, dryRun: false }] });

function patch(defaults: object): Registered {
  return { ...balanced(defaults), type: `${backendPolicy.type}Patch` };
}

test.each<[string, Registered]>([
  ["a policy that balances on a metric", backendPolicy],
  ["requests in flight", balanced({ balancingMode: "IN_FLIGHT", trafficDuration: "LONG" })],
  [
    "requests in flight, limited",
    balanced({ balancingMode: "IN_FLIGHT", trafficDuration: "LONG", [IN_FLIGHT]: 1 }),
  ],
  ["utilization", balanced({ balancingMode: "UTILIZATION", trafficDuration: "LONG" })],
  ["a rate", balanced({ balancingMode: "RATE", maxRatePerEndpoint: 1_000_000_000 })],
  ["a rate of short requests", balanced({ trafficDuration: "SHORT", maxRatePerEndpoint: 1 })],
  [
    "a mode that each scope sets",
    balanced({
      maxRatePerEndpoint: 5,
      scopes: [{ balancingMode: "RATE" }, { trafficDuration: "SHORT" }],
    }),
  ],
  ["nothing at all", balanced({})],
  ["null", balanced({ balancingMode: null, trafficDuration: null, [IN_FLIGHT]: null })],
  ["a metric's name with every sign", named("a.b-c_d:9")],
  ["a name of 63 letters", named("a".repeat(63))],
  ["sixteen scopes", scoped(...Array.from({ length: 16 }, () => ({})))],
  ["a selector of 63 letters", scoped({ selector: { "gke.io/cluster-name": "a".repeat(63) } })],
  [
    "a metric's limit beyond 100, which another policy judges",
    balanced({ customMetrics: [{ name: "m", dryRun: false, maxUtilizationPercent: 101 }] }),
  ],
  [
    "values of another type, which another policy judges",
    balanced({ timeoutSec: "0", scopes: {} }),
  ],
  ["a list for default", balanced([])],
  ["no spec", changed(backendPolicy, "spec")],
  ["another kind of object", changed(balanced({ timeoutSec: 0 }), "kind", "GCPGatewayPolicy")],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

describe("fails what does not go together:", () => {
  test.each<[string, Registered, string[]]>([
    [
      "a rate of long requests",
      balanced({ balancingMode: "RATE", trafficDuration: "LONG" }),
      [
        `${DEFAULT}.balancingMode: "RATE" does not go with ${DEFAULT}.trafficDuration "LONG"; ` +
          `set it to ${MODES}`,
      ],
    ],
    [
      "long requests without a mode",
      balanced({ trafficDuration: "LONG" }),
      [
        `${DEFAULT}.balancingMode: is not set, which does not go with ` +
          `${DEFAULT}.trafficDuration "LONG"; set it to ${MODES}`,
      ],
    ],
    [
      "short requests in flight",
      balanced({ balancingMode: "IN_FLIGHT", trafficDuration: "SHORT" }),
      [
        `${DEFAULT}.trafficDuration: "SHORT" does not go with ` +
          `${DEFAULT}.balancingMode "IN_FLIGHT"; set it to "LONG"`,
      ],
    ],
    [
      "requests in flight that take nobody knows how long",
      balanced({ balancingMode: "IN_FLIGHT" }),
      [
        `${DEFAULT}.trafficDuration: is not set, which does not go with ` +
          `${DEFAULT}.balancingMode "IN_FLIGHT"; set it to "LONG"`,
      ],
    ],
    [
      "a limit of requests in flight alone",
      balanced({ [IN_FLIGHT]: 10 }),
      [
        `${DEFAULT}.${IN_FLIGHT}: 10 does not go with an unset ${DEFAULT}.balancingMode; ` +
          `set balancingMode to ${MODES}, or remove ${IN_FLIGHT}`,
        `${DEFAULT}.${IN_FLIGHT}: 10 does not go with an unset ${DEFAULT}.trafficDuration; ` +
          `set trafficDuration to "LONG", or remove ${IN_FLIGHT}`,
      ],
    ],
    [
      "a limit of short requests in flight",
      balanced({ balancingMode: "UTILIZATION", trafficDuration: "SHORT", [IN_FLIGHT]: 10 }),
      [
        `${DEFAULT}.${IN_FLIGHT}: 10 does not go with ${DEFAULT}.trafficDuration "SHORT"; ` +
          `set trafficDuration to "LONG", or remove ${IN_FLIGHT}`,
      ],
    ],
    [
      "a limit of requests in flight beside a rate",
      balanced({ balancingMode: "RATE", trafficDuration: UNKNOWN, [IN_FLIGHT]: 10 }),
      [
        `${DEFAULT}.${IN_FLIGHT}: 10 does not go with ${DEFAULT}.balancingMode "RATE"; ` +
          `set balancingMode to ${MODES}, or remove ${IN_FLIGHT}`,
        pending(`${DEFAULT}.trafficDuration`),
      ],
    ],
    [
      "a rate beside requests in flight",
      balanced({
        balancingMode: "IN_FLIGHT",
        trafficDuration: "LONG",
        maxRatePerEndpoint: 10,
      }),
      [
        `${DEFAULT}.maxRatePerEndpoint: 10 does not go with ` +
          `${DEFAULT}.balancingMode "IN_FLIGHT"; ` +
          `write ${IN_FLIGHT}, the limit of this mode, in its place`,
        `${DEFAULT}.maxRatePerEndpoint: 10 does not go with ${DEFAULT}.trafficDuration "LONG"; ` +
          "remove it; a rate says nothing about requests that take long",
      ],
    ],
    [
      "a scope that clashes in itself",
      scoped({}, { trafficDuration: "LONG", balancingMode: "RATE" }),
      [
        `${DEFAULT}.scopes[1].balancingMode: "RATE" does not go with ` +
          `${DEFAULT}.scopes[1].trafficDuration "LONG"; set it to ${MODES}`,
      ],
    ],
    [
      "a scope that clashes with the default",
      balanced({ maxRatePerEndpoint: 10, scopes: [{ balancingMode: "IN_FLIGHT" }] }),
      [
        `${DEFAULT}.scopes[0].trafficDuration: is not set, which does not go with ` +
          `${DEFAULT}.scopes[0].balancingMode "IN_FLIGHT"; set it to "LONG"`,
        `${DEFAULT}.maxRatePerEndpoint: 10 does not go with ` +
          `${DEFAULT}.scopes[0].balancingMode "IN_FLIGHT"; ` +
          `write ${IN_FLIGHT}, the limit of this mode, in its place`,
      ],
    ],
    [
      "a default whose scopes set nothing of it, once",
      balanced({ trafficDuration: "LONG", scopes: [{ capacityScalerPercent: 5 }, {}] }),
      [
        `${DEFAULT}.balancingMode: is not set, which does not go with ` +
          `${DEFAULT}.trafficDuration "LONG"; set it to ${MODES}`,
      ],
    ],
  ])("%s", async (_, resource, messages) => {
    const found = (await findings(resource)).map(([, message]) => message);
    expect(found.sort()).toEqual(messages.sort());
  });
});

describe("fails what is beyond its limits:", () => {
  const outside = (field: string, value: number, range: string): [string, Registered, string] => [
    `${field} ${value}`,
    balanced({ [field]: value }),
    `${DEFAULT}.${field}: ${value} is not in ${range}; set it to a whole number in ${range}`,
  ];
  const other = (field: string, choices: string): [string, Registered, string] => [
    `another ${field}`,
    balanced({ [field]: "OTHER" }),
    `${DEFAULT}.${field}: there is no "OTHER"; write one of ${choices}`,
  ];

  test.each<[string, Registered, string]>([
    outside("timeoutSec", 0, "1..2147483647"),
    outside("timeoutSec", 2_147_483_648, "1..2147483647"),
    outside("capacityScalerPercent", -1, "0..100"),
    outside("capacityScalerPercent", 101, "0..100"),
    outside("maxRatePerEndpoint", 0, "1..1000000000"),
    outside("maxRatePerEndpoint", 1_000_000_001, "1..1000000000"),
    other("balancingMode", "RATE, UTILIZATION, CUSTOM_METRICS, IN_FLIGHT"),
    other("trafficDuration", "SHORT, LONG"),
    other("backendPreference", "DEFAULT, PREFERRED"),
    [
      "a limit of no request in flight",
      balanced({ balancingMode: "IN_FLIGHT", trafficDuration: "LONG", [IN_FLIGHT]: 0 }),
      `${DEFAULT}.${IN_FLIGHT}: 0 is not in 1..1000000000; ` +
        "set it to a whole number in 1..1000000000",
    ],
    [
      "a value in a scope",
      scoped({}, { capacityScalerPercent: 200 }),
      `${DEFAULT}.scopes[1].capacityScalerPercent: 200 is not in 0..100; ` +
        "set it to a whole number in 0..100",
    ],
    [
      "more than an hour of draining",
      balanced({ connectionDraining: { drainingTimeoutSec: 3601 } }),
      `${DEFAULT}.connectionDraining.drainingTimeoutSec: 3601 is not in 0..3600; ` +
        "set it to a whole number in 0..3600",
    ],
    [
      "more logged than there is",
      balanced({ logging: { sampleRate: 1_000_001 } }),
      `${DEFAULT}.logging.sampleRate: 1000001 is not in 0..1000000; ` +
        "set it to a whole number in 0..1000000",
    ],
    [
      "a mode of logging that there is not",
      balanced({ logging: { optionalMode: "ALL" } }),
      `${DEFAULT}.logging.optionalMode: there is no "ALL"; ` +
        "write one of EXCLUDE_ALL_OPTIONAL, INCLUDE_ALL_OPTIONAL, CUSTOM",
    ],
    [
      "a logged field with a capital",
      balanced({ logging: { optionalFields: ["tls.protocol", "Tls"] } }),
      `${DEFAULT}.logging.optionalFields[1]: "Tls" is not a name of a-z, 0-9, -, _ and . that ` +
        "begins with a letter and ends with a letter or digit; write a name of a-z, 0-9, -, _ and . " +
        "that begins with a letter and ends with a letter or digit",
    ],
    [
      "three metrics",
      balanced({ customMetrics: ["a", "b", "c"].map((name) => ({ name, dryRun: false })) }),
      `${DEFAULT}.customMetrics: has 3 entries; leave at most 2`,
    ],
    [
      "seventeen scopes",
      scoped(...Array.from({ length: 17 }, () => ({}))),
      `${DEFAULT}.scopes: has 17 entries; leave at most 16`,
    ],
    [
      "a metric's name of 64 letters",
      named("a".repeat(64)),
      `${DEFAULT}.customMetrics[0].name: "${"a".repeat(56)}... has 64 characters; shorten it to 63`,
    ],
    [
      "a metric's name with a capital",
      named("KvCache"),
      `${DEFAULT}.customMetrics[0].name: "KvCache" is not ${NAME_FORM}; write ${NAME_FORM}`,
    ],
    [
      "a metric's name that is empty",
      named(""),
      `${DEFAULT}.customMetrics[0].name: "" is not ${NAME_FORM}; write ${NAME_FORM}`,
    ],
    [
      "a selector of 64 letters",
      scoped({ selector: { "gke.io/cluster-name": "a".repeat(64) } }),
      `${DEFAULT}.scopes[0].selector["gke.io/cluster-name"]: "${"a".repeat(56)}... ` +
        "has 64 characters; shorten it to 63",
    ],
    [
      "a Service's limit of a metric",
      changed(
        balanced({ customMetrics: [{ name: "m", dryRun: false, maxUtilizationPercent: 101 }] }),
        "spec.targetRef.kind",
        "Service",
      ),
      `${DEFAULT}.customMetrics[0].maxUtilizationPercent: 101 is not in 0..100; ` +
        "set it to a whole number in 0..100",
    ],
    [
      "another affinity",
      changed(
        balanced({ sessionAffinity: { type: "COOKIE", cookieTtlSec: 0 } }),
        "spec.targetRef.kind",
        "Service",
      ),
      `${DEFAULT}.sessionAffinity.type: there is no "COOKIE"; ` +
        "write one of CLIENT_IP, GENERATED_COOKIE, HEADER_FIELD, HTTP_COOKIE, NONE",
    ],
  ])("%s", async (_, resource, message) => {
    expect(await findings(resource)).toEqual([["mandatory", message]]);
  });
});

test("takes what a patch leaves out for neither set nor unset", async () => {
  expect(await findings(patch({ trafficDuration: "LONG" }))).toEqual([]);
  expect(await findings(patch({ balancingMode: "IN_FLIGHT", [IN_FLIGHT]: 1 }))).toEqual([]);
  expect(await findings(patch({ balancingMode: "RATE", trafficDuration: "LONG" }))).toEqual([
    [
      "mandatory",
      `${DEFAULT}.balancingMode: "RATE" does not go with ${DEFAULT}.trafficDuration "LONG"; ` +
        `set it to ${MODES}`,
    ],
  ]);
});

test("judges the object under a generated class's token", async () => {
  expect(await findings(asGenerated(balanced({ timeoutSec: 0 })))).toHaveLength(1);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = changed(backendPolicy, `${DEFAULT}.balancingMode`, "RATE");
  const known = ["apiVersion", "kind", `${DEFAULT}.balancingMode`, `${DEFAULT}.trafficDuration`];
  const found = await findings({ ...backendPolicy, inputs: unknownBut(inputs, ...known) });
  expect(found).toEqual([
    ["advisory", pending(`${DEFAULT}.customMetrics`)],
    ["advisory", pending(`${DEFAULT}.timeoutSec`)],
    [
      "mandatory",
      `${DEFAULT}.balancingMode: "RATE" does not go with ${DEFAULT}.trafficDuration "LONG"; ` +
        `set it to ${MODES}`,
    ],
  ]);
});

test.each([
  ["the mode", changed(backendPolicy, `${DEFAULT}.balancingMode`, UNKNOWN), "balancingMode"],
  [
    "the duration",
    changed(backendPolicy, `${DEFAULT}.trafficDuration`, UNKNOWN),
    "trafficDuration",
  ],
  ["the metrics", changed(backendPolicy, `${DEFAULT}.customMetrics`, UNKNOWN), "customMetrics"],
  ["a metric's name", named(UNKNOWN), "customMetrics[0].name"],
  ["a scope", scoped(UNKNOWN), "scopes[0]"],
  [
    "a duration that a scope has from the default",
    balanced({ trafficDuration: UNKNOWN, scopes: [{ balancingMode: "IN_FLIGHT" }] }),
    "trafficDuration",
  ],
])("advises where %s is not known yet", async (_, resource, path) => {
  expect(await findings(resource)).toEqual([["advisory", pending(`${DEFAULT}.${path}`)]]);
});

test.each(["spec", DEFAULT])("advises once where %s is not known yet", async (path) => {
  const resource = changed(backendPolicy, path, UNKNOWN);
  expect(await findings(resource)).toEqual([["advisory", pending(DEFAULT)]]);
});
