import { markdownTable } from "../markdownTable";

import { defects } from "./defects";
import type { Defect, Shown, TestRef } from "./defects/defect";

const HOW_TO =
  "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway";

/** `docs/how-to-differences.md`. */
export function howToDifferences(): string {
  return [head(), table(), ...defects.map(section)].join("\n");
}

function head(): string {
  const run = defects.filter(({ shown }) => shown.by === "run").length;
  return `# Where this program differs from the how-to

This program does what Google's how-to [Set up GKE multi-cluster Inference Gateway](${HOW_TO})
sets out to do. This page is about its German edition, which uses release v1.1.0 of the Gateway API Inference Extension.
As written, it does not lead to a gateway that serves: it has ${defects.length} defects. For each, this page names what the how-to
does, the effect, what this program does instead, and the tests that fail if it no longer does.

${run} of them are shown by running the how-to, ${defects.length - run} only by tests of the program. \`make how-to\` follows the how-to from its
first command to its last, on two clusters with real API servers, the real helm, the release's own chart and manifests,
and the emulated Google Cloud. If a step does not work, it compares the output word by word with the quotation below
under *Seen*, and continues with the least correction. The column *shown by* says what found the defect. GKE's own CRDs
are written from its documentation and from dumps of clusters; see
[rehearsal/emulator/gke](../rehearsal/emulator/gke/README.md).

The English edition of 2026-08 has corrected some of this (1, 2, 13, 15 and the timeout of 4, with release v1.5.0) and
still has 3, 9, 10 and 28; its monitoring flag (12) means nothing in v1.5.0.

\`make docs\` writes this page from [rehearsal/scenarios/howTo/defects](../rehearsal/scenarios/howTo/defects).
`;
}

function table(): string {
  const rows = defects.map(({ number, title, shown }) => [String(number), title, by(shown)]);
  return [...markdownTable(["", "defect", "shown by"], rows), ""].join("\n");
}

function by(shown: Shown): string {
  return shown.by === "run" ? shown.judge : "test only";
}

function section({ number, title, howTo, happens, instead, tests, shown }: Defect): string {
  return [
    `## ${number}. ${title}`,
    "",
    `The how-to ${howTo}`,
    "",
    `- **What happens:** ${happens}`,
    `- **Instead:** ${instead}`,
    `- **Tests:** ${tests.map(proof).join("; ")}`,
    ...evidence(shown),
    "",
  ].join("\n");
}

function proof({ file, title, row }: TestRef): string {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return `[${name}](../${file}) "${title}"${row === undefined ? "" : `, "${row}"`}`;
}

function evidence(shown: Shown): string[] {
  if (shown.by === "test") return [`- **Not run:** ${shown.why}`];
  return ["- **Seen:**", "", ...["```", ...shown.seen, "```"].map((line) => `  ${line}`)];
}
