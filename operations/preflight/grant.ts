import type { DeployerRole } from "../../catalog/deployerRoles";

import type { Target } from "./target";

/** Where a role is granted: the project's id, the bucket's or the secret's name decide the command. */
type Grantable = Pick<DeployerRole, "role" | "on">;

/** The command that grants a role to the account, as in docs/roles.md. */
export function grantCommand(
  { project, settings, token, member = "<the account>" }: Target,
  { role, on }: Grantable,
): string {
  const grant = `add-iam-policy-binding`;
  const to = `--member ${member} --role ${role}`;
  switch (on) {
    case "project":
      return `gcloud projects ${grant} ${project} ${to} --condition None`;
    case "bucket": {
      const { weightsCache } = settings;
      const bucket = weightsCache.kind === "bucket" ? weightsCache.bucket : "<bucket>";
      return `gcloud storage buckets ${grant} gs://${bucket} ${to}`;
    }
    case "secret": {
      const { id, home } = partsOf(token.kind === "secret-manager" ? token.secret : "");
      return `gcloud secrets ${grant} ${id} --project ${home} ${to}`;
    }
  }
}

/** @param name `projects/<home>/secrets/<id>` */
export function partsOf(name: string): { home: string; id: string } {
  const [, home = "", , id = ""] = name.split("/");
  return { home, id };
}
