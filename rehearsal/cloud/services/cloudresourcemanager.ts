import { Cloud, projectNumber, requireApi } from "../cloud";
import { checkProjectId } from "../names";
import { policyRoutes } from "../policyRoutes";
import { Call, Route } from "../router";

const API = "cloudresourcemanager.googleapis.com";
const PROJECT = "/cloudresourcemanager/v1/projects/{project}";

/**
 * Projects and their IAM policies. Every legal id is a project: the cloud makes it when it is first
 * named.
 */
export function cloudresourcemanagerRoutes(cloud: Cloud): Route[] {
  const named = ({ params: { project = "" } }: Call) => {
    checkProjectId(project);
    requireApi(cloud.store, project, API);
    return project;
  };
  return [
    {
      method: "GET",
      path: PROJECT,
      handle: (call) => {
        const projectId = named(call);
        const number = projectNumber(projectId);
        return {
          projectId,
          projectNumber: number,
          name: projectId,
          lifecycleState: "ACTIVE",
          labels: {},
        };
      },
    },
    ...policyRoutes(cloud, PROJECT, (call) => `projects/${named(call)}`),
  ];
}
