import { monitoring } from "googleapis/build/src/apis/monitoring";

import { account, pages, PROJECT, refused, report } from "./support/client";

const auth = account();
const { dashboards } = monitoring({ version: "v1", auth }).projects;
const { alertPolicies, notificationChannels } = monitoring({ version: "v3", auth }).projects;
const project = `projects/${PROJECT}`;

const board = {
  displayName: "Gateway",
  mosaicLayout: {
    columns: 48,
    tiles: [{ width: 48, height: 4, widget: { text: { content: "hello" } } }],
  },
};

report(async () => ({ ...(await ofDashboards()), ...(await ofPolicies()) }));

async function ofDashboards() {
  const { data: made } = await dashboards.create({ parent: project, requestBody: board });
  await dashboards.create({ parent: project, requestBody: { ...board, displayName: "Other" } });
  const name = made.name ?? "";
  const listed = await pages(
    (pageToken) => dashboards.list({ parent: project, pageSize: 1, pageToken }),
    ({ dashboards: all = [] }) => all.map(({ displayName }) => displayName),
  );
  const patch = (etag?: string) =>
    dashboards.patch({ name, requestBody: { ...board, displayName: "New", etag } });
  return {
    made,
    read: (await dashboards.get({ name })).data,
    listed,
    blind: await refused(patch()),
    changed: (await patch(made.etag ?? undefined)).data,
    deleted: (await dashboards.delete({ name })).data,
    after: await refused(dashboards.get({ name })),
  };
}

async function ofPolicies() {
  const requestBody = { type: "email", displayName: "us", labels: { email_address: "us@x.y" } };
  const { data: channel } = await notificationChannels.create({ name: project, requestBody });
  const policy = {
    displayName: "down",
    combiner: "OR",
    conditions: [
      {
        displayName: "up",
        conditionPrometheusQueryLanguage: { query: "up < 1", disableMetricValidation: true },
      },
    ],
    notificationChannels: [channel.name ?? ""],
  };
  const { data: made } = await alertPolicies.create({ name: project, requestBody: policy });
  const name = made.name ?? "";
  const listed = await pages(
    (pageToken) => alertPolicies.list({ name: project, pageSize: 1, pageToken }),
    ({ alertPolicies: all = [] }) => all.map(({ displayName }) => displayName),
  );
  const { data: changed } = await alertPolicies.patch({
    name,
    updateMask: "severity",
    requestBody: { severity: "ERROR", displayName: "is left out" },
  });
  return {
    channel,
    policy: made,
    policies: listed,
    changedPolicy: changed,
    used: await refused(notificationChannels.delete({ name: channel.name ?? "" })),
    deletedPolicy: (await alertPolicies.delete({ name })).data,
    afterPolicy: await refused(alertPolicies.get({ name })),
    deletedChannel: (await notificationChannels.delete({ name: channel.name ?? "" })).data,
  };
}
