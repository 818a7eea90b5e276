import { iam as service } from "googleapis/build/src/apis/iam";

import { account, pages, PROJECT, refused, report } from "./support/client";

const { serviceAccounts } = service({ version: "v1", auth: account() }).projects;
const project = `projects/${PROJECT}`;
const email = `nodes-eu@${PROJECT}.iam.gserviceaccount.com`;
const name = `${project}/serviceAccounts/${email}`;

report(async () => {
  const create = (accountId: string) =>
    serviceAccounts.create({
      name: project,
      requestBody: { accountId, serviceAccount: { displayName: "Nodes", description: "of eu" } },
    });
  const { data: created } = await create("nodes-eu");
  await create("others");
  const { data: read } = await serviceAccounts.get({ name: `projects/-/serviceAccounts/${email}` });
  const listed = await pages(
    (pageToken) => serviceAccounts.list({ name: project, pageSize: 1, pageToken }),
    ({ accounts = [] }) => accounts.map((found) => found.email),
  );
  const { data: changed } = await serviceAccounts.patch({
    name,
    requestBody: {
      updateMask: "displayName",
      serviceAccount: { displayName: "Nodes of eu", description: "left out" },
    },
  });
  await serviceAccounts.disable({ name });
  const { data: disabled } = await serviceAccounts.get({ name });
  await serviceAccounts.enable({ name });
  return {
    ...{ created, read, listed, changed, disabled },
    policies: await policies(),
    there: await refused(create("nodes-eu")),
    short: await refused(create("n")),
    deleted: (await serviceAccounts.delete({ name })).data,
    after: await refused(serviceAccounts.get({ name })),
  };
});

async function policies() {
  const { data: before } = await serviceAccounts.getIamPolicy({ resource: name });
  const bindings = [{ role: "roles/iam.serviceAccountUser", members: ["user:a@example.com"] }];
  const write = (etag: string | null | undefined) =>
    serviceAccounts.setIamPolicy({
      resource: name,
      requestBody: { policy: { etag, bindings } },
    });
  const { data: written } = await write(before.etag);
  const conflict = await refused(write(before.etag));
  const { data: after } = await serviceAccounts.getIamPolicy({
    resource: name,
    "options.requestedPolicyVersion": 3,
  });
  return { before, written, conflict, after };
}
