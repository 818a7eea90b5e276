import * as ts from "typescript";

/** What changes on Google Cloud and in its neighbourhood without us, by how it is written. */
const KINDS: Record<string, RegExp> = {
  "a GKE build": /^\d+\.\d+\.\d+-gke\.\d+$/,
  "a release": /^v?\d+\.\d+\.\d+$/,
  "a zone": /^[a-z]+-[a-z]+\d+-[a-z]$/,
  "a machine type": /^(?:a2|a3|a4|a4x|c2|c3|e2|g2|g4|n1|n2)-[a-z]+-\w+$/,
  "a day": /^20\d\d-\d\d-\d\d$/,
};

/** Texts of a source file that are as a whole a fact that ages, each with its kind. Comments and messages are not. */
export function agingLiterals(source: string): string[] {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node)) {
      const kind = Object.keys(KINDS).find((name) => KINDS[name]?.test(node.text));
      if (kind) found.push(`${kind}: ${node.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
