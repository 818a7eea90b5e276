import { UNKNOWN } from "../support/unknown";
import { noModelArmor } from "../../network/no-model-armor";
import { fleetWith, fleetWithout, gatewayInWest, providerId } from "../fixtures/gatewayNetwork";
import { pending } from "../fixtures/messages";
import { asGenerated, changed, gateway } from "../fixtures/stack";
import { type Registered, runPolicies } from "../support/policies";

const SERVICE = "spec.extensionChains.0.extensions.0.googleAPIServiceName";
const SERVICE_PATH = "spec.extensionChains[0].extensions[0].googleAPIServiceName";
const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway::gateway";

const refused = (path = SERVICE_PATH) =>
  `${path}: Model Armor does not work on the multi-cluster Gateway gateway; remove the ` +
  "extension, or use a single-cluster Gateway for it";

const extension: Registered = {
  type: "kubernetes:networking.gke.io/v1:GCPTrafficExtension",
  name: "filter",
  provider: providerId("west"),
  inputs: {
    apiVersion: "networking.gke.io/v1",
    kind: "GCPTrafficExtension",
    metadata: { name: "filter", namespace: "llm" },
    spec: {
      targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "llm" }],
      extensionChains: [
        {
          name: "chain",
          extensions: [
            { name: "armor", googleAPIServiceName: "modelarmor.europe-west3.rep.googleapis.com" },
          ],
        },
      ],
    },
  },
};
const routing = changed(
  { ...extension, type: extension.type.replace("Traffic", "Routing") },
  "kind",
  "GCPRoutingExtension",
);

async function findings(resources: readonly Registered[], firstPreview = true) {
  const violations = await runPolicies(resources, { policies: [noModelArmor], firstPreview });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

test.each<[string, readonly Registered[]]>([
  ["no extension", fleetWith()],
  ["an extension that calls a service of one's own", fleetWith(changed(extension, SERVICE))],
  ["another of Google's services", fleetWith(changed(extension, SERVICE, "dlp.googleapis.com"))],
  ["a gateway that is not in the stack", [...fleetWithout("gateway"), extension]],
  ["another gateway's name", fleetWith(changed(extension, "spec.targetRefs.0.name", "other"))],
  ["another namespace", fleetWith(changed(extension, "metadata.namespace", "other"))],
  ["the default namespace", fleetWith(changed(extension, "metadata.namespace"))],
  ["another cluster", fleetWith({ ...extension, provider: providerId("east") })],
  [
    "a single-cluster gateway",
    fleetWith(changed(gatewayInWest, "spec.gatewayClassName", "gke-l7-rilb"), extension),
  ],
  [
    "a target that is no gateway",
    fleetWith(changed(extension, "spec.targetRefs.0.kind", "Service")),
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, false)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["a traffic extension", extension, refused()],
  ["a routing extension", routing, refused()],
  ["a generated class's token", asGenerated(extension), refused()],
  ["the global service", changed(extension, SERVICE, "modelarmor.googleapis.com"), refused()],
  [
    "the second extension of the second chain, beside odd ones",
    changed(extension, "spec.extensionChains", [
      null,
      { extensions: [{}, { googleAPIServiceName: "modelarmor.googleapis.com" }] },
    ]),
    refused("spec.extensionChains[1].extensions[1].googleAPIServiceName"),
  ],
  [
    "a second target",
    changed(extension, "spec.targetRefs", [null, { kind: "Gateway", name: "llm" }]),
    refused(),
  ],
])("fails %s", async (_, resource, message) => {
  const expected = [["mandatory", "filter", message]];
  expect(await findings(fleetWith(resource))).toEqual(expected);
  expect(await findings(fleetWith(resource), false)).toEqual(expected);
});

test("judges a stack without clusters", async () => {
  const plain = { type: extension.type, name: extension.name, inputs: extension.inputs };
  expect(await findings([gateway, plain])).toEqual([["mandatory", "filter", refused()]]);
});

describe("while names are not known yet", () => {
  test("follows the target's name to the gateway that it comes from", async () => {
    const named = changed(extension, "spec.targetRefs.0.name", UNKNOWN);
    const fromGateway = { ...named, propertyDependencies: { spec: [GATEWAY] } };
    expect(await findings(fleetWith(fromGateway))).toEqual([["mandatory", "filter", refused()]]);
    expect(await findings(fleetWith(named))).toEqual([]);
  });

  test("takes two namespaces from one source for the same", async () => {
    const namespaces = ["one", "two"].map((name) => {
      return { type: "kubernetes:core/v1:Namespace", name, inputs: {} };
    });
    const from = (name: string, resource: Registered) => ({
      ...changed(resource, "metadata.namespace", UNKNOWN),
      propertyDependencies: { metadata: [`kubernetes:core/v1:Namespace::${name}`] },
    });
    const gatewayInOne = from("one", gatewayInWest);
    const same = fleetWith(...namespaces, gatewayInOne, from("one", extension));
    expect(await findings(same)).toEqual([["mandatory", "filter", refused()]]);
    const other = fleetWith(...namespaces, gatewayInOne, from("two", extension));
    expect(await findings(other)).toEqual([]);
    const nowhere = changed(extension, "metadata.namespace", UNKNOWN);
    expect(await findings(fleetWith(gatewayInOne, nowhere))).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    [SERVICE, UNKNOWN, SERVICE_PATH],
    ["spec.extensionChains", UNKNOWN, "spec.extensionChains"],
    ["spec.extensionChains.0.extensions", UNKNOWN, "spec.extensionChains[0].extensions"],
  ])("advises where %s is not known yet", async (path, value, place) => {
    const resource = changed(extension, path, value);
    expect(await findings(fleetWith(resource))).toEqual([["advisory", "filter", pending(place)]]);
  });
});

test.each(["spec", "spec.targetRefs", "spec.extensionChains", "metadata"])(
  "takes anything at all for %s",
  async (path) => {
    for (const odd of [null, {}, [], "text", 5, [null], [[]], UNKNOWN]) {
      const found = await findings(fleetWith(changed(extension, path, odd)));
      expect(found.filter(([level]) => level === "mandatory")).toEqual([]);
    }
  },
);
