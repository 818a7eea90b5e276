import { UNKNOWN } from "../support/unknown";
import { backendPolicyFields } from "../../balancing/backend-policy-fields";
import { pending } from "../fixtures/messages";
import { asGenerated, backendPolicy, changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, remedied, unknownBut } from "../support/policies";

const DEFAULT = "spec.default";
const METRIC = `${DEFAULT}.customMetrics.0`;

const findings = findingsIn(backendPolicyFields);

const wrong = (path: string, value?: unknown) => changed(backendPolicy, path, value);

/** A field for each that a GCPBackendPolicy has. */
const everything = wrong("spec", {
  targetRef: { group: "networking.gke.io", kind: "ServiceImport", name: "web", namespace: "web" },
  default: {
    timeoutSec: 600,
    securityPolicy: "armor",
    connectionDraining: { drainingTimeoutSec: 30 },
    iap: { enabled: true, clientID: "id", oauth2ClientSecret: { name: "oauth" } },
    logging: {
      enabled: true,
      sampleRate: 1_000_000,
      optionalMode: "CUSTOM",
      optionalFields: ["tls.protocol"],
    },
    sessionAffinity: { type: "GENERATED_COOKIE", cookieTtlSec: 60 },
    scopes: [
      {
        selector: { "gke.io/zone": "z", "gke.io/region": "r", "gke.io/cluster-name": "c" },
        backendPreference: "PREFERRED",
        balancingMode: "IN_FLIGHT",
        capacityScalerPercent: 0,
        customMetrics: [{ name: "m", dryRun: true, maxUtilizationPercent: 60 }],
        maxInFlightRequestsPerEndpoint: 10,
        maxRatePerEndpoint: 10,
        trafficDuration: "LONG",
      },
    ],
  },
});

