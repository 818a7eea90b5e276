import { UNKNOWN } from "../support/unknown";
import { gatewayOnConfigCluster } from "../../fleet/gateway-on-config-cluster";
import {
  clusterParts,
  fleetStack,
  fleetWith,
  fleetWithout,
  gatewayInWest,
  ingressFeature,
  part,
  providerId,
} from "../fixtures/gatewayNetwork";
import { pending } from "../fixtures/messages";
import { asGenerated, backendPolicy, changed, gateway } from "../fixtures/stack";
import { type Registered, runPolicies } from "../support/policies";

const CLASS = "gke-l7-cross-regional-internal-managed-mc";
const MEMBERSHIP_TYPE = "gcp:gkehub/membership:Membership";
const MEMBERSHIP = "spec.multiclusteringress.configMembership";
const IMPORT = { group: "networking.gke.io", kind: "GCPInferencePoolImport", name: "llm" };
const SERVICE = { kind: "Service", name: "llm", port: 80 };

const route = object("gateway.networking.k8s.io/v1", "HTTPRoute", {
  rules: [{ backendRefs: [SERVICE] }, { backendRefs: [SERVICE, IMPORT] }],
});
const healthCheck = object("networking.gke.io/v1", "HealthCheckPolicy", { targetRef: IMPORT });

const ignored = (path: string, given: string) =>
  `${path}: "${given}" in cluster east is not read, only the config cluster west is; ` +
  "give it the Kubernetes provider of west";

async function findings(resources: readonly Registered[], firstPreview = true) {
  const violations = await runPolicies(resources, {
    policies: [gatewayOnConfigCluster],
    firstPreview,
  });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

function object(apiVersion: string, kind: string, spec: object): Registered {
  const inputs = { apiVersion, kind, metadata: { name: "llm" }, spec };
  return { type: `kubernetes:${apiVersion}:${kind}`, name: kind.toLowerCase(), inputs };
}

function inCluster(name: string, resource: Registered): Registered {
  return { ...resource, provider: providerId(name) };
}

test.each<[string, readonly Registered[]]>([
  ["everything in the config cluster", fleetWith(inCluster("west", route))],
  [
    "another gateway in another cluster",
    fleetWith({
      ...changed(inCluster("east", gateway), "spec.gatewayClassName", "gke-l7-rilb"),
      name: "rilb",
    }),
  ],
  [
    "a route to services in another cluster",
    fleetWith(inCluster("east", changed(route, "spec.rules", [{ backendRefs: [SERVICE] }]))),
  ],
  [
    "a policy of a local pool in another cluster",
    fleetWith(inCluster("east", changed(healthCheck, "spec.targetRef.kind", "InferencePool"))),
  ],
  [
    "a stack that does not say which is the config cluster",
    [...clusterParts("east", { location: "us-east4" }), inCluster("east", gateway)].filter(
      ({ type }) => type !== MEMBERSHIP_TYPE,
    ),
  ],
  [
    "a config cluster of another stack",
    [
      ...clusterParts("east", { location: "us-east4" }),
      changed(ingressFeature("away"), MEMBERSHIP, "projects/p/locations/global/memberships/away"),
      inCluster("east", gateway),
    ],
  ],
  ["a cluster that this stack does not make", fleetWith(gateway)],
  ["a stack without clusters", [gateway, route, backendPolicy]],
  [
    "another feature without a spec",
    fleetWith({
      type: "gcp:gkehub/feature:Feature",
      name: "services",
      inputs: { name: "multiclusterservicediscovery" },
    }),
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, false)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["a Gateway", gateway, ignored("spec.gatewayClassName", CLASS)],
  ["a Gateway of a generated class", asGenerated(gateway), ignored("spec.gatewayClassName", CLASS)],
  [
    "a route to an import",
    route,
    ignored("spec.rules[1].backendRefs[1].kind", "GCPInferencePoolImport"),
  ],
  ["a load-balancing policy", backendPolicy, ignored("spec.targetRef.kind", IMPORT.kind)],
  ["a health check", healthCheck, ignored("spec.targetRef.kind", IMPORT.kind)],
])("fails %s in another cluster", async (_, resource, message) => {
  const misplaced = inCluster("east", resource);
  const expected = [["mandatory", resource.name, message]];
  expect(await findings(fleetWith(misplaced))).toEqual(expected);
  expect(await findings(fleetWith(misplaced), false)).toEqual(expected);
});

const services: Registered = {
  type: "gcp:gkehub/feature:Feature",
  name: "services",
  inputs: { name: "multiclusterservicediscovery" },
};
const unread =
  `spec.gatewayClassName: nothing reads "${CLASS}", since this stack's fleet lacks ` +
  "multiclusteringress; enable that fleet feature";

test.each<[string, readonly Registered[]]>([
  ["memberships alone", fleetWithout("ingress")],
  ["another feature", [services, gateway]],
  ["a Gateway of a generated class", fleetWithout("ingress").map(asGenerated)],
])("fails a fleet without the controller: %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([["mandatory", "gateway", unread]]);
  expect(await findings(resources, false)).toEqual([["mandatory", "gateway", unread]]);
});

