import type { Policies, PolicyConfigSchema } from "@pulumi/policy";

import { policies } from "../../policy-pack/index";
import { rememberInputs } from "../../policy-pack/frame/inputs";
import { type Alteration, isPoliced } from "../../rehearsal/scenarios/alterations/alteration";
import type { Edit } from "../../rehearsal/scenarios/alterations/edit";
import { alterations } from "../../rehearsal/scenarios/alterations/table";
import { markdownTable } from "../../rehearsal/scenarios/markdownTable";

type Policy = Policies[number];
type Setting = PolicyConfigSchema["properties"][string];

const HEAD = `# Policies

The rules of the [policy pack](../policy-pack/README.md); its README says how to run it and how to set levels and
thresholds. \`make docs\` writes this page from the policies.

A policy judges one **resource** before it is created or changed, or the whole **stack** with all its clusters, once the
program has registered everything. *Mandatory* stops the update, *advisory* only warns. Automatic fixes apply at level
\`remediate\`. Each example is the smallest change to this program's own stack that this policy, and no other, catches; a
test makes the change once with all values known and once with none.
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
    `- **Fix**: ${remediationSteps}${fixedByItself(policy) ? " Automatic at level `remediate`." : ""}`,
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
  const found = alterations.filter(isPoliced).find(({ policy }) => policy.name === name);
  const said = found?.policy.says[0];
  if (found === undefined || said === undefined) throw new Error(`${name} has no example`);
  return [`- **Example**: ${editsOf(found)}:\n  > ${said.message.replaceAll("<", "&lt;")}`];
}

function editsOf({ edits, stack }: Alteration): string {
  const texts = edits.map((edit, index) => {
    const same = edits.slice(0, index).some(({ at }) => at === edit.at);
    const kind = edit.at.type.split(":").at(-1);
    const whose = `${kind} \`${edit.at.name}\`${stack === "prod" ? " of prod" : ""}`;
    return textOf(edit, whose, same ? "" : ` of ${whose}`);
  });
  return texts.join(" and ");
}

function textOf(edit: Edit, whose: string, ofWhose: string): string {
  if ("set" in edit) return `\`${edit.set}\`${ofWhose} set to \`${JSON.stringify(edit.to)}\``;
  if ("unset" in edit) return `\`${edit.unset}\`${ofWhose} left out`;
  if ("rename" in edit) return `\`${edit.rename}\`${ofWhose} written as \`${edit.as}\``;
  if ("drop" in edit) return `${whose} left out`;
  const inputs = Object.entries(edit.with ?? {}).map(
    ([path, to]) => `\`${path}\` ${JSON.stringify(to)}`,
  );
  return `another beside ${whose}${inputs.length > 0 ? `, with ${inputs.join(", ")}` : ""}`;
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
