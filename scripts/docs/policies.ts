import type { Policies, PolicyConfigSchema } from "@pulumi/policy";

import { policies } from "../../policy-pack/index";
import { rememberInputs } from "../../policy-pack/frame/inputs";
import { breaks } from "../../rehearsal/scenarios/alterations/breaks";
import type { Break } from "../../rehearsal/scenarios/alterations/breaks/break";
import { markdownTable } from "../markdownTable";

type Policy = Policies[number];
type Setting = PolicyConfigSchema["properties"][string];

const HEAD = `# Policies

What [policy-pack](../policy-pack/README.md) judges, written by \`make docs\` from the policies themselves. How to run it
and how to set levels and thresholds is told there.

A policy judges one **resource** before it is created or changed, or the **stack** as a whole, across its clusters, once
the program has registered everything. *Mandatory* stops the update, *advisory* only warns. Automatic fixes apply at
level \`remediate\`. Each example is the smallest change to this program's own stack
that this policy, and no other, catches; a test makes it with everything known and with nothing known yet.
`;

/** `docs/policies.md`: a table of all, then a section for each. */
export function policyDocs(): string {
  const listed = policies.filter(({ name }) => name !== rememberInputs.name);
  const rows = listed.map((policy) => [
    `[${policy.name}](#${policy.name})`,
    judgedBy(policy),
    policy.enforcementLevel ?? "mandatory",
    policy.severity ?? "",
    policy.description,
  ]);
  return [
    HEAD,
    ...markdownTable(["policy", "judges", "level", "severity", "rule"], rows),
    ...listed.flatMap(section),
  ].join("\n");
}

function section(policy: Policy): string[] {
  const { name, description, framework, remediationSteps = "", url = "" } = policy;
  const { reference, specification } = framework ?? {};
  return [
    "",
    `## ${name}`,
    "",
    `${description} [Why](${url})`,
    "",
    `- **Level**: ${policy.enforcementLevel ?? "mandatory"}, severity ${policy.severity ?? "none"}; judges the ${judgedBy(policy)}.`,
    `- **Framework**: [${reference}](${specification})`,
    `- **Fix**: ${remediationSteps}${fixedByItself(policy) ? " Made by itself at level `remediate`." : ""}`,
    ...example(name),
    ...settings(policy.configSchema?.properties ?? {}),
  ];
}

function judgedBy(policy: Policy): string {
  return "validateStack" in policy ? "stack" : "resource";
}

function fixedByItself(policy: Policy): boolean {
  return "remediateResource" in policy;
}

function example(name: string): string[] {
  const found = breaks.find(({ policy }) => policy === name);
  const said = found?.says[0];
  if (found === undefined || said === undefined) throw new Error(`${name} has no example`);
  return [`- **Example**: ${changeOf(found)}\n  > ${said.message.replaceAll("<", "&lt;")}`];
}

function changeOf({ at, change, stack }: Break): string {
  const kind = at.type.split(":").at(-1);
  const whose = `${kind} \`${at.name}\`${stack === "prod" ? " of prod" : ""}`;
  if ("to" in change) {
    const also = Object.entries(change.also ?? {}).map(
      ([path, to]) => ` and \`${path}\` to \`${JSON.stringify(to)}\``,
    );
    return `\`${change.set}\` of ${whose} set to \`${JSON.stringify(change.to)}\`${also.join("")}:`;
  }
  if ("unset" in change) return `\`${change.unset}\` of ${whose} left out:`;
  if ("drop" in change) return `${whose} left out:`;
  const set = Object.entries(change.set ?? {}).map(
    ([path, to]) => `\`${path}\` ${JSON.stringify(to)}`,
  );
  return `another beside ${whose}${set.length > 0 ? `, with ${set.join(", ")}` : ""}:`;
}

function settings(properties: Record<string, Setting>): string[] {
  const rows = Object.entries(properties).map(([key, setting]) => [
    `\`${key}\``,
    code(setting.default),
    allowed(setting),
    setting.description ?? "",
  ]);
  return rows.length === 0
    ? []
    : ["", ...markdownTable(["setting", "default", "allowed", "meaning"], rows)];
}

function allowed({ type, minimum, maximum }: Setting): string {
  const kind = String(type);
  if (minimum === undefined && maximum === undefined) return kind;
  return `${kind}, ${minimum ?? ""}..${maximum ?? ""}`;
}

/** A list of texts as its texts, so that a long one can be broken. */
function code(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(code).join(", ");
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
