import { UNKNOWN } from "../support/unknown";
import { pickerFailOpen } from "../../picker/picker-fail-open";
import { pool } from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, unknownBut } from "../support/policies";

const REF = "spec.endpointPickerRef";
const MODE = `${REF}.failureMode`;
const PORT = `${REF}.port.number`;
const closed = "requests get an error while the endpoint picker restarts";
const absent = `${MODE}: is not set, so it is FailClose and ${closed}; set it to "FailOpen"`;
const portFix = "set it to the port of the endpoint picker's Service, for example 9002";
const noPort = `${PORT}: is not set, and a picker behind a Service needs it; ${portFix}`;

const findings = findingsIn(pickerFailOpen);

function alpha(extensionRef: unknown): Registered {
  const inputs = {
    apiVersion: "inference.networking.x-k8s.io/v1alpha2",
    kind: "InferencePool",
    spec: { extensionRef },
  };
  return { ...pool, inputs };
}

test.each([
  ["a pool that fails open", pool],
  ["a pool without a picker", changed(pool, REF)],
  ["no spec", changed(pool, "spec")],
  ["a picker that is no Service", changed(changed(pool, `${REF}.kind`, "Picker"), `${REF}.port`)],
  ["an alpha that fails open", alpha({ name: "epp", failureMode: "FailOpen" })],
  ["another kind", changed(changed(pool, "kind", "Service"), MODE)],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string, string]>([
  ["no failureMode", changed(pool, MODE), "advisory", absent],
  ["null for it", changed(pool, MODE, null), "advisory", absent],
  [
    "a pool that fails closed",
    changed(pool, MODE, "FailClose"),
    "advisory",
    `${MODE}: with "FailClose" ${closed}; set it to "FailOpen"`,
  ],
  [
    "a mode that is none",
    changed(pool, MODE, "Open"),
    "mandatory",
    `${MODE}: "Open" is neither FailOpen nor FailClose; set it to "FailOpen"`,
  ],
  [
    "an alpha that says nothing",
    alpha({ name: "epp" }),
    "advisory",
    absent.replace("endpointPickerRef", "extensionRef"),
  ],
  ["no port", changed(pool, `${REF}.port`), "mandatory", noPort],
  ["a port without number", changed(pool, PORT), "mandatory", noPort],
  [
    "no port of a Service",
    changed(changed(pool, `${REF}.kind`, "Service"), `${REF}.port`),
    "mandatory",
    noPort,
  ],
  [
    "a text for the port",
    changed(pool, PORT, "grpc"),
    "mandatory",
    `${PORT}: "grpc" is not in 1..65535; ${portFix}`,
  ],
  ["a port of 0", changed(pool, PORT, 0), "mandatory", `${PORT}: 0 is not in 1..65535; ${portFix}`],
])("finds %s", async (_, resource, level, message) => {
  expect(await findings(resource)).toEqual([[level, message]]);
});

test("finds both in a list for the reference", async () => {
  expect(await findings(changed(pool, REF, []))).toEqual([
    ["advisory", absent],
    ["mandatory", noPort],
  ]);
});

test("judges the object under a generated class's token", async () => {
  expect(await findings(asGenerated(changed(pool, MODE)))).toEqual([["advisory", absent]]);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = changed(pool, MODE, "FailClose");
  const known = unknownBut(inputs, "kind", "apiVersion", MODE, PORT);
  expect(await findings({ ...pool, inputs: known })).toHaveLength(1);
});

test.each([
  ["the spec", "spec", [REF]],
  ["the reference", REF, [REF]],
  ["the mode", MODE, [MODE]],
  ["the port", `${REF}.port`, [PORT]],
])("advises where %s is not known yet", async (_, path, places) => {
  const expected = places.map((place) => ["advisory", pending(place)]);
  expect(await findings(changed(pool, path, UNKNOWN))).toEqual(expected);
});
