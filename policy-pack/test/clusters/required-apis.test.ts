import { UNKNOWN } from "../support/unknown";
import { requiredApis } from "../../clusters/required-apis";
import { feature, gateway } from "../fixtures/identity";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

const NAMES = [
  "autoscaling",
  "cloudresourcemanager",
  "compute",
  "container",
  "dns",
  "gkehub",
  "logging",
  "monitoring",
  "multiclusteringress",
  "multiclusterservicediscovery",
  "networkservices",
  "trafficdirector",
];
const services = NAMES.map((name) => service(name));
const but = (...names: string[]) => services.filter(({ name }) => !names.includes(name));

const FIX = "add a gcp.projects.Service for each";
const needs = (value: string, ...names: string[]) =>
  `"${value}" needs APIs that this stack does not enable: ` +
  `${names.map((name) => `${name}.googleapis.com`).join(", ")}; ${FIX}`;
const MC_CLASS = "gke-l7-cross-regional-internal-managed-mc";
const disabling = (name: string) =>
  `disableOnDestroy: destroying this stack disables ${name}.googleapis.com for the whole ` +
  "project; set it to false";

async function findings(
  resources: readonly Registered[],
  options: RunOptions = { firstPreview: true },
) {
  const violations = await runPolicies(resources, { policies: [requiredApis], ...options });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

test.each<[string, readonly Registered[]]>([
  ["all of them", [...services, feature, gateway]],
  ["more than them", [...services, service("redis", { disableOnDestroy: true }), feature]],
  ["none in a stack that enables none", [feature, gateway]],
  ["some without a gateway", but("dns")],
  ["some with another feature", [...but("dns"), changed(feature, "name", "configmanagement")]],
  [
    "some with a gateway for one cluster",
    [...but("dns"), changed(gateway, "spec.gatewayClassName", "gke-l7-rilb")],
  ],
  [
    "all of them beside one that is not known",
    [...services, service("x", { service: UNKNOWN }), feature],
  ],
  [
    "disableOnDestroy left out",
    [...but("dns"), service("dns", { disableOnDestroy: null }), feature],
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, {})).toEqual([]);
});

test.each<[string, readonly Registered[], string, string]>([
  [
    "one that is missing",
    [...but("dns"), feature, gateway],
    "ingress",
    `name: ${needs("multiclusteringress", "dns")}`,
  ],
  [
    "two that are missing, in one message",
    [...but("trafficdirector", "dns"), gateway],
    "gateway",
    `spec.gatewayClassName: ${needs(MC_CLASS, "dns", "trafficdirector")}`,
  ],
  [
    "a gateway by a generated class",
    [...but("dns"), asGenerated(gateway)],
    "gateway",
    `spec.gatewayClassName: ${needs(MC_CLASS, "dns")}`,
  ],
  [
    "a name that is cut short",
    [...but("dns"), service("dns", { service: "dns" }), feature],
    "ingress",
    `name: ${needs("multiclusteringress", "dns")}`,
  ],
  [
    "no name",
    [...but("dns"), service("dns", { service: null }), feature],
    "ingress",
    `name: ${needs("multiclusteringress", "dns")}`,
  ],
  [
    "one that goes with the stack",
    [...but("dns"), service("dns", { disableOnDestroy: true }), feature],
    "dns",
    disabling("dns"),
  ],
  [
    "one that goes with a stack without a gateway",
    [service("dns", { disableOnDestroy: true })],
    "dns",
    disabling("dns"),
  ],
])("fails %s", async (_, resources, resource, message) => {
  expect(await findings(resources)).toEqual([["mandatory", resource, message]]);
  expect(await findings(resources, {})).toEqual([["mandatory", resource, message]]);
});

test.each<[string, readonly Registered[], string]>([
  ["which API it is", [...but("dns"), service("dns", { service: UNKNOWN }), feature], "service"],
  [
    "whether it goes with the stack",
    [...but("dns"), service("dns", { disableOnDestroy: UNKNOWN }), feature],
    "disableOnDestroy",
  ],
])("advises where %s is not known yet", async (_, resources, path) => {
  expect(await findings(resources)).toEqual([["advisory", "dns", pending(path)]]);
});

test("fails one that everything in a project needs, though the gateway does not", async () => {
  expect(await findings([service("iam", { disableOnDestroy: true })])).toEqual([
    ["mandatory", "iam", disabling("iam")],
  ]);
});

test("takes other APIs", async () => {
  const config = { [requiredApis.name]: { services: ["dns.googleapis.com"] } };
  expect(await findings([service("dns"), feature], { config })).toEqual([]);
  expect(await findings([service("iam"), feature], { config })).toEqual([
    ["mandatory", "ingress", `name: ${needs("multiclusteringress", "dns")}`],
  ]);
});

function service(name: string, inputs: object = {}): Registered {
  const given = { service: `${name}.googleapis.com`, disableOnDestroy: false, ...inputs };
  return { type: "gcp:projects/service:Service", name, inputs: given };
}
