import {
  type Change,
  type ExpectedStep,
  type FirstStep,
  type Operation,
  type Step,
  targetFlags,
} from "./change";
import { type Drift, drifts } from "./drift/table";
import { changes } from "./table";

const HEAD = `# What a change does to a running stack

Written by \`make docs\` from the table that \`make changes\` rehearses: it changes one running stack by each row, on real
API servers and an emulated Google Cloud, and compares what \`preview\` plans and \`up\` does with the row, resource by
resource and property by property. What a row does not name is left as it is. Of every change it also sees that

- no cluster is replaced, and none deleted whose name stays in the configuration,
- no resource of a cluster that the change is not about is touched,
- a replaced GPU pool's successor is there before the pool goes,
- some region has a ready model server at every moment, and every region keeps its address, unless the row says otherwise.

Model servers are replaced one at a time in each cluster, in all clusters at once; a single one goes only when its
successor serves. \`make rollout\` takes a change of the model to one region after another, each drained before
([operations](operations.md)).
`;

const DRIFT = `
## Changes behind the program's back

\`pulumi preview\` and \`up\` compare the program with the state and see none of these; with \`--refresh\` they do, and \`up
--refresh\` mends them and nothing else.
`;

/** `docs/changes.md` */
export function changesDocs(): string {
  return [
    HEAD,
    ...table(
      ["you change", "updated in place", "replaced", "created, deleted", "what to know"],
      changes.map(changeRow),
    ),
    DRIFT,
    ...table(["somebody changes", "mended by"], drifts.map(driftRow)),
    "",
  ].join("\n");
}

function changeRow({ what, first, steps, refused, effect }: Change): string[] {
  if (refused) return [what, "nothing: `up` fails", "", "", effect];
  const all = [...(first?.steps ?? []), ...steps];
  const comesAndGoes = [
    ...describe(all, "delete").map((line) => `- ${line}`),
    ...describe(all, "create").map((line) => `+ ${line}`),
    ...all.flatMap(wholeCluster),
  ];
  const cells = [describe(all, "update"), describe(all, "replace"), comesAndGoes];
  const before = first ? `first \`pulumi ${commandLine(first)}\`; ` : "";
  return [before + what, ...cells.map((lines) => lines.join("<br>")), effect];
}

/** Such as `destroy --target '**::gateway' --target-dependents`. */
function commandLine(first: FirstStep): string {
  const flags = targetFlags(first).map((flag) => (flag.includes("*") ? `'${flag}'` : flag));
  return [first.command, ...flags].join(" ");
}

function wholeCluster(step: ExpectedStep): string[] {
  if (step.operation !== "join" && step.operation !== "leave") return [];
  const sign = step.operation === "join" ? "+" : "-";
  const region = step.region ? ` and of \`${step.region}\`` : "";
  return [`${sign} all of \`${step.cluster}\`${region}`];
}

function driftRow({ what, mended }: Drift): string[] {
  const verb = mended.operation === "create" ? "created again: " : "";
  return [what, verb + describe([mended], mended.operation).join()];
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

function table(headings: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)];
}
