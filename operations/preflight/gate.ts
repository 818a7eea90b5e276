import { CannotSay } from "../support/commandExit";

import { problem, ok } from "./finding";
import { PROJECTS, USER } from "./google/apis";
import type { Google } from "./google/client";
import { type Credentials, expired } from "./google/credentials";
import { GoogleRefusal } from "./google/refusal";
import type { Row } from "./report";
import type { Target } from "./target";

/** What every other question needs to know. */
export type Gate = Pick<Target, "project" | "projectNumber" | "member"> & { rows: Row[] };

export interface GateArgs {
  google: Google;
  credentials: Pick<Credentials, "from" | "renew">;
  /** Id of the project. */
  project: string;
  stack: string;
}

interface Project {
  name: string;
  state?: string;
}

/**
 * The account and its project.
 * @throws CannotSay if nothing else can be asked: no valid credentials, no such project, no Resource Manager
 */
export async function openGate(args: GateArgs): Promise<Gate> {
  const { google, credentials, project } = args;
  const [email, found] = await Promise.all([
    emailOf(google),
    google.get<Project>(`${PROJECTS}/${project}`).catch((error: unknown) => {
      if (!(error instanceof GoogleRefusal)) throw error;
      return error;
    }),
  ]);
  if (found instanceof GoogleRefusal) throw new CannotSay(whyNot(found, email, args));
  const account = email ?? "an account that Google does not name";
  const { state = "ACTIVE" } = found;
  const active = state === "ACTIVE";
  return {
    project,
    projectNumber: found.name.replace("projects/", ""),
    member: email && memberOf(email),
    rows: [
      {
        check: "credentials",
        asked: "who asks",
        ...ok(`${account}, by ${credentials.from}`),
      },
      {
        check: "project",
        asked: "whether the project exists",
        ...(active
          ? ok(`${project} is active`)
          : problem(`${project} is ${state}`, `gcloud projects undelete ${project}`)),
      },
    ],
  };
}

/** Best effort: a token need not have the scope. */
async function emailOf(google: Google): Promise<string | undefined> {
  try {
    return (await google.get<{ email?: string }>(USER)).email;
  } catch (error) {
    if (error instanceof GoogleRefusal) return undefined;
    throw error;
  }
}

function memberOf(email: string): string {
  return `${email.endsWith(".gserviceaccount.com") ? "serviceAccount" : "user"}:${email}`;
}

function whyNot(
  refusal: GoogleRefusal,
  email: string | undefined,
  { credentials: { from, renew }, project, stack }: GateArgs,
): string {
  const { reason, words, consumer, api = "cloudresourcemanager.googleapis.com" } = refusal;
  switch (reason) {
    case "unauthenticated":
      return expired(from, renew, words);
    case "quotaProject":
      return `Google wants a project that your calls count for: run \`gcloud auth application-default set-quota-project ${project}\`.`;
    case "disabled":
      return (
        `${api} is not enabled in ${consumer ?? project}, so Google answers no question about the project: run ` +
        `\`gcloud services enable ${FIRST_APIS.join(" ")} --project ${consumer ?? project}\`.`
      );
    case "denied":
    case "missing":
      return (
        `There is no project ${project} that ${email ?? "the account"} may see: correct gcp:project in ` +
        `Pulumi.${stack}.yaml, or grant the account a role of docs/roles.md there.`
      );
    default:
      return `Google does not answer: ${words}`;
  }
}

/** Those that answer the questions of this command. `pulumi up` enables them too. */
const FIRST_APIS = ["cloudresourcemanager", "compute", "container", "gkehub"].map(
  (api) => `${api}.googleapis.com`,
);
