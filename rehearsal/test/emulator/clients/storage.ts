import { storage as service } from "googleapis/build/src/apis/storage";

import { account, pages, PROJECT as project, refused, report } from "./support/client";

const { buckets } = service({ version: "v1", auth: account() });
const bucket = "demo-models";

report(async () => {
  const insert = (name: string) =>
    buckets.insert({
      project,
      requestBody: {
        ...{ name, location: "europe-west4" },
        iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
      },
    });
  const { data: created } = await insert(bucket);
  await insert("demo-others");
  const { data: read } = await buckets.get({ bucket });
  const listed = await pages(
    (pageToken) => buckets.list({ project, maxResults: 1, pageToken }),
    ({ items = [] }) => items.map(({ name }) => name),
  );
  const patch = () =>
    buckets.patch({
      bucket,
      ifMetagenerationMatch: read.metageneration ?? "",
      requestBody: { labels: { team: "a" } },
    });
  const { data: changed } = await patch();
  return {
    ...{ created, read, listed, changed },
    conflict: await refused(patch()),
    policies: await policies(),
    there: await refused(insert(bucket)),
    // The library takes it for an answer: a reader who has the present state has all that it asked for.
    unchanged: (
      await buckets.get({ bucket, ifMetagenerationNotMatch: changed.metageneration ?? "" })
    ).status,
    held: await refused(buckets.delete({ bucket, ifMetagenerationMatch: "1" })),
    deleted: (await buckets.delete({ bucket })).status,
    after: await refused(buckets.get({ bucket })),
  };
});

async function policies() {
  const { data: before } = await buckets.getIamPolicy({ bucket });
  const bindings = [{ role: "roles/storage.objectViewer", members: ["user:a@example.com"] }];
  const write = () =>
    buckets.setIamPolicy({ bucket, requestBody: { etag: before.etag, bindings } });
  const { data: written } = await write();
  const conflict = await refused(write());
  const { data: after } = await buckets.getIamPolicy({
    bucket,
    optionsRequestedPolicyVersion: 3,
  });
  return { before, written, conflict, after };
}
