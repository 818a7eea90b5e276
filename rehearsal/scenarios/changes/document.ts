import { markdownTable } from "../markdownTable";

import {
  type Change,
  type ExpectedStep,
  type FirstStep,
  type Operation,
  type Step,
  targetFlags,
  type Untried,
} from "./change";
import { type Drift, drifts } from "./drift/table";
import { changes } from "./table";
import { untried } from "./table/untried";

const HEAD = `# What a change does to a running stack

\`make docs\` writes this page from the table of \`make changes\`. That command applies each row to one running stack, on
real API servers and an emulated Google Cloud, and compares the plan of \`preview\` and the effect of \`up\` with the row,
resource by resource and property by property. Resources that a row does not name stay unchanged. For every change it
also checks these rules:

- No cluster is replaced, and no cluster is deleted whose name stays in the configuration.
- No resource changes in a cluster that the change is not about.
- The successor of a replaced GPU pool exists before the pool is deleted.
- Every region that stays has a ready model server all the time and keeps its address, unless the row says otherwise.
- Nothing is deleted before its successor is created, unless the row says so.

Every key of the [configuration](configuration.md) has a row; \`x.*\` stands for all keys below \`x\`.

Model servers are replaced one at a time in each cluster, in all clusters at once; a single one is deleted only when its
successor serves. \`make rollout\` rolls a change of the model out to one region after another, and drains each before
([operations](operations.md)).
`;

const UNTRIED = `
## Changes that are not rehearsed
`;

const DRIFT = `
## Manual changes

\`pulumi preview\` and \`up\` compare the program with the state and do not see these changes. With \`--refresh\` they do,
and \`up --refresh\` reverts only these. A field that \`kubectl edit\` or \`apply\` has set belongs to that tool: \`preview
--refresh\` and \`up --refresh\` name the owner and the field and fail (\`Server-Side Apply field conflict\`), so that no
manual change is overwritten silently. With \`PULUMI_K8S_ENABLE_PATCH_FORCE=true\` before the command, \`up\` overwrites the
field. It overwrites the replicas of model servers without that setting.
`;

/** `docs/changes.md` */
export function changesDocs(): string {
  return [
    HEAD,
    ...markdownTable(
      [
        "you change",
        "updated in place",
        "replaced",
        "created, deleted",
        "what hurts",
        "what to know",
      ],
      changes.map(changeRow),
    ),
    UNTRIED,
    ...markdownTable(
      ["you change", "`up` would", "do this instead"],
      untried.map((row) => [whatOf(row), row.would, row.instead]),
    ),
    DRIFT,
    ...markdownTable(["manual change", "reverted by", "only by force"], drifts.map(driftRow)),
    "",
  ].join("\n");
}

/** The cells of a change. */
export function changeRow(change: Change): string[] {
  const { first, steps, refused, effect } = change;
  const what = whatOf(change);
  if (refused) return [what, "nothing: `up` fails", "", "", "", effect];
  const all = [...(first?.steps ?? []), ...steps];
  const comesAndGoes = [
    ...describe(all, "delete").map((line) => `- ${line}`),
    ...describe(all, "create").map((line) => `+ ${line}`),
    ...all.flatMap(wholeCluster),
  ];
  const cells = [describe(all, "update"), describe(all, "replace"), comesAndGoes];
  const before = first ? `first \`pulumi ${commandLine(first)}\`; ` : "";
  return [before + what, ...[...cells, hurts(change)].map((lines) => lines.join("<br>")), effect];
}

/** What is edited. */
export function whatOf({ what, keys }: Change | Untried): string {
  return what ?? keys.map((key) => `\`${key.replace(/\.\*$/, "")}\``).join(", ");
}

/** What the change interrupts while it is made. */
function hurts({ clusters, deletesFirst, interrupts, pausesRegion, steps }: Change): string[] {
  const lines = deletesFirst?.map(shortName).join(", ");
  const restarted = clusters ? [] : steps.flatMap(restartedPods);
  return [
    ...(interrupts ? ["no region serves for a while"] : []),
    ...(pausesRegion ? ["a region does not serve for a while"] : []),
    ...(lines === undefined ? [] : [`gone before the successor is made: ${lines}`]),
    ...restarted.map((pods) => `all regions at once: ${pods} are replaced`),
  ];
}

/** The object whose pods a step replaces; a change about some clusters does not replace all at once. */
function restartedPods(step: ExpectedStep): string[] {
  if (!("resource" in step) || step.operation !== "update") return [];
  if (!step.properties.some((path) => path.startsWith("spec.template."))) return [];
  return [step.resource.endsWith("-epp") ? "endpoint pickers" : "model servers"];
}

/** Such as `destroy --target '**::gateway' --target-dependents`. */
function commandLine(first: FirstStep): string {
  const flags = targetFlags(first).map((flag) => (flag.includes("*") ? `'${flag}'` : flag));
  return [first.command, ...flags].join(" ");
}

function wholeCluster(step: ExpectedStep): string[] {
  if (step.operation === "retire") return [`- all that serves in \`${step.cluster}\``];
  if (step.operation !== "join" && step.operation !== "leave") return [];
  const sign = step.operation === "join" ? "+" : "-";
  const region = step.region ? ` and of \`${step.region}\`` : "";
  return [`${sign} all of \`${step.cluster}\`${region}`];
}

function driftRow({ what, refused, mended }: Drift): string[] {
  const verb = mended.operation === "create" ? "created again: " : "";
  return [what, verb + describe([mended], mended.operation).join(), refused ? "yes" : ""];
}

/** Lines such as ``Deployment `<cluster>`: `spec.replicas` ``; resources of which the same changes share one. */
function describe(steps: ExpectedStep[], operation: Operation): string[] {
  const resources = new Map<string, string[]>();
  for (const step of steps) {
    if (step.operation !== operation) continue;
    const { resource, properties } = step as Step;
    const paths = properties.map((path) => `\`${path}\``).join(", ");
    resources.set(paths, [...(resources.get(paths) ?? []), shortName(resource)]);
  }
  return [...resources].map(([paths, names]) => names.join(", ") + (paths ? `: ${paths}` : ""));
}

/** The kind and the name, without where the kind is from. */
function shortName(resource: string): string {
  const [type = "", name = ""] = resource.split("::");
  return `${type.slice(type.lastIndexOf(":") + 1)} \`${name}\``;
}
