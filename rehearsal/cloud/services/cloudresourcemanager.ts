import { ServiceRoute } from "../access/admission";
import { Cloud, projectNumber } from "../cloud";
import { policyRoutes } from "../policyRoutes";

const PROJECT = "/cloudresourcemanager/v1/projects/{project}";

/**
 * Projects and their IAM policies. Every legal id is a project: the cloud makes it when it is first
 * named.
 */
export function cloudresourcemanagerRoutes(cloud: Cloud): ServiceRoute[] {
  return [
    {
      method: "GET",
      path: PROJECT,
      id: "cloudresourcemanager.projects.get",
      handle: ({ params: { project = "" } }) => ({
        projectId: project,
        projectNumber: projectNumber(project),
        name: project,
        lifecycleState: "ACTIVE",
        labels: {},
      }),
    },
    ...policyRoutes(cloud, {
      path: PROJECT,
      ids: [
        "cloudresourcemanager.projects.getIamPolicy",
        "cloudresourcemanager.projects.setIamPolicy",
      ],
      find: ({ params: { project = "" } }) => `projects/${project}`,
    }),
  ];
}
