import { ServiceMethod } from "../access/admission";
import { Cloud } from "../cloud";
import { projectNumber } from "../numericIds";
import { JsonObject } from "../json";
import { projectOf } from "../names";
import { policyMethods, testMethod } from "../policyMethods";
import { Call } from "../wire/call";

/** Projects and their IAM policies. Every legal id is a project: the cloud makes it when it is first named. */
export function cloudresourcemanagerMethods(cloud: Cloud): ServiceMethod[] {
  return [
    { id: "cloudresourcemanager.projects.get", handle: project },
    ...policyMethods(cloud, {
      ids: [
        "cloudresourcemanager.projects.getIamPolicy",
        "cloudresourcemanager.projects.setIamPolicy",
      ],
      find: ({ name }) => name,
    }),
    testMethod(
      cloud,
      { id: "cloudresourcemanager.projects.testIamPermissions", about: ({ name }) => name },
      ({ name }) => name,
    ),
  ];
}

/** The third version names a project by its number, and its state otherwise. */
function project({ method, name }: Call): JsonObject {
  const projectId = projectOf(name);
  const number = projectNumber(projectId);
  return method.version === "v3"
    ? { name: `projects/${number}`, projectId, displayName: projectId, state: "ACTIVE" }
    : { projectId, projectNumber: number, name: projectId, lifecycleState: "ACTIVE" };
}
