import { UNKNOWN } from "../support/unknown";
import { route } from "../fixtures/fleet";
import { pending } from "../fixtures/messages";
import {
  BACKEND,
  BACKEND_PATH,
  IMPORT_FIX,
  asRilb,
  findings,
  gateway,
  judged,
  local,
  noBackend,
  withRoute,
} from "../fixtures/routeAttached";
import { asGenerated, changed } from "../fixtures/stack";
import type { Registered } from "../support/policies";

const imported = { group: "net.gke.io", kind: "ServiceImport", name: "web" };

test.each<[string, readonly Registered[]]>([
  ["a backend of services in several clusters", withRoute([BACKEND, imported])],
  ["plain Services behind another Gateway", [...withRoute([BACKEND, local])].map(asRilb)],
  [
    "another make's import behind another Gateway",
    withRoute([BACKEND, { ...imported, group: "multicluster.x-k8s.io" }]).map(asRilb),
  ],
  [
    "upstream's import behind another Gateway",
    withRoute([
      BACKEND,
      { group: "inference.networking.x-k8s.io", kind: "InferencePoolImport", name: "llm" },
    ]).map(asRilb),
  ],
  [
    "a rule that redirects",
    withRoute([
      "spec.rules.0",
      { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }] },
    ]),
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

test.each<[string, readonly Registered[], string, string]>([
  ["no rules", withRoute(["spec.rules"]), "route", unruled("is not set")],
  ["an empty list of rules", withRoute(["spec.rules", []]), "route", unruled("is empty")],
  ["a text for rules", withRoute(["spec.rules", "llm"]), "route", unruled('"llm" is not a list')],
  ["no backends", withRoute(["spec.rules.0.backendRefs"]), "route", unserved("is not set")],
  [
    "an empty list of backends",
    withRoute(["spec.rules.0.backendRefs", []]),
    "route",
    unserved("is empty"),
  ],
  ["null for a rule", withRoute(["spec.rules.0", null]), "route", unserved("is not set")],
  [
    "a header's filter alone",
    withRoute(["spec.rules.0", { filters: [{ type: "RequestHeaderModifier" }] }]),
    "route",
    unserved("is not set"),
  ],
  [
    "no kind of backend",
    withRoute([`${BACKEND}.kind`]),
    "route",
    noBackend("is not set, and a Service", IMPORT_FIX),
  ],
  [
    "a Service",
    withRoute([BACKEND, local]),
    "route",
    noBackend("is not set, and a Service", IMPORT_FIX),
  ],
  [
    "a local pool",
    withRoute([
      BACKEND,
      { group: "inference.networking.k8s.io", kind: "InferencePool", name: "llm" },
    ]),
    "route",
    noBackend('"InferencePool"', IMPORT_FIX),
  ],
  [
    "a misspelt kind",
    withRoute([`${BACKEND}.kind`, "GCPInferencePoolImports"]),
    "route",
    noBackend('"GCPInferencePoolImports"', "did you mean GCPInferencePoolImport?"),
  ],
  [
    "a misspelt kind behind another Gateway",
    withRoute([`${BACKEND}.kind`, "GCPInferencePoolImports"]).map(asRilb),
    "route",
    `${BACKEND_PATH}.kind: there is no "GCPInferencePoolImports"; did you mean GCPInferencePoolImport?`,
  ],
  ["a number for a kind", withRoute([`${BACKEND}.kind`, 5]), "route", noBackend("5", IMPORT_FIX)],
  [
    "another group of backend",
    withRoute([`${BACKEND}.group`, "networking.gke.com"]),
    "route",
    `${BACKEND_PATH}.group: "networking.gke.com" has no GCPInferencePoolImport; ` +
      'write "networking.gke.io"',
  ],
  [
    "no group of backend, whoever makes the Gateway",
    withRoute([`${BACKEND}.group`]).filter((each) => each !== gateway),
    "route",
    `${BACKEND_PATH}.group: is not set for a GCPInferencePoolImport; write "networking.gke.io"`,
  ],
  [
    "a ServiceImport of another group",
    withRoute([BACKEND, { ...imported, group: "multicluster.x-k8s.io" }]),
    "route",
    `${BACKEND_PATH}.group: "multicluster.x-k8s.io" has no ServiceImport; write "net.gke.io"`,
  ],
])("fails %s", async (_, resources, resource, message) => {
  const expected = [["mandatory", resource, message]];
  expect(await findings(resources)).toEqual(expected);
  expect(await findings(resources, { firstPreview: true })).toEqual(expected);
  expect(await findings(resources.map(asGenerated))).toEqual(expected);
});

function unruled(given: string): string {
  return (
    `spec.rules: ${given}, so the route sends requests nowhere; ` +
    "add a rule with the backends that requests go to"
  );
}

function unserved(given: string): string {
  return (
    `spec.rules[0].backendRefs: ${given}, so requests are answered with an error; ` +
    "name the pool's GCPInferencePoolImport"
  );
}

describe("on a first preview", () => {
  test.each<[string, Registered, string, string]>([
    ["the rules", changed(route, "spec.rules", UNKNOWN), "route", "spec.rules"],
    ["a rule", changed(route, "spec.rules.0", UNKNOWN), "route", "spec.rules[0]"],
    [
      "the backends",
      changed(route, "spec.rules.0.backendRefs", UNKNOWN),
      "route",
      "spec.rules[0].backendRefs",
    ],
    ["a backend", changed(route, BACKEND, UNKNOWN), "route", BACKEND_PATH],
    [
      "a backend's kind",
      changed(route, `${BACKEND}.kind`, UNKNOWN),
      "route",
      `${BACKEND_PATH}.kind`,
    ],
  ])("advises where %s is not known yet", async (_, resource, at, path) => {
    expect(await judged(resource)).toEqual([["advisory", at, pending(path)]]);
  });

  test("does not mind a backend's name, or a class that is not known yet", async () => {
    expect(await judged(changed(route, `${BACKEND}.name`, UNKNOWN))).toEqual([]);
    expect(await judged(changed(gateway, "spec.gatewayClassName", UNKNOWN))).toEqual([]);
  });
});
