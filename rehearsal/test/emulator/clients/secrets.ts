import { secretmanager } from "googleapis/build/src/apis/secretmanager";

import { account, pages, PROJECT, refused, report } from "./support/client";

const { projects } = secretmanager({ version: "v1", auth: account() });
const { secrets } = projects;
const parent = `projects/${PROJECT}`;
const name = `${parent}/secrets/hf`;

report(async () => {
  const create = (secretId: string) =>
    secrets.create({ parent, secretId, requestBody: { replication: { automatic: {} } } });
  const { data: created } = await create("hf");
  await create("other");
  const { data: read } = await secrets.get({ name });
  const listed = await pages(
    (pageToken) => secrets.list({ parent, pageSize: 1, pageToken }),
    ({ secrets: all = [] }) => all.map((secret) => secret.name),
  );
  const { data: changed } = await secrets.patch({
    name,
    updateMask: "labels",
    requestBody: { labels: { team: "a" }, annotations: { is: "left out" } },
  });
  return {
    ...{ created, read, listed, changed },
    versions: await makeVersions(),
    policies: await policies(),
    immutable: await refused(
      secrets.patch({
        name,
        updateMask: "replication",
        requestBody: { replication: { automatic: {} } },
      }),
    ),
    there: await refused(create("hf")),
    stale: await refused(secrets.delete({ name, etag: created.etag ?? "" })),
    deleted: (await secrets.delete({ name })).data,
    after: await refused(secrets.get({ name })),
  };
});

async function makeVersions() {
  const { versions } = secrets;
  const add = () =>
    secrets.addVersion({
      parent: name,
      requestBody: { payload: { data: Buffer.from("a token").toString("base64") } },
    });
  const { data: created } = await add();
  await add();
  const first = `${name}/versions/1`;
  const { data: read } = await versions.get({ name: first });
  const { data: latest } = await versions.get({ name: `${name}/versions/latest` });
  const listed = await pages(
    (pageToken) => versions.list({ parent: name, pageSize: 1, pageToken }),
    ({ versions: all = [] }) => all.map((version) => version.name),
  );
  const disable = (etag: string | null | undefined) =>
    versions.disable({ name: first, requestBody: { etag } });
  const { data: disabled } = await disable(read.etag);
  const conflict = await refused(disable(read.etag));
  const { data: destroyed } = await versions.destroy({ name: first });
  return {
    ...{ created, read, latest: latest.name, listed, disabled, conflict, destroyed },
    after: await refused(versions.enable({ name: first })),
  };
}

/** Of two who read the same policy, the second to write is told so. */
async function policies() {
  const { data: before } = await secrets.getIamPolicy({ resource: name });
  const bindings = [
    { role: "roles/secretmanager.secretAccessor", members: ["user:a@example.com"] },
  ];
  const write = () =>
    secrets.setIamPolicy({
      resource: name,
      requestBody: { policy: { etag: before.etag, bindings } },
    });
  const { data: written } = await write();
  const conflict = await refused(write());
  const { data: after } = await secrets.getIamPolicy({ resource: name });
  return { before, written, conflict, after };
}
