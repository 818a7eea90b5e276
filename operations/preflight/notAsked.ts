import { DEPLOYER_ROLES } from "../../catalog/deployerRoles";
import { CannotSay } from "../support/commandExit";

import { type Finding, problem, unknown } from "./finding";
import { GoogleRefusal } from "./google/refusal";
import { grantCommand } from "./grant";
import type { Target } from "./target";

/** Google's messages name a permission: a service, a kind and a verb. They may also name a host. */
const PERMISSION = /\b([a-z]+\.(?!googleapis\b)\w+\.\w+)\b/;

/**
 * What a question found, or why it has no answer: then the others are answered all the same.
 * @throws CannotSay if the credentials expire meanwhile
 */
export async function answered(target: Target, ask: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GoogleRefusal) return [notAsked(target, error)];
    throw error;
  }
}

/** Several questions, side by side. */
export async function allAnswered(
  target: Target,
  questions: (() => Promise<Finding[]>)[],
): Promise<Finding[]> {
  return (await Promise.all(questions.map((ask) => answered(target, ask)))).flat();
}

function notAsked(target: Target, refusal: GoogleRefusal): Finding {
  const { project } = target;
  switch (refusal.reason) {
    case "unauthenticated":
      throw new CannotSay("The credentials have expired on the way; renew them and ask again.");
    case "disabled":
      return disabled(target, refusal);
    case "billing":
      return unknown(`not asked, because project ${project} has no billing`);
    case "denied":
      return denied(target, refusal);
    default:
      return unknown(`not answered: ${refusal.words}`);
  }
}

function disabled(target: Target, { api = "the API", consumer }: GoogleRefusal): Finding {
  const { project, projectNumber } = target;
  const enable = (of: string) => `gcloud services enable ${api} --project ${of}`;
  if (consumer !== undefined && ![project, projectNumber].includes(consumer)) {
    // The project of the account, which some calls count for, or that of the secret.
    const found = `${api} is not enabled in project ${consumer}, and \`pulumi up\` does not enable it there`;
    return problem(found, enable(consumer));
  }
  return unknown(
    `not asked, because ${api} is not enabled yet; \`pulumi up\` enables it`,
    enable(project),
  );
}

function denied(target: Target, refusal: GoogleRefusal): Finding {
  const [, permission = ""] = PERMISSION.exec(refusal.message) ?? [];
  const row = DEPLOYER_ROLES.find(({ uses, preflight = [] }) =>
    [...uses, ...preflight].includes(permission),
  );
  const viewer = permission.startsWith("compute.") ? "roles/compute.viewer" : undefined;
  const role = row && row.on === "project" ? row.role : viewer;
  const found = `not asked, because Google says: ${refusal.words}`;
  return unknown(found, role && grantCommand(target, { role, on: "project" }));
}
