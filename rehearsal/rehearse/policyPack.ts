import * as fs from "node:fs";
import * as path from "node:path";

import type { Places } from "./places";

/** Lays out the policy pack as its package would be installed: what it publishes, and the packages it needs. */
export function layPolicyPack({ checkout, library, policyPack }: Places): void {
  fs.rmSync(policyPack, { recursive: true, force: true });
  fs.mkdirSync(path.join(policyPack, "bin"), { recursive: true });
  for (const file of ["PulumiPolicy.yaml", "package.json", "start.js"]) {
    fs.copyFileSync(path.join(checkout, "policy-pack", file), path.join(policyPack, file));
  }
  fs.copyFileSync(path.join(library, "policies.cjs"), path.join(policyPack, "bin", "index.js"));
  fs.symlinkSync(path.join(checkout, "node_modules"), path.join(policyPack, "node_modules"));
}
