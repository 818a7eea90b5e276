import * as fs from "node:fs";
import * as path from "node:path";

import type { Directories } from "./directories";

/** The parts of the pack that are built. */
const BUILT = "bin";

/** Lays out the policy pack as its package would be installed: what it publishes, and the packages it needs. */
export function writePolicyPack({ checkout, library, policyPack }: Directories): void {
  const source = path.join(checkout, "policy-pack");
  const { files } = JSON.parse(fs.readFileSync(path.join(source, "package.json"), "utf8")) as {
    files: string[];
  };
  fs.rmSync(policyPack, { recursive: true, force: true });
  fs.mkdirSync(path.join(policyPack, BUILT), { recursive: true });
  for (const file of ["package.json", ...files.filter((file) => file !== BUILT)]) {
    fs.copyFileSync(path.join(source, file), path.join(policyPack, file));
  }
  fs.copyFileSync(path.join(library, "policy-pack.cjs"), path.join(policyPack, BUILT, "index.js"));
  fs.symlinkSync(path.join(checkout, "node_modules"), path.join(policyPack, "node_modules"));
}