test.each<[string, Registered]>([
  ["a policy that balances on a metric", backendPolicy],
  ["every field there is", everything],
  ["a field that is null", wrong(`${DEFAULT}.dryRun`, null)],
  ["values that are not known yet", { ...backendPolicy, inputs: hidden() }],
  ["a patch, which requires nothing", patch({ spec: { default: { timeoutSec: 600 } } })],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  [
    "the field that does not exist",
    wrong(`${METRIC}.maxUtilization`, 60),
    "spec.default.customMetrics[0].maxUtilization: there is no such field here; " +
      "did you mean maxUtilizationPercent?",
  ],
  [
    "dryRun for the whole policy",
    wrong(`${DEFAULT}.dryRun`, true),
    "spec.default.dryRun: there is no such field here; " +
      "dryRun belongs in spec.default.customMetrics[] or spec.default.scopes[].customMetrics[]",
  ],
  [
    "a timeout in a scope",
    wrong(`${DEFAULT}.scopes`, [{ timeoutSec: 60 }]),
    "spec.default.scopes[0].timeoutSec: there is no such field here; " +
      "timeoutSec belongs in spec.default",
  ],
  [
    "a slip of the pen",
    wrong(`${DEFAULT}.timoutSec`, 60),
    "spec.default.timoutSec: there is no such field here; did you mean timeoutSec?",
  ],
  [
    "a slip of the pen in the wrong place",
    wrong(`${DEFAULT}.maxUtilization`, 60),
    "spec.default.maxUtilization: there is no such field here; " +
      "did you mean spec.default.customMetrics[].maxUtilizationPercent?",
  ],
  [
    "a field of nobody",
    wrong("spec.targetRef.colour", "red"),
    "spec.targetRef.colour: there is no such field here; " +
      "the fields here are group, kind, name, namespace",
  ],
  [
    "default beside spec",
    wrong("default", {}),
    "default: there is no such field here; write it as spec.default",
  ],
  [
    "a selector that GKE does not know",
    wrong(`${DEFAULT}.scopes`, [{ selector: { env: "prod" } }]),
    "spec.default.scopes[0].selector.env: there is no such key; " +
      "the keys are gke.io/cluster-name, gke.io/region, gke.io/zone",
  ],
  [
    "a name that an object has by birth",
    wrong(`${DEFAULT}.constructor`, {}),
    "spec.default.constructor: there is no such field here; " +
      "the fields here are backendPreference, balancingMode, capacityScalerPercent, " +
      "customMetrics, maxInFlightRequestsPerEndpoint, maxRatePerEndpoint, trafficDuration, " +
      "connectionDraining, iap, logging, scopes, securityPolicy, sessionAffinity, timeoutSec",
  ],
  [
    "no dryRun",
    wrong(`${METRIC}.dryRun`),
    "spec.default.customMetrics[0].dryRun: is required but not set; set it to a boolean",
  ],
  [
    "no target",
    wrong("spec.targetRef"),
    "spec.targetRef: is required but not set; set it to an object",
  ],
  ["no spec", wrong("spec"), "spec: is required but not set; set spec.targetRef and spec.default"],
  [
    "an object for a list",
    wrong(`${DEFAULT}.customMetrics`, { name: "m" }),
    'spec.default.customMetrics: {"name":"m"} is not a list; write a list',
  ],
  ["a list for an object", wrong("spec", []), "spec: [] is not an object; write an object"],
  [
    "a string for an integer",
    wrong(`${DEFAULT}.timeoutSec`, "600"),
    'spec.default.timeoutSec: "600" is not an integer; write an integer',
  ],
  [
    "a string for a boolean",
    wrong(`${METRIC}.dryRun`, "false"),
    'spec.default.customMetrics[0].dryRun: "false" is not a boolean; write a boolean',
  ],
  [
    "a number for a label",
    wrong(`${DEFAULT}.scopes`, [{ selector: { "gke.io/zone": 1 } }]),
    'spec.default.scopes[0].selector["gke.io/zone"]: 1 is not a string; write a string',
  ],
  [
    "a field both for all and in a scope",
    wrong(`${DEFAULT}.scopes`, [{}, { trafficDuration: "LONG" }]),
    "spec.default.trafficDuration: is set here and in spec.default.scopes[1].trafficDuration; " +
      "set it for all here or in the scopes, not in both",
  ],
  [
    "scopes for a pool of one cluster",
    changed(wrong("spec.targetRef.kind", "InferencePool"), `${DEFAULT}.scopes`, []),
    "spec.default.scopes: a target of kind InferencePool has no scopes; " +
      "only ServiceImport and GCPInferencePoolImport have; remove it",
  ],
  [
    "session affinity for a pool",
    wrong(`${DEFAULT}.sessionAffinity`, { type: "CLIENT_IP" }),
    "spec.default.sessionAffinity: a target of kind GCPInferencePoolImport takes no session " +
      "affinity; remove it; the endpoint picker chooses the endpoint",
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test("judges patches and objects under a generated class's token", async () => {
  const message = "spec.default.dryRun: there is no such field here; ";
  const belongs =
    "dryRun belongs in spec.default.customMetrics[] or spec.default.scopes[].customMetrics[]";
  const expected = [["mandatory", message + belongs]];
  expect(await findings(patch({ spec: { default: { dryRun: true } } }))).toEqual(expected);
  expect(await findings(asGenerated(wrong(`${DEFAULT}.dryRun`, true)))).toEqual(expected);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = wrong(`${METRIC}.maxUtilization`, 60);
  const known = unknownBut(inputs, `${METRIC}.maxUtilization`, `${METRIC}.name`);
  expect(await findings({ ...backendPolicy, inputs: known })).toEqual([
    [
      "mandatory",
      "spec.default.customMetrics[0].maxUtilization: there is no such field here; " +
        "did you mean maxUtilizationPercent?",
    ],
    ["advisory", pending("spec.targetRef")],
  ]);
});

test.each([
  ["spec", "spec"],
  ["spec.default", "spec.default"],
  [`${DEFAULT}.customMetrics`, "spec.default.customMetrics"],
  [METRIC, "spec.default.customMetrics[0]"],
])("advises where %s is not known yet", async (path, place) => {
  expect(await findings(wrong(path, UNKNOWN))).toEqual([["advisory", pending(place)]]);
});

describe("mends, where it may,", () => {
  const metric = { name: "m", dryRun: false };

  test.each<[string, Registered, Registered]>([
    [
      "a metric's limit under the name that does not exist",
      wrong(METRIC, { ...metric, maxUtilization: 60 }),
      wrong(METRIC, { ...metric, maxUtilizationPercent: 60 }),
    ],
    [
      "one of two metrics",
      wrong(`${DEFAULT}.customMetrics`, [
        { ...metric, maxUtilizationPercent: 70 },
        { ...metric, maxUtilization: 0 },
      ]),
      wrong(`${DEFAULT}.customMetrics`, [
        { ...metric, maxUtilizationPercent: 70 },
        { ...metric, maxUtilizationPercent: 0 },
      ]),
    ],
    [
      "metrics of scopes",
      wrong(DEFAULT, {
        scopes: [
          { customMetrics: [{ ...metric, maxUtilization: 100 }] },
          { customMetrics: [{ ...metric, maxUtilization: 50, maxUtilizationPercent: null }] },
        ],
      }),
      wrong(DEFAULT, {
        scopes: [
          { customMetrics: [{ ...metric, maxUtilizationPercent: 100 }] },
          { customMetrics: [{ ...metric, maxUtilizationPercent: 50 }] },
        ],
      }),
    ],
    ["dryRun beside spec", wrong("dryRun", true), backendPolicy],
    ["dryRun in spec", wrong("spec.dryRun", false), backendPolicy],
    ["dryRun in default", wrong(`${DEFAULT}.dryRun`, true), backendPolicy],
    [
      "dryRun in a scope",
      wrong(`${DEFAULT}.scopes`, [{}, { dryRun: true }]),
      wrong(`${DEFAULT}.scopes`, [{}, {}]),
    ],
    [
      "both, and leaves what is not known yet",
      changed(wrong(METRIC, { name: UNKNOWN, maxUtilization: 60 }), `${DEFAULT}.dryRun`, true),
      wrong(METRIC, { name: UNKNOWN, maxUtilizationPercent: 60 }),
    ],
    [
      "a patch",
      patch({ spec: { default: { dryRun: true, timeoutSec: 600 } } }),
      patch({ spec: { default: { timeoutSec: 600 } } }),
    ],
  ])("%s", async (_, resource, { inputs }) => {
    expect(await remedied(resource, backendPolicyFields)).toEqual(inputs);
  });

  test.each<[string, Registered]>([
    ["right", backendPolicy],
    ["set under both names", wrong(`${METRIC}.maxUtilization`, 60)],
    ["not known yet", wrong(METRIC, { ...metric, maxUtilization: UNKNOWN })],
    [
      "set beside one that is not known yet",
      wrong(METRIC, { ...metric, maxUtilization: 60, maxUtilizationPercent: UNKNOWN }),
    ],
    ["a part of one", wrong(METRIC, { ...metric, maxUtilization: 0.6 })],
    ["above 100", wrong(METRIC, { ...metric, maxUtilization: 101 })],
    ["below 0", wrong(METRIC, { ...metric, maxUtilization: -1 })],
    ["a string", wrong(METRIC, { ...metric, maxUtilization: "60" })],
    ["for the whole policy", wrong(`${DEFAULT}.maxUtilization`, 60)],
    ["another slip of the pen", wrong(`${DEFAULT}.timoutSec`, 60)],
    ["a dryRun that is not known yet", wrong(`${DEFAULT}.dryRun`, UNKNOWN)],
    ["in an odd shape", wrong("spec", ["dryRun"])],
  ])("but not what is %s", async (_, resource) => {
    expect(await remedied(resource, backendPolicyFields)).toBeUndefined();
  });
});

/** Fields with no value known, though which they are is. */
function hidden(): object {
  const metric = { name: UNKNOWN, dryRun: UNKNOWN, maxUtilizationPercent: UNKNOWN };
  const targetRef = { group: UNKNOWN, kind: UNKNOWN, name: UNKNOWN };
  const balancing = { timeoutSec: UNKNOWN, customMetrics: [metric] };
  return { ...backendPolicy.inputs, spec: { targetRef, default: balancing } };
}

function patch(inputs: object): Registered {
  const type = `${backendPolicy.type}Patch`;
  return { ...backendPolicy, type, inputs: { ...backendPolicy.inputs, ...inputs } };
}
