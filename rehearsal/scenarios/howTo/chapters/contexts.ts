import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { KubeConfig } from "@kubernetes/client-node";

import { type Guide, PROJECT, WEST } from "../guide";
import type { Show } from "../show";

const run = promisify(execFile);

/** "Define context variables for your clusters": set with the zone, and used without `$`. */
export async function defineContexts(guide: Guide, show: Show): Promise<void> {
  await show.demonstrate(13, async () => {
    const kubeconfig = new KubeConfig();
    kubeconfig.loadFromString(guide.clusters.west.kubeconfig);
    const known = kubeconfig.getContexts().map(({ name }) => name);
    const said = await Promise.all(
      ["CLUSTER1_CONTEXT", "$CLUSTER1_CONTEXT"].map(async (use) => {
        const meant = await afterShell(use);
        const found = kubeconfig.getContextObject(meant) !== null;
        return `--context=${use} means ${meant}, which is ${found ? "" : "not "}in the kubeconfig`;
      }),
    );
    return [...said, `the kubeconfig has ${known.join(", ")}`];
  });
}

/** What a command gets for an argument, after the shell has set the how-to's variable. */
async function afterShell(argument: string): Promise<string> {
  const value = `gke_${PROJECT}_${WEST.zone}_${WEST.name}`;
  const script = `CLUSTER1_CONTEXT="${value}"\nprintf %s ${argument}`;
  return (await run("sh", ["-c", script])).stdout;
}
