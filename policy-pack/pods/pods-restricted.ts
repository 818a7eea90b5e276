import { isPartial } from "../fleet/kubernetesObject";
import {
  type Finding,
  pending,
  requireValue,
  resourcePolicy,
  security,
  type Value,
  violation,
} from "../frame";

import { asksForGpus } from "./gpuRequests";
import { grantedRights } from "./grantedRights";
import { containersOf, initContainersOf, podRunners, podTemplatesOf } from "./podSpec";

/** Profiles that block dangerous system calls, or that the program chose. */
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
    "server: it runs code and weights of third parties, and takes untrusted input. Give its pods " +
    "nothing of the node: no privileged container, no host network or processes, no hostPath.",
  url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  settings: {},
  judges: podRunners,

  *judge(resource) {
    for (const template of isPartial(resource) ? [] : podTemplatesOf(resource)) {
      const servers = containersOf(template).filter((each) => asksForGpus(each) === true);
      if (servers.length > 0) {
        yield* tokenFindings(template.at("spec", "automountServiceAccountToken"));
        yield* grantedRights(template, [...initContainersOf(template), ...containersOf(template)]);
      }
      for (const container of servers) {
        yield* containerFindings(container, template);
      }
    }
  },
});

function tokenFindings(mounted: Value): Iterable<Finding> {
  const consequence = "so the server holds a credential of the cluster";
  const fix = "set it to false, unless the server calls the API server";
  return requireGiven(mounted, [false], consequence, fix);
}

function* containerFindings(container: Value, template: Value): Generator<Finding> {
  const context = container.at("securityContext");
  const escalation = context.at("allowPrivilegeEscalation");
  const rights = "so a process may get more rights than the server has";
  yield* requireGiven(escalation, [false], rights, "set it to false");
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
  const calls = "so the server may make any system call";
  yield* requireGiven(profile, PROFILES, calls, 'set it to "RuntimeDefault"');
}

/** A value that has to be set to one of these. */
function requireGiven(
  value: Value,
  allowed: readonly unknown[],
  consequence: string,
  fix: string,
): Iterable<Finding> {
  const problem = `${given(value)}, ${consequence}`;
  return requireValue(value, { whenAbsent: problem, allowed, whenWrong: problem, fix });
}

function given(value: Value): string {
  return value.absent ? "is not set" : `${value}`;
}
