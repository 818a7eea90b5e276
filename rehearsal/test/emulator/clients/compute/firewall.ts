import { FirewallsClient } from "@google-cloud/compute/build/src/v1/firewalls_client";

import { PROJECT as project, refused } from "../support/client";
import { overRest, pagesOf } from "../support/cloud";
import { ended } from "./operations";

const firewalls = new FirewallsClient(overRest());
const health = { project, firewall: "health" };
const network = `projects/${project}/global/networks/vpc`;

export async function makeFirewalls(): Promise<object> {
  const insert = (name: string, sourceRanges: string[]) =>
    firewalls.insert({
      project,
      firewallResource: {
        ...{ name, network, sourceRanges, direction: "INGRESS", priority: 900 },
        // The spelling of the library, which says IPProtocol on the wire.
        allowed: [{ IPProtocol: "tcp", ports: ["8000"] }],
      },
    });
  const created = await ended(insert("health", ["35.191.0.0/16"]));
  await ended(insert("other", ["10.0.0.0/8"]));
  const [seen] = await firewalls.get(health);
  const listed = await pagesOf(firewalls.list.bind(firewalls), { project, maxResults: 1 });
  await ended(
    firewalls.patch({ ...health, firewallResource: { sourceRanges: ["130.211.0.0/22"] } }),
  );
  const [patched] = await firewalls.get(health);
  await ended(
    firewalls.update({
      ...health,
      firewallResource: { ...patched, priority: 1000, logConfig: { enable: true } },
    }),
  );
  const [updated] = await firewalls.get(health);
  return {
    ...{ created, read: seen, listed, patched, updated },
    wrong: await refused(insert("wrong", ["10.0.0.0/33"])),
  };
}

export async function deleteFirewalls(): Promise<object> {
  await ended(firewalls.delete(health));
  await ended(firewalls.delete({ ...health, firewall: "other" }));
  return { after: await refused(firewalls.get(health)) };
}
