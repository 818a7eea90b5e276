import { missing } from "../fleet/hiddenObjects";
import { isPartial, objectsOfKind } from "../fleet/kubernetesObject";
import { Namespaces } from "../fleet/namespaces";
import { Scopes } from "../fleet/scopes";
import {
  type Finding,
  on,
  pending,
  reliability,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { AccountTokens } from "./accountToken";
import { type Account, AccountRights, hiddenIn, missingVerbs } from "./accountRights";
import { type EndpointPicker, endpointPickerOf, endpointPickers } from "./endpointPicker";
import { type PickerNeed, PickerNeeds } from "./pickerNeeds";

const serviceAccounts = objectsOfKind({ kind: "ServiceAccount", groups: [""] });

export const pickerRights = stackPolicy({
  name: "picker-rights",
  description:
    "An endpoint picker's service account may read what the picker watches, and elect a leader.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Bind the endpoint picker's service account to a Role in the pool's namespace that allows " +
    "list and watch of pods, inferencepools and inferenceobjectives, with " +
    "--ha-enable-leader-election also get, create and update of leases, and to a ClusterRole that " +
    "allows create of tokenreviews and subjectaccessreviews where its metrics are read. Where " +
    "another stack binds some of the roles, disable this policy.",
  url: "https://kubernetes.io/docs/reference/access-authn-authz/rbac/",
  settings: {},

  *judge(stack) {
    const scopes = new Scopes(stack);
    const namespaces = new Namespaces(stack);
    const rights = new AccountRights(stack, scopes, namespaces);
    const needs = new PickerNeeds(scopes, namespaces);
    const tokens = new AccountTokens(scopes);
    const accounts = new Set(stack.select(serviceAccounts).map(({ urn }) => urn));
    for (const resource of stack.select(endpointPickers)) {
      const picker = endpointPickerOf(resource);
      if (picker === undefined || isPartial(resource)) {
        continue;
      }
      const account = accountOf(picker);
      yield* tokens.findings(picker, account);
      for (const need of needs.of(picker)) {
        const namespace = need.scope === undefined ? undefined : namespaces.of(resource);
        for (const finding of needFindings(picker, need, rights)) {
          yield missing(stack, { beside: resource, namespace }, finding);
        }
      }
      const comesFromAccount = resource.dependenciesOf("spec").some((urn) => accounts.has(urn));
      if (account.unknown && !comesFromAccount) {
        yield on(resource, pending(account));
      }
    }
  },
});

/** The name of the account, from the deprecated field if only that is set. */
function accountOf({ template }: EndpointPicker): Value {
  const current = template.at("spec", "serviceAccountName");
  const old = template.at("spec", "serviceAccount");
  return current.absent && !old.absent ? old : current;
}

/** If no binding in this stack is for the account, another stack may grant all of its rights. */
function* needFindings(
  picker: EndpointPicker,
  need: PickerNeed,
  accountRights: AccountRights,
): Generator<Finding> {
  const at = accountOf(picker);
  const standard = at.absent || at.raw === "";
  const name = standard ? "default" : at.text;
  const account: Account = { pods: picker.resource, name, standard };
  const rights = accountRights.of(account, need.scope);
  const missing = missingVerbs(need, rights?.rules ?? []);
  if (rights === undefined || rights.more || missing.length === 0) {
    return;
  }
  const hidden = rights.rules.find((rule) => hiddenIn(rule) !== undefined);
  if (hidden !== undefined) {
    yield on(hidden.role, pending(hiddenIn(hidden) ?? hidden.at));
    return;
  }
  const given = standard ? 'is not set, so it is "default", which' : String(at);
  const problem = `${given} may not ${missing.join(" or ")} ${need.resource}, so ${need.without}`;
  const rule = [[need.group], [need.resource], missing].map((part) => JSON.stringify(part));
  const where = need.scope === undefined ? "ClusterRole" : "Role in the pool's namespace";
  const fix =
    `bind it to a ${where} with apiGroups ${rule[0]}, resources ${rule[1]} ` +
    `and verbs ${rule[2]}`;
  yield on(picker.resource, violation(at, problem, fix));
}
