import { dns as service, type dns_v1 } from "googleapis/build/src/apis/dns";

import { account, pages, poll, PROJECT as project, refused, report } from "./support/client";

const dns = service({ version: "v1", auth: account() });
const zone = { project, managedZone: "corp" };

report(async () => {
  const zones = await makeZones();
  const records = await makeRecords();
  const changes = await changeRecords();
  const full = await refused(dns.managedZones.delete(zone));
  await dns.resourceRecordSets.delete({ ...zone, name: "llm.corp.internal.", type: "A" });
  return {
    zones,
    records: {
      ...records,
      after: await refused(
        dns.resourceRecordSets.get({ ...zone, name: "llm.corp.internal.", type: "A" }),
      ),
    },
    changes,
    full,
    deleted: (await dns.managedZones.delete(zone)).status,
    after: await refused(dns.managedZones.get(zone)),
  };
});

async function makeZones() {
  const create = (name: string, dnsName: string) =>
    dns.managedZones.create({
      project,
      requestBody: {
        ...{ name, dnsName, description: "Names of ours", visibility: "private" },
        privateVisibilityConfig: {
          networks: [
            {
              networkUrl: `https://www.googleapis.com/compute/v1/projects/${project}/global/networks/vpc`,
            },
          ],
        },
      },
    });
  const { data: created } = await create("corp", "corp.internal.");
  await create("other", "other.internal.");
  const { data: read } = await dns.managedZones.get(zone);
  const listed = await pages(
    (pageToken) => dns.managedZones.list({ project, maxResults: 1, pageToken }),
    ({ managedZones = [] }) => managedZones.map(({ name }) => name),
  );
  const { data: began } = await dns.managedZones.patch({
    ...zone,
    requestBody: { labels: { team: "a" } },
  });
  const { data: operation } = await dns.managedZoneOperations.get({
    ...zone,
    operation: began.id ?? "",
  });
  const { data: changed } = await dns.managedZones.get(zone);
  return {
    ...{ created, read, listed, operation, changed },
    undotted: await refused(create("undotted", "corp.internal")),
  };
}

async function makeRecords() {
  const create = (name: string, ...rrdatas: string[]) =>
    dns.resourceRecordSets.create({
      ...zone,
      requestBody: { name, type: "A", ttl: 60, rrdatas },
    });
  const { data: created } = await create("llm.corp.internal.", "10.0.0.10");
  const named = { ...zone, name: "llm.corp.internal.", type: "A" };
  const { data: read } = await dns.resourceRecordSets.get(named);
  const { data: changed } = await dns.resourceRecordSets.patch({
    ...named,
    requestBody: { ...created, ttl: 30 },
  });
  const listed = await pages(
    (pageToken) => dns.resourceRecordSets.list({ ...zone, maxResults: 1, pageToken }),
    ({ rrsets = [] }) => rrsets.map(({ type }) => type),
  );
  return {
    ...{ created, read, changed, listed },
    there: await refused(create("llm.corp.internal.", "10.0.0.11")),
  };
}

/** Several at once, and waited for: what is replaced is told as it was. */
async function changeRecords() {
  const name = "web.corp.internal.";
  const set = (address: string) => ({ name, type: "A", ttl: 300, rrdatas: [address] });
  const change = (requestBody: object) => dns.changes.create({ ...zone, requestBody });
  const added = await done((await change({ additions: [set("10.0.0.20")] })).data);
  const replace = { deletions: [set("10.0.0.20")], additions: [set("10.0.0.21")] };
  const replaced = await done((await change(replace)).data);
  const stale = await refused(change(replace));
  await done((await change({ deletions: [set("10.0.0.21")] })).data);
  const listed = await pages(
    (pageToken) =>
      dns.changes.list({ ...zone, maxResults: 1, pageToken, sortBy: "changeSequence" }),
    ({ changes = [] }) => changes.map(({ id }) => id),
  );
  return { added, replaced, stale, listed };
}

async function done({ id }: dns_v1.Schema$Change): Promise<dns_v1.Schema$Change> {
  const { data } = await poll(
    () => dns.changes.get({ ...zone, changeId: id ?? "" }),
    ({ data: now }) => now.status !== "pending",
  );
  return data;
}
