import { type Finding, groupBy, on, pending, reliability, stackPolicy, violation } from "../frame";

import { balancerTraffic, type BalancerTraffic, type Source } from "./balancerTraffic";
import { type FirewallRule, firewallRulesOf } from "./firewallRule";
import { Vpcs } from "./vpc";

export const loadBalancerFirewall = stackPolicy({
  name: "load-balancer-firewall",
  description:
    "A firewall rule for the gateway lets in every address of its load balancer, but not " +
    "everyone.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "List in sourceRanges Google's health checkers, 35.191.0.0/16 and 130.211.0.0/22, and the " +
    "gateway's proxy-only subnets, and in allows the ports of model servers and endpoint " +
    "pickers. GKE creates a rule of its own where it may change the network's firewall, which it " +
    "may not in a Shared VPC. Next to GKE's rule the program needs none. Where another stack " +
    "owns the firewall, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules",
  settings: {},

  *judge(stack) {
    const rules = firewallRulesOf(stack);
    if (rules.length === 0) {
      return;
    }
    const vpcs = new Vpcs(stack.resources);
    const traffic = balancerTraffic(stack, vpcs);
    for (const [vpc, inVpc] of groupBy(rules, ({ resource }) => vpcs.of(resource).key)) {
      const here = traffic.get(vpc ?? "");
      if (here !== undefined) {
        yield* vpcFindings(inVpc, here);
      }
    }
  },
});

function* vpcFindings(
  rules: readonly FirewallRule[],
  traffic: BalancerTraffic,
): Generator<Finding> {
  const ports = [...traffic.reached.keys()];
  // A rule that names only other ports may be for other workloads in the VPC.
  const names = (rule: FirewallRule) => {
    return rule.opensNothing || ports.some((port) => rule.names(port));
  };
  const concerned = rules.filter((rule) => names(rule) || ports.some((port) => rule.opens(port)));
  const meant = concerned.filter((rule) => {
    const isFor = rule.isForAll || traffic.sources.some(({ range }) => rule.isFor(range));
    return isFor && names(rule);
  });
  const [first] = meant;
  if (first === undefined) {
    return;
  }
  const findings = [
    ...meant.filter(({ isForAll }) => isForAll).map((rule) => everybodyFinding(rule, traffic)),
    ...sourceFindings(first, concerned, traffic),
    ...portFindings(meant, concerned, traffic),
  ];
  // A value that is not known yet may hold what is missing.
  const hidden = rules.filter((rule) => rule.hidden !== undefined);
  yield* findings.length === 0 || hidden.length === 0
    ? findings
    : hidden.map((rule) => on(rule.resource, pending(rule.hidden ?? rule.allows)));
}

function everybodyFinding({ resource, sources }: FirewallRule, traffic: BalancerTraffic): Finding {
  const given = sources.absent ? "is not set" : `is ${sources}`;
  const problem = `${given}, so any client in the network reaches the model servers without the gateway`;
  const allowed = traffic.sources.map(({ range }) => range.text).join(", ");
  return on(resource, violation(sources, problem, `list the load balancer's alone: ${allowed}`));
}

function* sourceFindings(
  first: FirewallRule,
  rules: readonly FirewallRule[],
  { sources }: BalancerTraffic,
): Generator<Finding> {
  for (const { range, who } of sources) {
    if (!rules.some((rule) => rule.covers(range))) {
      const problem = `lacks ${range.text}, which ${who}`;
      yield on(first.resource, violation(first.sources, problem, "add it"));
    }
  }
}

function* portFindings(
  meant: readonly FirewallRule[],
  rules: readonly FirewallRule[],
  { sources, reached }: BalancerTraffic,
): Generator<Finding> {
  const gaps = sources.flatMap((source) => gapsOf(source, meant, rules));
  const what = ({ rule, port }: Gap) => `${rule.resource.urn} ${reached.get(port)}`;
  for (const [first, ...others] of groupBy(gaps, what).values()) {
    if (first !== undefined) {
      const { rule, port } = first;
      const all = [first, ...others];
      const shut = [...new Set(all.map((gap) => gap.port))].join(", ");
      const from = [...new Set(all.map(({ source }) => source.range.text))].join(", ");
      const problem = `lacks TCP ${shut}, the port of ${reached.get(port)}, for ${from}`;
      yield on(rule.resource, violation(rule.allows, problem, "add it"));
    }
  }
}

interface Gap {
  readonly rule: FirewallRule;
  readonly port: number;
  readonly source: Source;
}

/** Ports that no rule opens to a source, although some rule is for that source. */
function gapsOf(
  source: Source,
  meant: readonly FirewallRule[],
  rules: readonly FirewallRule[],
): readonly Gap[] {
  const covering = rules.filter((rule) => rule.covers(source.range));
  const rule = meant.find((each) => covering.includes(each)) ?? covering[0];
  const shut = source.ports.filter((port) => !covering.some((each) => each.opens(port)));
  return rule === undefined ? [] : shut.map((port) => ({ rule, port, source }));
}
