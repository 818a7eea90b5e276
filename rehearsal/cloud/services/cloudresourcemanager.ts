import { Cloud, projectNumber, requireApi } from "../cloud";
import { getPolicy, setPolicy } from "../iamPolicy";
import { isObject } from "../json";
import { checkProjectId } from "../names";
import { Call, Route } from "../router";

const API = "cloudresourcemanager.googleapis.com";
const PROJECT = "/cloudresourcemanager/v1/projects/{project}";

/**
 * Projects and their IAM policies. Every legal id is a project: the cloud makes it when it is first
 * named.
 */
export function cloudresourcemanagerRoutes({ store, gke }: Cloud): Route[] {
  const named = ({ params: { project = "" } }: Call) => {
    checkProjectId(project);
    requireApi(store, project, API);
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
    {
      method: "POST",
      path: `${PROJECT}:getIamPolicy`,
      handle: (call) => getPolicy(store, `projects/${named(call)}`),
    },
    {
      method: "POST",
      path: `${PROJECT}:setIamPolicy`,
      handle: (call) => {
        const { policy } = call.body;
        const changed = setPolicy(store, `projects/${named(call)}`, isObject(policy) ? policy : {});
        gke.cloudChanged();
        return changed;
      },
    },
  ];
}
