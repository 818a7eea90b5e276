import { cloudresourcemanager } from "googleapis/build/src/apis/cloudresourcemanager";

import { account, PROJECT, refused, report } from "./support/client";

const auth = account();
const { projects } = cloudresourcemanager({ version: "v1", auth });
const { projects: projectsV3 } = cloudresourcemanager({ version: "v3", auth });
const resource = `projects/${PROJECT}`;

report(async () => {
  const { data: project } = await projects.get({ projectId: PROJECT });
  const { data: projectV3 } = await projectsV3.get({ name: resource });
  const { data: byNumber } = await projectsV3.get({ name: projectV3.name ?? "" });
  return { project, projectV3, byNumber, policies: await policies(), conditions: await grant() };
});

/** Read and written by either version. */
async function policies() {
  const { data: before } = await projects.getIamPolicy({ resource: PROJECT });
  const bindings = [{ role: "roles/viewer", members: ["user:a@example.com"] }];
  const policy = { ...before, bindings };
  const { data: written } = await projects.setIamPolicy({
    resource: PROJECT,
    requestBody: { policy },
  });
  const conflict = await refused(projectsV3.setIamPolicy({ resource, requestBody: { policy } }));
  const nobody = await refused(
    projectsV3.setIamPolicy({
      resource,
      requestBody: {
        policy: { bindings: [{ role: "roles/viewer", members: ["serviceAccount:nobody@x.y"] }] },
      },
    }),
  );
  return { before, written, conflict, nobody };
}

/** On a condition, which readers see that know of conditions. */
async function grant() {
  const { data: before } = await projectsV3.getIamPolicy({
    resource,
    requestBody: { options: { requestedPolicyVersion: 3 } },
  });
  const condition = {
    title: "soon over",
    expression: 'request.time < timestamp("2030-01-01T00:00:00Z")',
  };
  const bindings = [{ role: "roles/editor", members: ["user:b@example.com"], condition }];
  await projectsV3.setIamPolicy({
    resource,
    requestBody: { policy: { etag: before.etag, version: 3, bindings }, updateMask: "bindings" },
  });
  const { data: knowing } = await projects.getIamPolicy({
    resource: PROJECT,
    requestBody: { options: { requestedPolicyVersion: 3 } },
  });
  const { data: unknowing } = await projects.getIamPolicy({ resource: PROJECT });
  return { knowing, unknowing };
}
