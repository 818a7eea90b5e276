import { isPartial } from "../fleet/kubernetesObject";
import { type Finding, pending, resourcePolicy, security, type Value, violation } from "../frame";

import { asksForGpus } from "./gpuRequests";
import { containersOf, podRunners, podTemplatesOf } from "./podSpec";

/** Profiles of system calls that leave out the dangerous ones, or that somebody chose. */
const PROFILES: readonly unknown[] = ["RuntimeDefault", "Localhost"];

export const podsRestricted = resourcePolicy({
  name: "pods-restricted",
  description: "Model servers have no right that they do not need.",
  severity: "medium",
  enforcementLevel: "advisory",
  framework: security,
  remediationSteps:
    'Set allowPrivilegeEscalation false, capabilities.drop ["ALL"] and seccompProfile ' +
    "RuntimeDefault, and automountServiceAccountToken false unless the server calls the API " +
    "server: it runs code and weights of others, and answers anybody's texts.",
  url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  settings: {},
  judges: podRunners,

  *judge(resource) {
    for (const template of isPartial(resource) ? [] : podTemplatesOf(resource)) {
      const servers = containersOf(template).filter((each) => asksForGpus(each) === true);
      if (servers.length > 0) {
        yield* tokenFindings(template.at("spec", "automountServiceAccountToken"));
      }
      for (const container of servers) {
        yield* containerFindings(container, template);
      }
    }
  },
});

function* tokenFindings(mounted: Value): Generator<Finding> {
  if (mounted.unknown) {
    yield pending(mounted);
  } else if (mounted.raw !== false) {
    const problem = `${given(mounted)}, so the server holds a credential of the cluster`;
    yield violation(mounted, problem, "set it to false, unless the server calls the API server");
  }
}

function* containerFindings(container: Value, template: Value): Generator<Finding> {
  const context = container.at("securityContext");
  const escalation = context.at("allowPrivilegeEscalation");
  if (escalation.unknown) {
    yield pending(escalation);
  } else if (escalation.raw !== false) {
    const problem = `${given(escalation)}, so a process may get more rights than the server has`;
    yield violation(escalation, problem, "set it to false");
  }
  const dropped = context.at("capabilities", "drop");
  const names = dropped.items ?? [];
  if (dropped.unknown || names.some(({ unknown }) => unknown)) {
    yield pending(dropped);
  } else if (!names.some(({ text }) => text?.toUpperCase() === "ALL")) {
    const problem = `${given(dropped)}, so the server keeps rights of root`;
    yield violation(dropped, problem, 'write ["ALL"]');
  }
  const own = context.at("seccompProfile", "type");
  const profile = own.absent
    ? template.at("spec", "securityContext", "seccompProfile", "type")
    : own;
  if (profile.unknown) {
    yield pending(profile);
  } else if (!PROFILES.includes(profile.raw)) {
    const problem = `${given(profile)}, so the server may make any system call`;
    yield violation(profile, problem, 'set it to "RuntimeDefault"');
  }
}

function given(value: Value): string {
  return value.absent ? "is not set" : `${value}`;
}
