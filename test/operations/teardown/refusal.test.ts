import type { Failure, Outcome } from "../../../operations/support/engine";
import { refusalOf } from "../../../operations/teardown/refusal";
import { done, refused, urn } from "../support/fakes";

const failed = refused as Extract<Outcome, { kind: "failed" }>;
const change = (other: Partial<Failure>): Outcome => ({
  ...failed,
  failures: failed.failures.map((failure) => ({ ...failure, ...other })),
});
const NETWORK = "gcp:compute/network:Network";
const network = (user: string, other: Partial<Failure> = {}): Failure => ({
  operation: "delete",
  type: NETWORK,
  urn: urn(NETWORK, "network-vpc"),
  messages: [
    "1 error occurred:\n\t* Error waiting for Deleting Network: The network resource " +
      `'projects/demo/global/networks/vpc' is already being used by '${user}'\n`,
  ],
  ...other,
});
const keptBy = (user: string, other?: Partial<Failure>): Outcome => ({
  kind: "failed",
  errors: [],
  failures: [network(user, other)],
});
const MCSD = "projects/demo/global/firewalls/gke-gke-east-1a2b3c4d-mcsd";
const RULE = {
  what: "firewall rule gke-gke-east-1a2b3c4d-mcsd",
  keeps: "network-vpc",
  role: "roles/compute.securityAdmin",
  command: "gcloud compute firewall-rules delete gke-gke-east-1a2b3c4d-mcsd --project demo",
  list: "gcloud compute firewall-rules list --project demo",
};

test("Google's refusal to delete a feature is recognised", () => {
  expect(refusalOf(refused)).toEqual({ feature: true, leftovers: [] });
});

test.each([
  [MCSD, RULE.command],
  [
    "projects/demo/global/firewalls/gkemcg1-l7-vpc-global",
    "gcloud compute firewall-rules delete gkemcg1-l7-vpc-global --project demo",
  ],
  [
    "projects/demo/global/firewalls/k8s-346b48ae4e449daf-node-http-hc",
    "gcloud compute firewall-rules delete k8s-346b48ae4e449daf-node-http-hc --project demo",
  ],
  [
    "projects/demo/zones/us-east4-a/networkEndpointGroups/k8s1-ddb447c6-inference-llama-8000-9f63cdd9",
    "gcloud compute network-endpoint-groups delete " +
      "k8s1-ddb447c6-inference-llama-8000-9f63cdd9 --zone us-east4-a --project demo",
  ],
  [
    "projects/demo/global/forwardingRules/gkemcg1-inference-gateway-1a2b3c4d",
    "gcloud compute forwarding-rules delete gkemcg1-inference-gateway-1a2b3c4d --global --project demo",
  ],
  [
    "projects/demo/regions/us-east4/forwardingRules/k8s2-tcp-1a2b3c4d",
    "gcloud compute forwarding-rules delete k8s2-tcp-1a2b3c4d --region us-east4 --project demo",
  ],
])("what GKE made is recognised, with the command that removes it: %s", (user, command) => {
  expect(refusalOf(keptBy(user))?.leftovers.map((leftover) => leftover.command)).toEqual([command]);
});

test("a leftover says what it is, what it keeps and who may remove it", () => {
  expect(refusalOf(keptBy(MCSD))).toEqual({ feature: false, leftovers: [RULE] });
});

test("both at the same time are recognised", () => {
  const both = { ...failed, failures: [...failed.failures, network(MCSD)] };
  expect(refusalOf(both)).toEqual({ feature: true, leftovers: [RULE] });
});

test("a message that the engine has broken into lines is recognised", () => {
  const messages = [`is already being used by\n    '${MCSD}'`];
  expect(refusalOf(keptBy("", { messages }))?.leftovers).toEqual([RULE]);
});

test.each<[string, Outcome]>([
  ["a command that is done", done],
  ["an interrupt", { kind: "interrupted" }],
  ["a lock", { kind: "locked", said: "Feature has associated resources" }],
  ["another operation on the feature", change({ operation: "update" })],
  ["the same words of another type", change({ type: "gcp:gkehub/membership:Membership" })],
  ["other words of the feature", change({ messages: ["Feature is not there"] })],
  ["a feature that failed without a message", change({ messages: [] })],
  ["another failure beside it", { ...failed, failures: [...failed.failures, network("x")] }],
  ["another error beside it", { ...failed, errors: ["the state could not be written"] }],
  ["no failure at all", { ...failed, failures: [] }],
  ["a rule that somebody made", keptBy("projects/demo/global/firewalls/allow-ssh")],
  ["a rule called like GKE's somewhere", keptBy("projects/demo/global/firewalls/my-gke-rule")],
  ["a cluster", keptBy("projects/demo/locations/us-east4/clusters/gke-east")],
  [
    "an endpoint group that somebody made",
    keptBy("projects/demo/zones/z/networkEndpointGroups/own"),
  ],
  ["another operation on the network", keptBy(MCSD, { operation: "replace" })],
])("%s is something else", (_, outcome) => {
  expect(refusalOf(outcome)).toBeUndefined();
});
