import { gkehub, type gkehub_v1 } from "googleapis/build/src/apis/gkehub";

import { account, pages, poll, PROJECT, refused, REGION, report } from "./support/client";

const { features, memberships, operations } = gkehub({ version: "v1", auth: account() }).projects
  .locations;
const parent = `projects/${PROJECT}/locations/global`;
const eu = `${parent}/memberships/eu`;
const ingress = `${parent}/features/multiclusteringress`;

report(async () => {
  const membership = await makeMemberships();
  const feature = await makeFeature();
  const held = await refused(memberships.delete({ name: eu }));
  const left = await done(features.delete({ name: ingress }));
  return {
    membership: {
      ...{ ...membership, held },
      deleted: await done(memberships.delete({ name: eu })),
      after: await refused(memberships.get({ name: eu })),
    },
    feature: { ...feature, deleted: left, after: await refused(features.get({ name: ingress })) },
    operations: await pages(
      (pageToken) => operations.list({ name: parent, pageSize: 4, pageToken }),
      ({ operations: all = [] }) => all.map((operation) => operation.metadata?.verb as string),
    ),
  };
});

async function makeMemberships() {
  const create = (membershipId: string, cluster = membershipId) => {
    const path = `projects/${PROJECT}/locations/${REGION}/clusters/${cluster}`;
    return memberships.create({
      ...{ parent, membershipId },
      requestBody: {
        endpoint: { gkeCluster: { resourceLink: `//container.googleapis.com/${path}` } },
        authority: { issuer: `https://container.googleapis.com/v1/${path}` },
      },
    });
  };
  const created = await done(create("eu"));
  await done(create("us"));
  const { data: read } = await memberships.get({ name: eu });
  const listed = await pages(
    (pageToken) => memberships.list({ parent, pageSize: 1, pageToken }),
    ({ resources = [] }) => resources.map(({ name }) => name),
  );
  const changed = await done(
    memberships.patch({
      name: eu,
      updateMask: "labels",
      requestBody: { labels: { team: "a" }, externalId: "left out" },
    }),
  );
  return {
    ...{ created, read, listed, changed },
    there: await refused(create("eu")),
    second: await refused(create("again", "eu")),
    maskless: await refused(memberships.patch({ name: eu, requestBody: { labels: {} } })),
  };
}

async function makeFeature() {
  const create = (membership: string) =>
    features.create({
      ...{ parent, featureId: "multiclusteringress" },
      requestBody: {
        spec: { multiclusteringress: { configMembership: `${parent}/memberships/${membership}` } },
      },
    });
  const nowhere = await refused(create("asia"));
  const created = await done(create("eu"));
  await done(features.create({ parent, featureId: "fleetobservability", requestBody: {} }));
  const { data: read } = await features.get({ name: ingress });
  const listed = await pages(
    (pageToken) => features.list({ parent, pageSize: 1, pageToken }),
    ({ resources = [] }) => resources.map(({ name }) => name),
  );
  const changed = await done(
    features.patch({ name: ingress, updateMask: "labels", requestBody: { labels: { team: "a" } } }),
  );
  return { created, read, listed, changed, nowhere };
}

/** Asks for what a call began until it is done. */
async function done(
  begun: Promise<{ data: gkehub_v1.Schema$Operation }>,
): Promise<gkehub_v1.Schema$Operation> {
  const name = (await begun).data.name ?? "";
  const { data } = await poll(
    () => operations.get({ name }),
    ({ data: now }) => now.done === true,
  );
  return data;
}
