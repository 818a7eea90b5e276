import { UNKNOWN } from "../support/unknown";
import { networkPolicyAdmits } from "../../pods/network-policy-admits";
import { inference, picker, provider, server } from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { deployment, euAndUs, object } from "../fixtures/objects";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const findings = findingsOf(networkPolicyAdmits);

const policy = (spec: object, name = "deny", namespace = "llm"): Registered => ({
  type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  name,
  provider: "pulumi:providers:kubernetes::gke",
  inputs: {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress"], ...spec },
  },
});
const deny = policy({});
const admits = policy({ podSelector: { matchLabels: { app: "llm" } }, ingress: [{}] }, "allow");
const closed = (names: string, given = "is not set", where = "the cluster of gke") =>
  `spec.ingress: ${given}, and no other NetworkPolicy of ${where} lets anything in to the pods ` +
  `of ${names}, so they get no requests and no health checks; add a rule for their ports`;

/** In GKE clusters of this stack. */
const gpuServer = deployment("server", {
  containers: [{ name: "vllm", resources: { limits: { "nvidia.com/gpu": 1 } } }],
});
const inFleet = object("networking.k8s.io/v1:NetworkPolicy", "deny", {
  spec: { podSelector: {}, policyTypes: ["Ingress"] },
});
const fleet = (inputs: object) =>
  euAndUs.map((each) => {
    return each.type.startsWith("gcp:") ? { ...each, inputs: { ...each.inputs, ...inputs } } : each;
  });

test.each<[string, readonly Registered[]]>([
  ["no policy", inference],
  [
    "a rule of the same policy",
    [provider, server, policy({ ingress: [{ ports: [{ port: 8000 }] }] })],
  ],
  ["a rule of another policy", [provider, server, deny, admits]],
  [
    "a rule of a policy that may hold",
    [
      provider,
      server,
      deny,
      policy({ podSelector: { matchExpressions: [{}] }, ingress: [{}] }, "allow"),
    ],
  ],
  [
    "a rule of a policy that is not known yet",
    [provider, server, deny, policy({ podSelector: UNKNOWN, ingress: [{}] }, "allow")],
  ],
  ["a policy against what goes out", [provider, server, policy({ policyTypes: ["Egress"] })]],
  [
    "a policy of other pods",
    [provider, server, policy({ podSelector: { matchLabels: { app: "web" } } })],
  ],
  ["a policy of another namespace", [provider, server, policy({}, "deny", "web")]],
  [
    "a policy beside those of Cilium",
    [provider, server, deny, object("cilium.io/v2:CiliumNetworkPolicy", "c", {}, "gke")],
  ],
  [
    "pods that serve nothing",
    [...fleet({ datapathProvider: "ADVANCED_DATAPATH" }), deployment("web", {}), inFleet],
  ],
  ["a cluster that ignores policies", [...fleet({}), gpuServer, inFleet]],
  [
    "malformed input",
    [provider, server, policy({ podSelector: 1, policyTypes: {}, ingress: "a" })],
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
});

test.each<[string, readonly Registered[], string]>([
  ["model servers that are isolated", [provider, server, deny], closed("server")],
  ["an endpoint picker that is isolated", [provider, picker, deny], closed("picker")],
  ["both", [provider, server, picker, deny], closed("picker, server")],
  [
    "pods by their labels",
    [provider, server, policy({ podSelector: { matchLabels: { app: "llm" } }, policyTypes: null })],
    closed("server"),
  ],
  [
    "an empty list of rules",
    [provider, server, policy({ ingress: [] })],
    closed("server", "is []"),
  ],
  ["pods that another policy does not let in", [provider, picker, deny, admits], closed("picker")],
])("fails %s", async (_, resources, message) => {
  expect(await findings(resources)).toEqual([["mandatory", "deny", message]]);
});

test.each([
  { datapathProvider: "ADVANCED_DATAPATH" },
  { networkPolicy: { enabled: true } },
  { enableAutopilot: true },
])("fails in a cluster of %j", async (inputs) => {
  expect(await findings([...fleet(inputs), gpuServer, inFleet])).toEqual([
    ["mandatory", "deny", closed("server", "is not set", "cluster eu")],
  ]);
});

test("advises where a release may bring another policy", async () => {
  const release = {
    type: "kubernetes:helm.sh/v3:Release",
    name: "r",
    provider: "pulumi:providers:kubernetes::gke",
    inputs: { namespace: "llm" },
  };
  expect(await findings([provider, server, deny, release])).toEqual([
    [
      "advisory",
      "deny",
      closed("server")
        .replace(
          "spec.ingress: ",
          "spec.ingress: cannot be judged, as Release r may bring what is not seen here: ",
        )
        .replace(
          "add a rule for their ports",
          "register the objects themselves to have them judged",
        ),
    ],
  ]);
});

test("advises where the rules are not known yet", async () => {
  expect(await findings([provider, server, policy({ ingress: UNKNOWN })])).toEqual([
    ["advisory", "deny", pending("spec.ingress")],
  ]);
});
