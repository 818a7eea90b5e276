import { iamMemberBackend } from "../engine/iamMember";
import { ResourceType } from "../engine/resource";
import { Schema, str } from "../engine/schema";
import { grant } from "./grant";

const sameProject = (a: string, b: string) =>
  a.replace(/^projects\//, "") === b.replace(/^projects\//, "");

const properties: Schema = {
  ...grant,
  project: str("RF", { same: sameProject }),
};

/** id: `{project}/{role}/{member}` */
export const projectIamMember: ResourceType = {
  token: "gcp:projects/iAMMember:IAMMember",
  properties,
  deleteBeforeReplace: true,
  backend: iamMemberBackend({
    target: "project",
    describe: (project) => `project "${project}"`,
    url: (project) => `/cloudresourcemanager/v1/projects/${project.replace(/^projects\//, "")}`,
  }),
};