test.each<[string, readonly Registered[]]>([
  [
    "a Gateway of one cluster",
    [services, changed(gateway, "spec.gatewayClassName", "gke-l7-rilb")],
  ],
  ["a Gateway whose class is not known", [services, changed(gateway, "spec", UNKNOWN)]],
  ["a feature whose name is not known", [changed(services, "name", UNKNOWN), gateway]],
  ["no Gateway", fleetWithout("ingress", "gateway")],
])("needs no controller for %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test("knows the config cluster by the membership's path, too", async () => {
  const path = "projects/p/locations/global/memberships/west";
  const feature = {
    ...changed(ingressFeature("west"), MEMBERSHIP, path),
    propertyDependencies: {},
  };
  expect(await findings(fleetWith(feature, inCluster("east", gateway)))).toEqual([
    ["mandatory", "gateway", ignored("spec.gatewayClassName", CLASS)],
  ]);
});

test.each([
  ["no config membership", changed(ingressFeature("west"), MEMBERSHIP)],
  ["an empty one", changed(ingressFeature("west"), MEMBERSHIP, "")],
  ["null", changed(ingressFeature("west"), MEMBERSHIP, null)],
  ["no spec", changed(ingressFeature("west"), "spec")],
  ["a list for a spec", changed(ingressFeature("west"), "spec", [])],
  ["a number", changed(ingressFeature("west"), MEMBERSHIP, 5)],
])("fails the feature with %s", async (_, feature) => {
  const [found, ...others] = await findings([feature]);
  expect(found?.slice(0, 2)).toEqual(["mandatory", "ingress"]);
  expect(found?.[2]).toMatch(
    /^spec\.multiclusteringress\.configMembership: .+; set the config cluster's membership$/,
  );
  expect(others).toEqual([]);
});

test("says what is wrong with the config membership", async () => {
  const messages = async (feature: Registered) => (await findings([feature])).map(([, , m]) => m);
  expect(await messages(changed(ingressFeature("west"), MEMBERSHIP))).toEqual([
    `${MEMBERSHIP}: is not set, so no cluster's Gateways are read; ` +
      "set the config cluster's membership",
  ]);
  expect(await messages(changed(ingressFeature("west"), MEMBERSHIP, 5))).toEqual([
    `${MEMBERSHIP}: 5 is not the path of a membership; set the config cluster's membership`,
  ]);
});

test.each<[string, Registered, string]>([
  [
    "a Gateway's class",
    changed(gateway, "spec.gatewayClassName", UNKNOWN),
    "spec.gatewayClassName",
  ],
  ["a route's rules", changed(route, "spec.rules", UNKNOWN), "spec.rules"],
  [
    "a rule's backends",
    changed(route, "spec.rules", [{ backendRefs: UNKNOWN }]),
    "spec.rules[0].backendRefs",
  ],
  [
    "a backend's kind",
    changed(route, "spec.rules", [{ backendRefs: [{ kind: UNKNOWN }] }]),
    "spec.rules[0].backendRefs[0].kind",
  ],
  ["a policy's target", changed(backendPolicy, "spec.targetRef", UNKNOWN), "spec.targetRef.kind"],
])("advises where %s is not known yet in another cluster", async (_, resource, path) => {
  expect(await findings(fleetWith(inCluster("east", resource)))).toEqual([
    ["advisory", resource.name, pending(path)],
  ]);
  expect(await findings(fleetWith(inCluster("west", resource)))).toEqual([]);
});

test.each([
  ["no rules", changed(route, "spec.rules")],
  ["an object for the rules", changed(route, "spec.rules", {})],
  ["null for a rule", changed(route, "spec.rules", [null])],
  ["a text for a backend", changed(route, "spec.rules", [{ backendRefs: ["llm"] }])],
  ["no spec", changed(route, "spec", null)],
])("is silent about a route with %s", async (_, resource) => {
  expect(await findings(fleetWith(inCluster("east", resource)))).toEqual([]);
});

test("judges the rest of a route around what is odd in it", async () => {
  const odd = changed(route, "spec.rules", [null, { backendRefs: [null, IMPORT] }]);
  expect(await findings(fleetWith(inCluster("east", odd)))).toEqual([
    ["mandatory", "httproute", ignored("spec.rules[1].backendRefs[1].kind", IMPORT.kind)],
  ]);
});

test("has a stack to judge", () => {
  expect(fleetStack).toContain(gatewayInWest);
  expect(part("Feature", "ingress").inputs).toHaveProperty(MEMBERSHIP, UNKNOWN);
});
