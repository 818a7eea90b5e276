import { EngineError } from "../../stage/engine";
import type { Grant } from "../../stage/deployer";

import { expectWords } from "../expectWords";
import type { Drill } from "../drills/drill";
import type { Sandbox } from "../../stage/sandbox";

/** A role of the account that deploys, and the error without it. */
interface Missing {
  role: string;
  /** A role that it has until then in this one's place. */
  instead?: string;
  words: RegExp;
}

/** In an order in which each refusal shows: a later one appears only with the roles before it. */
const MISSING: Missing[] = [
  {
    role: "roles/serviceusage.serviceUsageAdmin",
    words: /Permission denied to list services for consumer container \[projects\/\d+\], forbidden/,
  },
  {
    role: "roles/resourcemanager.projectIamAdmin",
    words: /googleapi: Error 403: The caller does not have permission, forbidden/,
  },
  {
    role: "roles/iam.serviceAccountAdmin",
    words: /Permission 'iam\.serviceAccounts\.create' denied on resource/,
  },
  {
    // Once the API is enabled, the program asks who owns the fleet before it creates anything.
    role: "roles/gkehub.editor",
    words:
      /Permission 'gkehub\.features\.get' denied on 'projects\/my-project-dev\/locations\/global\//,
  },
  {
    role: "roles/compute.networkAdmin",
    words:
      /Required 'compute\.networks\.create' permission for 'projects\/my-project-dev\/global\//,
  },
  {
    role: "roles/compute.securityAdmin",
    words:
      /Required 'compute\.firewalls\.create' permission for 'projects\/my-project-dev\/global\//,
  },
  {
    role: "roles/iam.serviceAccountUser",
    instead: "roles/container.clusterAdmin",
    words: /Error 400: The user does not have access to service account "inference-node-\w+@/,
  },
  {
    role: "roles/container.admin",
    instead: "roles/container.clusterAdmin",
    // The kubernetes provider creates by server-side apply, which is a patch.
    words:
      /cannot patch resource "namespaces" in API group "" in the namespace "inference": requires one of \["container\.namespaces\.update"\] permission\(s\)/,
  },
];

export const roleDrills: Drill[] = [{ name: "rolesOneByOne", run: oneByOne }];

/**
 * An account gets its roles one after another, and updates the stack after each: Google's error names the missing
 * permission, and the next `up` continues.
 */
async function oneByOne(sandbox: Sandbox): Promise<void> {
  for (const [i, { role, instead, words }] of MISSING.entries()) {
    const had = MISSING.slice(0, i).map((before) => before.role);
    sandbox.letDeployerHave((grants) => [
      ...grants.filter((grant) => had.includes(grant.role)),
      ...(instead === undefined ? [] : onProject(grants, instead)),
    ]);
    // Without this, the first refusal would end it, and which one is first is chance.
    const said = await sandbox.up("--continue-on-error").then(
      () => Promise.reject(new Error(`it passed without ${role}`)),
      (error: unknown) => (error instanceof EngineError ? error.output : String(error)),
    );
    expectWords(said.replaceAll(/\s+/g, " "), [words]);
  }
  sandbox.letDeployerHave((grants) => grants);
  await sandbox.up();
  await sandbox.verify();
  await sandbox.destroy();
  const left = await sandbox.left();
  if (left.length > 0) throw new Error(`left behind: ${left.join(", ")}`);
}

function onProject(grants: Grant[], role: string): Grant[] {
  const [first] = grants;
  return first ? [{ ...first, role }] : [];
}
