import { clusterText, type Member } from "../fleet/fleet";
import { missing } from "../fleet/hiddenObjects";
import { objectsOfKind } from "../fleet/kubernetesObject";
import { Namespaces } from "../fleet/namespaces";
import { Scopes } from "../fleet/scopes";
import {
  append,
  type Finding,
  listed,
  on,
  pending,
  reliability,
  type Resource,
  type Selector,
  stackPolicy,
  type Value,
  violation,
} from "../frame";
import { endpointPickers } from "../picker/endpointPicker";

import { type PodOwner, podOwnersOf } from "./podOwners";
import { selects } from "./podSpec";

const policies = objectsOfKind({ kind: "NetworkPolicy", groups: ["networking.k8s.io"] });

/** Kinds that let traffic in beside it, by rules of their own. */
const otherPolicies: Selector = {
  label: "other network policies",
  matches: (resource) => {
    const kind = resource.prop("kind").text ?? resource.type.split(":").at(-1) ?? "";
    return /^(?:Cilium|Admin|BaselineAdmin|Cluster|Global)\w*NetworkPolicy$/.test(kind);
  },
};

export const networkPolicyAdmits = stackPolicy({
  name: "network-policy-admits",
  description:
    "Where NetworkPolicies isolate model servers or endpoint pickers, one of them lets requests in.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Add a NetworkPolicy with an ingress rule for the ports of the pods: from the proxy-only " +
    "subnets and Google's health checks (35.191.0.0/16, 130.211.0.0/22) for model servers, and " +
    "from the load balancer for the endpoint picker.",
  url: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  settings: {},

  *judge(stack) {
    const all = stack.select(policies);
    if (all.length === 0 || stack.select(otherPolicies).length > 0) {
      return;
    }
    const scopes = new Scopes(stack);
    const inScope = new Map<string, Resource[]>();
    for (const policy of all) {
      append(inScope, scopes.of(policy), policy);
    }
    const closed = new Map<Resource, PodOwner[]>();
    for (const owner of podOwnersOf(stack, new Namespaces(stack)).filter(takesRequests)) {
      const scope = scopes.of(owner.resource);
      const those = (inScope.get(scope) ?? []).filter((policy) => mayHoldFor(policy, owner));
      const isOpen = !enforces(owner.member) || those.some(mayAdmit);
      const [first] = those.filter((policy) => holdsFor(policy, owner));
      if (first !== undefined && !isOpen) {
        append(closed, first, owner);
      }
    }
    for (const [policy, owners] of closed) {
      const namespace = owners[0]?.namespace;
      for (const finding of findingsOf(policy, owners)) {
        yield missing(stack, { beside: policy, namespace }, finding);
      }
    }
    for (const policy of all.filter(({ props }) => props.at("spec", "ingress").unknown)) {
      yield on(policy, pending(policy.props.at("spec", "ingress")));
    }
  },
});

function takesRequests({ resource, asksForGpus }: PodOwner): boolean {
  return asksForGpus || endpointPickers.matches(resource);
}

function* findingsOf(policy: Resource, owners: readonly PodOwner[]): Generator<Finding> {
  const [first] = owners;
  const ingress = policy.props.at("spec", "ingress");
  if (first !== undefined) {
    const names = listed(owners.map(({ resource }) => resource.name));
    const given = ingress.absent ? "is not set" : `is ${ingress}`;
    const problem =
      `${given}, and no other NetworkPolicy of ${clusterText(first.member)} lets anything in to the ` +
      `pods of ${names}, so they get no requests and no health checks`;
    yield on(policy, violation(ingress, problem, "add a rule for their ports"));
  }
}

/** A cluster without a network policy provider ignores them; one of another stack may have one. */
function enforces({ cluster }: Member): boolean {
  if (cluster === undefined) {
    return true;
  }
  const { props } = cluster;
  return (
    props.at("enableAutopilot").raw === true ||
    props.at("datapathProvider").text === "ADVANCED_DATAPATH" ||
    props.at("networkPolicy", "enabled").raw === true
  );
}

/** Whether pods are isolated by a policy, as far as that is known. */
function holdsFor({ props }: Resource, { labels }: PodOwner): boolean {
  const selector = props.at("spec", "podSelector");
  const wanted = selector.at("matchLabels");
  const isAll = !selector.unknown && (selector.fields ?? []).length === 0;
  const byLabels = labels.every((each) => selects(wanted, each));
  return !hasExpressions(selector) && isolates(props) && (isAll || byLabels);
}

/** The same for a policy whose selector is more than labels, or not known yet. */
function mayHoldFor(policy: Resource, owner: PodOwner): boolean {
  const selector = policy.props.at("spec", "podSelector");
  const fields = selector.at("matchLabels").fields ?? [];
  const isOpen =
    owner.labels.some(({ unknown }) => unknown) || fields.some(([, { unknown }]) => unknown);
  return selector.unknown || hasExpressions(selector) || isOpen || holdsFor(policy, owner);
}

function hasExpressions(selector: Value): boolean {
  const expressions = selector.at("matchExpressions");
  return expressions.unknown || (expressions.items ?? []).length > 0;
}

/** By default a policy isolates against what comes in. */
function isolates(props: Value): boolean {
  const types = props.at("spec", "policyTypes");
  return types.absent || (types.items ?? []).some(({ text }) => text === "Ingress");
}

function mayAdmit({ props }: Resource): boolean {
  const ingress = props.at("spec", "ingress");
  return ingress.unknown || (ingress.items ?? []).length > 0;
}
