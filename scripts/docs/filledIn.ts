import type { FilledIn } from "../../rehearsal/emulator/cloud/tables/filledIn/filledIn";
import type { Source } from "../../rehearsal/emulator/cloud/tables/filledIn/sources";
import { filledIn, reordered } from "../../rehearsal/emulator/cloud/tables/filledIn";
import { LASTING, NOT_FILLED_IN } from "../../rehearsal/emulator/providers/gcp/lasting";
import { markdownTable } from "../../rehearsal/scenarios/markdownTable";

const HEAD = `# What Google fills in by itself

Written by \`make docs\` from the tables of the emulated cloud (\`rehearsal/emulator/cloud/tables/filledIn\`), which fills in the same:
that a second \`up\` changes nothing means something only then. Not in them are names, numbers and times that every server
makes up, and what GKE chooses by machine type (\`rehearsal/emulator/cloud/services/container/nodePools.ts\`).

A field that the provider takes as Computed may be filled in without harm. One that it does not is a difference at every
\`up\`, and where it cannot be changed in place, another resource each time. These are the first table.
`;

const SETTLED = {
  provider: "the provider suppresses it",
  said: "the program says it",
  ignored: "the program ignores it",
};

/** `docs/filled-in.md` */
export function filledInDocs(): string {
  return [
    HEAD,
    ...markdownTable(
      ["resource", "property", "left out, it would be", "settled", "how", "source", "as of"],
      LASTING.map(({ type, property, difference, settled, how, source }) => [
        kindOf(type),
        code(property),
        difference,
        SETTLED[settled],
        how,
        ...sourceOf(source),
      ]),
    ),
    "",
    "Looked for, and not filled in:",
    "",
    ...markdownTable(
      ["resource", "property", "what there is to see", "source", "as of"],
      NOT_FILLED_IN.map(({ type, property, seen, source }) => [
        kindOf(type),
        code(property),
        seen,
        ...sourceOf(source),
      ]),
    ),
    ...Object.entries(filledIn).flatMap(([kind, rows]) => section(kind, rows)),
    "",
    "## Lists in another order",
    "",
    ...markdownTable(
      ["resource", "field", "order", "source", "as of"],
      Object.entries(reordered).flatMap(([kind, rows]) =>
        rows.map(({ field, shown, source }) => [kind, code(field), shown, ...sourceOf(source)]),
      ),
    ),
    "",
  ].join("\n");
}

function section(kind: string, rows: readonly FilledIn[]): string[] {
  const cells = rows.map(({ field, value, shown, when, always, source }) => [
    code(field),
    shown ?? code(JSON.stringify(value)),
    always ? "whatever was asked for" : (when?.words ?? ""),
    ...sourceOf(source),
  ]);
  return [
    "",
    `## ${kind}`,
    "",
    ...markdownTable(["field", "value", "when", "source", "as of"], cells),
  ];
}

function kindOf(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

function code(text: string): string {
  return `\`${text}\``;
}

function sourceOf({ source, asOf }: Source): [string, string] {
  return [source, asOf];
}
