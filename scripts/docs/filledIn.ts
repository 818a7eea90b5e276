import type { FilledIn } from "../../rehearsal/emulator/cloud/tables/filledIn/filledIn";
import type { Source } from "../../rehearsal/emulator/cloud/tables/filledIn/sources";
import { filledIn, reordered } from "../../rehearsal/emulator/cloud/tables/filledIn";
import { LASTING, NOT_FILLED_IN } from "../../rehearsal/emulator/providers/gcp/lasting";
import { markdownTable } from "../../rehearsal/scenarios/markdownTable";

const HEAD = `# Defaults that Google adds

Google adds defaults to a resource that the program creates. The emulated cloud adds the same ones; otherwise a second
\`up\` without changes would prove nothing. \`make docs\` writes this page from its tables
(\`rehearsal/emulator/cloud/tables/filledIn\`). They leave out names, numbers and times that every server generates, and
values that GKE chooses by machine type (\`rehearsal/emulator/cloud/services/container/nodePools.ts\`).

A default does no harm if the provider treats the field as Computed. Otherwise every \`up\` shows a difference, and replaces
the resource if the field cannot be changed in place. The first table lists these fields.
`;

const SETTLED = {
  provider: "the provider, which suppresses it",
  said: "the program, which sets it",
  ignored: "the program, which ignores it",
};

/** `docs/filled-in.md` */
export function filledInDocs(): string {
  return [
    HEAD,
    ...markdownTable(
      ["resource", "property", "if left out", "settled by", "how", "source", "as of"],
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
    "Checked, and not filled in:",
    "",
    ...markdownTable(
      ["resource", "property", "observed", "source", "as of"],
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
