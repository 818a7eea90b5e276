import { fitted } from "../review/fit";
import { code, counted, row, withoutMentions } from "../review/text";

import type { Drift, Found, Noise } from "./drift";
import { FORCE_COMMAND, mendingOf, PLAIN_COMMAND } from "./mending";

/** The issue of a stack is found again by its first line. */
export function markerOf(stack: string): string {
  return `<!-- inference-gateway drift:${stack} -->`;
}

export function titleOf(stack: string): string {
  return `Stack ${stack} has drifted`;
}

/** What was changed outside of the program, field by field, with who mends it, as Markdown. */
export function reportOf(stack: string, { drifts, noise }: Found): string {
  const rows = drifts.map(driftRow);
  return fitted({ diff: 0, rows: rows.length, policies: 0 }, (kept) =>
    withoutMentions(
      [
        markerOf(stack),
        ...(rows.length === 0 ? [`Nothing in stack ${code(stack)} drifts.`] : head(stack, drifts)),
        ...rows.slice(0, kept.rows),
        ...(kept.rows < rows.length
          ? [
              "",
              `${rows.length - kept.rows} more rows do not fit into an issue; \`pulumi refresh --preview-only --diff\` shows all.`,
            ]
          : []),
        ...(rows.length === 0 ? [] : commands(stack, drifts)),
        ...(noise.length === 0 ? [] : ["", noiseLine(noise)]),
        "",
      ].join("\n"),
    ),
  );
}

function head(stack: string, drifts: Drift[]): string[] {
  const resources = new Set(drifts.map(({ resource }) => `${resource.kind}\n${resource.name}`))
    .size;
  return [
    `${counted(resources, "resource")} of stack ${code(stack)} ${resources === 1 ? "differs" : "differ"} from the program: they were changed outside of it.`,
    "",
    row(["cluster", "resource", "field", "who mends it"]),
    row(["---", "---", "---", "---"]),
  ];
}

function driftRow(drift: Drift): string {
  const { resource, cluster, path } = drift;
  return row([
    cluster && code(cluster),
    `${resource.kind} ${code(resource.name)}`,
    path === undefined ? "**deleted**" : code(path),
    mendingOf(drift).how,
  ]);
}

/** The commands, as they are typed; by force only if a field needs it. */
function commands(stack: string, drifts: Drift[]): string[] {
  const forced = drifts.some((drift) => mendingOf(drift).force);
  const command = forced ? FORCE_COMMAND : PLAIN_COMMAND;
  return [
    "",
    "```sh",
    `${command} --stack ${stack}`,
    "```",
    "",
    ...(forced
      ? [
          "Without force, preview and `up` fail and change nothing as long as another tool owns a field.",
        ]
      : []),
    'docs/operations.md, "Reverting manual changes", has the details. This issue closes when the drift is gone.',
  ];
}

function noiseLine(noise: Noise[]): string {
  const cells = noise.map(
    ({ resource, path, writer }) =>
      `${resource.kind} ${code(resource.name)} ${code(path)} (${writer})`,
  );
  const more = cells.length > 10 ? ` and ${cells.length - 10} more` : "";
  return `Not drift, because the program does not set them: ${cells.slice(0, 10).join(", ")}${more}.`;
}
