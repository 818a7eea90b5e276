import { iamMemberBackend } from "../engine/iamMember";
import { ResourceType } from "../engine/resource";
import { block, Schema, str } from "../engine/schema";
import { iamMember } from "./checks";

const sameProject = (a: string, b: string) =>
  a.replace(/^projects\//, "") === b.replace(/^projects\//, "");
const sameMember = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

const properties: Schema = {
  condition: block("OF", {
    description: str("OF"),
    expression: str("RF"),
    title: str("RF"),
  }),
  etag: str("C"),
  member: str("RF", { check: iamMember, same: sameMember }),
  project: str("RF", { same: sameProject }),
  role: str("RF"),
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
