import { iamMemberBackend, POLICY_VERSION } from "../engine/iamMember";
import { ResourceType } from "../engine/resource";
import { Schema, str } from "../engine/schema";
import { grant } from "./grant";

const sameProject = (a: string, b: string) =>
  a.replace(/^projects\//, "") === b.replace(/^projects\//, "");

const properties: Schema = {
  ...grant,
  project: str("RF", { same: sameProject }),
};

function urlOf(project: string): string {
  const id = project.replace(/^projects\//, "");
  return `https://cloudresourcemanager.googleapis.com/v1/projects/${id}`;
}

/** id: `{project}/{role}/{member}` */
export const projectIamMember: ResourceType = {
  token: "gcp:projects/iAMMember:IAMMember",
  upstream: "ProjectIamMember",
  properties,
  deleteBeforeReplace: true,
  backend: iamMemberBackend({
    target: "project",
    batched: true,
    describe: (project) => `project "${project}"`,
    get: (project) => ({
      verb: "POST",
      url: `${urlOf(project)}:getIamPolicy`,
      body: { options: { requestedPolicyVersion: POLICY_VERSION } },
    }),
    set: (project, policy) => ({
      verb: "POST",
      url: `${urlOf(project)}:setIamPolicy`,
      body: { policy, updateMask: "bindings,etag,auditConfigs" },
    }),
  }),
};
