import { UNKNOWN } from "../support/unknown";
import { timeoutCoversP99 } from "../../balancing/timeout-covers-p99";
import { pending } from "../fixtures/messages";
import { asGenerated, backendPolicy, changed } from "../fixtures/stack";
import { type Registered, remedied, runPolicies, unknownBut } from "../support/policies";

const TIMEOUT = "spec.default.timeoutSec";
const P99 = "metadata.annotations[inference-gateway.dev/p99-latency-seconds]";
const P99_PATH = 'metadata.annotations["inference-gateway.dev/p99-latency-seconds"]';

const noP99 =
  `${P99_PATH}: is not set, so no timeout can be judged; ` +
  'set it to the P99 latency of a whole answer in seconds, for example "60"';
const noTimeout =
  `${TIMEOUT}: is not set, so the load balancer ends every request after 30 s; ` +
  "set it to 120 or more";

async function findings(resource: Registered, config: object = {}) {
  const violations = await runPolicies([resource], {
    policies: [timeoutCoversP99],
    config: { "timeout-covers-p99": config },
  });
  expect(violations.every(({ resource: name }) => name === "balancing")).toBe(true);
  return violations.map(({ level, message }) => [level, message]);
}

test.each([
  ["ten times P99", backendPolicy],
  ["the most that Google's guide names", changed(backendPolicy, TIMEOUT, 3600)],
  ["exactly twice P99", changed(backendPolicy, TIMEOUT, 120)],
  ["a fraction", changed(changed(backendPolicy, P99, "0.4"), TIMEOUT, 1)],
  [
    "a plain Service, whose timeout is its owner's business",
    changed(changed(backendPolicy, TIMEOUT), "spec.targetRef.kind", "Service"),
  ],
  ["another group's kind of that name", changed(backendPolicy, "apiVersion", "example.com/v1")],
  ["a patch, which holds only what it changes", patch({ spec: { default: {} } })],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test("advises against more than Google's guide names", async () => {
  expect(await findings(changed(backendPolicy, TIMEOUT, 99_999_999))).toEqual([
    [
      "advisory",
      `${TIMEOUT}: 99999999 s is more than the 3600 s that Google's guide names as the most; ` +
        "set it to 3600 or less",
    ],
  ]);
});

test.each<[string, Registered, string]>([
  [
    "a second short of twice P99",
    changed(backendPolicy, TIMEOUT, 119),
    `${TIMEOUT}: 119 s is less than 2 x P99 (120 s); set it to 120 or more`,
  ],
  ["no timeout", changed(backendPolicy, TIMEOUT), noTimeout],
  ["null for a timeout", changed(backendPolicy, TIMEOUT, null), noTimeout],
  ["no default", changed(backendPolicy, "spec.default"), noTimeout],
  ["no spec", changed(backendPolicy, "spec"), noTimeout],
  ["a list for spec", changed(backendPolicy, "spec", []), noTimeout],
  [
    "a timeout in a string",
    changed(backendPolicy, TIMEOUT, "600"),
    `${TIMEOUT}: "600" is not a whole number of seconds; set it to 120 or more`,
  ],
  ["no P99", changed(backendPolicy, P99), noP99],
  ["no metadata", changed(backendPolicy, "metadata"), noP99],
  ["a list for annotations", changed(backendPolicy, "metadata.annotations", ["60"]), noP99],
  [
    "P99 with a unit",
    changed(backendPolicy, P99, "60s"),
    `${P99_PATH}: "60s" is not a number above 0 in a string; ` +
      'write the P99 latency of a whole answer in seconds, for example "60"',
  ],
  [
    "P99 as a number, which Kubernetes refuses in an annotation",
    changed(backendPolicy, P99, 60),
    `${P99_PATH}: 60 is not a number above 0 in a string; ` +
      'write the P99 latency of a whole answer in seconds, for example "60"',
  ],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test("names both where neither is set", async () => {
  const timeout = noTimeout.replace("120", "2 x P99");
  expect(await findings({ ...backendPolicy, inputs: {} })).toEqual([
    ["mandatory", noP99],
    ["mandatory", timeout],
  ]);
});

test("judges the object under a generated class's token", async () => {
  const generated = asGenerated(changed(backendPolicy, TIMEOUT));
  expect(generated.type).toBe("crds:networking/v1:GCPBackendPolicy");
  expect(await findings(generated)).toEqual([["mandatory", noTimeout]]);
});

test("judges among siblings that are not known yet", async () => {
  const short = changed(backendPolicy, TIMEOUT, 100);
  const known = ["spec.default.timeoutSec", "metadata.annotations"];
  expect(await findings({ ...short, inputs: unknownBut(short.inputs, ...known) })).toEqual([
    ["mandatory", `${TIMEOUT}: 100 s is less than 2 x P99 (120 s); set it to 120 or more`],
  ]);
});

test.each([
  ["the timeout", changed(backendPolicy, TIMEOUT, UNKNOWN), TIMEOUT],
  ["the whole spec", changed(backendPolicy, "spec", UNKNOWN), TIMEOUT],
  ["P99", changed(backendPolicy, P99, UNKNOWN), P99_PATH],
  ["all metadata", changed(backendPolicy, "metadata", UNKNOWN), P99_PATH],
])("advises where %s is not known yet", async (_, resource, path) => {
  expect(await findings(resource)).toEqual([["advisory", pending(path)]]);
});

test("takes another factor", async () => {
  const policy = changed(backendPolicy, TIMEOUT, 120);
  expect(await findings(policy, { factor: 2.5 })).toEqual([
    ["mandatory", `${TIMEOUT}: 120 s is less than 2.5 x P99 (150 s); set it to 150 or more`],
  ]);
});

test("refuses a setting that it does not have", async () => {
  const config = { "timeout-covers-p99": { facter: 3 } };
  await expect(
    runPolicies([backendPolicy], { policies: [timeoutCoversP99], config }),
  ).rejects.toThrow("timeout-covers-p99: no setting named facter; there are: factor");
});

describe("mends, where it may,", () => {
  const mended = (resource: Registered, config = {}) => {
    return remedied(resource, timeoutCoversP99, { config: { "timeout-covers-p99": config } });
  };
  const withTimeout = (seconds: number) => changed(backendPolicy, TIMEOUT, seconds).inputs;

  test.each<[string, Registered, object]>([
    ["a timeout that is too short", changed(backendPolicy, TIMEOUT, 119), withTimeout(120)],
    ["a missing timeout", changed(backendPolicy, TIMEOUT), withTimeout(120)],
    ["null for a timeout", changed(backendPolicy, TIMEOUT, null), withTimeout(120)],
    ["a timeout in a string", changed(backendPolicy, TIMEOUT, "600"), withTimeout(120)],
    ["a part of a second", changed(backendPolicy, TIMEOUT, 600.5), withTimeout(120)],
    [
      "a missing default",
      changed(backendPolicy, "spec.default"),
      changed(backendPolicy, "spec.default", { timeoutSec: 120 }).inputs,
    ],
    [
      "a part of a second in P99",
      changed(changed(backendPolicy, P99, "60.2"), TIMEOUT, 1),
      changed(changed(backendPolicy, P99, "60.2"), TIMEOUT, 121).inputs,
    ],
    [
      "a timeout among siblings that are not known yet",
      changed(changed(backendPolicy, TIMEOUT, 1), "spec.targetRef", UNKNOWN),
      changed(changed(backendPolicy, TIMEOUT, 120), "spec.targetRef", UNKNOWN).inputs,
    ],
  ])("%s", async (_, resource, inputs) => {
    expect(await mended(resource)).toEqual(inputs);
  });

  test("by the factor that is set", async () => {
    expect(await mended(changed(backendPolicy, TIMEOUT, 119), { factor: 3 })).toEqual(
      withTimeout(180),
    );
  });

  test.each<[string, Registered]>([
    ["long enough", backendPolicy],
    ["exactly long enough", changed(backendPolicy, TIMEOUT, 120)],
    ["not known yet", changed(backendPolicy, TIMEOUT, UNKNOWN)],
    ["in a spec that is not known yet", changed(backendPolicy, "spec", UNKNOWN)],
    ["without P99", changed(changed(backendPolicy, TIMEOUT), P99)],
    ["of a P99 that is no number", changed(changed(backendPolicy, TIMEOUT), P99, "60s")],
    ["of a P99 that is not known yet", changed(changed(backendPolicy, TIMEOUT), P99, UNKNOWN)],
    ["in a list for spec", changed(backendPolicy, "spec", [])],
    ["in a string for default", changed(backendPolicy, "spec.default", "600")],
    ["a Service's", changed(changed(backendPolicy, TIMEOUT), "spec.targetRef.kind", "Service")],
  ])("but not what is %s", async (_, resource) => {
    expect(await mended(resource)).toBeUndefined();
  });
});

function patch(inputs: object): Registered {
  const { apiVersion, kind } = backendPolicy.inputs as { apiVersion: string; kind: string };
  const type = `${backendPolicy.type}Patch`;
  return { type, name: "balancing", inputs: { apiVersion, kind, ...inputs } };
}
