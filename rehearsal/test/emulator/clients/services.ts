import { serviceusage } from "googleapis/build/src/apis/serviceusage";

import { account, pages, poll, PROJECT, refused, report } from "./support/client";

const { operations, services } = serviceusage({ version: "v1", auth: account() });
const parent = `projects/${PROJECT}`;
const dns = `${parent}/services/dns.googleapis.com`;

report(async () => {
  const { data: before } = await services.get({ name: dns });
  const enabled = await done((await services.enable({ name: dns })).data);
  const { data: again } = await services.enable({ name: dns });
  const batch = await done(
    (
      await services.batchEnable({
        parent,
        requestBody: { serviceIds: ["gkehub.googleapis.com", "trafficdirector.googleapis.com"] },
      })
    ).data,
  );
  const listed = await pages(
    (pageToken) => services.list({ parent, filter: "state:ENABLED", pageSize: 2, pageToken }),
    ({ services: all = [] }) => all.map(({ config }) => config?.name),
  );
  const disabled = await done(
    (await services.disable({ name: dns, requestBody: { disableDependentServices: true } })).data,
  );
  const { data: after } = await services.get({ name: dns });
  return {
    ...{ before, enabled, again, batch, listed, disabled, after },
    unknown: await refused(services.enable({ name: `${parent}/services/dns` })),
    none: await refused(services.batchEnable({ parent, requestBody: { serviceIds: [] } })),
  };
});

interface Operation {
  name?: string | null;
  done?: boolean | null;
}

/** Asks for an operation until it is done. */
async function done(begun: Operation): Promise<Operation> {
  const name = begun.name ?? "";
  const { data } = await poll(
    () => operations.get({ name }),
    ({ data: now }) => now.done === true,
  );
  return data;
}
