import { UNKNOWN } from "../support/unknown";
import { gatewayControllerRole } from "../../fleet/gateway-controller-role";
import * as good from "../fixtures/identity";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

const IDENTITY = "gcp:projects/serviceIdentity:ServiceIdentity";
const AGENT = "serviceAccount:service-123@gcp-sa-multiclusteringress.iam.gserviceaccount.com";
const missing =
  "name: nothing gives roles/container.admin to its service agent, service-<project " +
  "number>@gcp-sa-multiclusteringress.iam.gserviceaccount.com, so no gateway is ever programmed; " +
  "grant it with an IAM member to the gcp.projects.ServiceIdentity of " +
  "multiclusteringress.googleapis.com";

const agent = identity("agent", "multiclusteringress.googleapis.com");
const role: Registered = {
  type: good.IAM_MEMBER,
  name: "role",
  inputs: { role: "roles/container.admin", member: UNKNOWN },
  propertyDependencies: { member: [`${IDENTITY}::agent`] },
};
const fromNowhere = { ...role, propertyDependencies: {} };
const byEmail = changed(fromNowhere, "member", AGENT);

async function findings(
  resources: readonly Registered[],
  options: RunOptions = { firstPreview: true },
) {
  const violations = await runPolicies(resources, {
    policies: [gatewayControllerRole],
    ...options,
  });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

test.each<[string, readonly Registered[]]>([
  ["the agent's member, not known yet", [good.feature, agent, role]],
  ["the agent's email", [good.feature, byEmail]],
  ["a binding", [good.feature, binding([AGENT, UNKNOWN])]],
  [
    "a grant on the organization",
    [good.feature, { ...byEmail, type: "gcp:organizations/iAMMember:IAMMember" }],
  ],
  ["a stack without the feature", [changed(good.feature, "name", "multiclusterservicediscovery")]],
  ["a feature whose name is not known", [changed(good.feature, "name", UNKNOWN)]],
  ["an empty stack", []],
])("passes %s", async (_name, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, {})).toEqual([]);
});

test.each<[string, readonly Registered[]]>([
  ["no grant", [good.feature, agent]],
  ["another role", [good.feature, agent, changed(role, "role", "roles/container.viewer")]],
  ["no role", [good.feature, agent, changed(role, "role")]],
  ["null for a role", [good.feature, agent, changed(role, "role", null)]],
  ["no member", [good.feature, agent, changed(byEmail, "member")]],
  ["the agent of another API", [good.feature, identity("agent", "gkehub.googleapis.com"), role]],
  [
    "an email that is only like the agent's",
    [good.feature, changed(byEmail, "member", AGENT.replace("service-123", "service-x"))],
  ],
  ["a plain account", [good.feature, good.account, good.grant("nodes", "roles/container.admin")]],
  ["nobody in a binding", [good.feature, binding([])]],
])("fails %s", async (_name, resources) => {
  expect(await findings(resources)).toEqual([["mandatory", "ingress", missing]]);
  expect(await findings(resources, {})).toEqual([["mandatory", "ingress", missing]]);
});

test.each<[string, readonly Registered[], string]>([
  ["the agent's role", [good.feature, agent, changed(role, "role", UNKNOWN)], "role"],
  ["who has the role", [good.feature, fromNowhere], "member"],
  ["who has which role", [good.feature, changed(fromNowhere, "role", UNKNOWN)], "member"],
  ["who is in a binding", [good.feature, binding(UNKNOWN)], "members"],
  ["one in a binding", [good.feature, binding(["user:a@example.com", UNKNOWN])], "members[1]"],
])("advises where %s is not known yet", async (_name, resources, path) => {
  expect(await findings(resources)).toEqual([["advisory", "role", pending(path)]]);
});

function identity(name: string, service: string): Registered {
  return { type: IDENTITY, name, inputs: { service } };
}

function binding(members: unknown): Registered {
  const inputs = { role: "roles/container.admin", members };
  return { type: "gcp:projects/iAMBinding:IAMBinding", name: "role", inputs };
}
