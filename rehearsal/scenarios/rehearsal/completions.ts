import * as path from "node:path";

import type { Environment } from "../../stage/environment";
import { isAbsent } from "../../toolchain";
import { until } from "../../toolchain/until";

/** Health checks begin when a pod is ready: two that pass, with the stack's own interval between them. */
const HEALTHY_SECONDS = 120;

/** The parts of an environment in which a user runs `make verify`. */
type Place = Pick<Environment, "start" | "directories" | "cloud" | "toolchain">;

/**
 * Runs `make verify` as a user on a machine in the VPC: the emulated cloud is the proxy that leads to the gateway's
 * addresses.
 * @returns its last line, or why no request can be answered
 * @throws with all that it said, if a check fails
 */
export async function askForCompletions(place: Place, stack: string): Promise<string> {
  const absent = Object.values(place.toolchain.dataPlane).find(isAbsent);
  if (absent) return `not asked: ${absent.why}`;
  await until("a healthy model server in every cluster", HEALTHY_SECONDS, () =>
    everyMemberServes(place.cloud),
  );
  const { url } = place.cloud;
  const starter = path.join(place.directories.checkout, "operations", "start.mjs");
  // Parameters of a user's own `make verify` would lead to another gateway, or ask none.
  const own = { OUTPUTS: "", MANIFEST: "", JSON: "", TIMEOUT_SECONDS: "" };
  const settings = { STACK: stack, ...own, http_proxy: url, HTTP_PROXY: url };
  const said = await place.start([process.execPath, starter, "verify"], { settings }).succeed();
  return said.trimEnd().split("\n").at(-1) ?? "";
}

async function everyMemberServes(cloud: Pick<Environment["cloud"], "traffic">): Promise<boolean> {
  const { gateways } = await cloud.traffic();
  const members = gateways.flatMap(({ pools }) => pools.flatMap((pool) => pool.members));
  return members.length > 0 && members.every(({ healthyEndpoints }) => healthyEndpoints > 0);
}
