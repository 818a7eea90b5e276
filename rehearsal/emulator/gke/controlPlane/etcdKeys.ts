import { setTimeout as sleep } from "node:timers/promises";

import { networkReason } from "../../../toolchain/errors";

/** A kept-alive connection that breaks while it is used says nothing about etcd itself. */
const ATTEMPTS = 5;
const PAUSE_MS = 200;

/**
 * Deletes every key that begins with `prefix`, over etcd's JSON gateway at `url`.
 * @throws what etcd refused, or why it could not be reached again and again
 */
export async function deletePrefix(url: string, prefix: string): Promise<void> {
  const range = { key: base64(Buffer.from(prefix)), range_end: base64(endOf(prefix)) };
  const response = await post(`${url}/v3/kv/deleterange`, range).catch((error: unknown) => {
    throw new Error(`etcd at ${url}: deleting ${prefix}: ${networkReason(error)}`);
  });
  if (!response.ok) throw new Error(`etcd: deleting ${prefix}: ${await response.text()}`);
}

/** To delete twice is to delete once, so a request that may have arrived is sent again. */
async function post(url: string, body: object): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetch(url, { method: "POST", body: JSON.stringify(body) });
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
    await sleep(PAUSE_MS);
  }
}

/** The first key that does not begin with `prefix` any more. */
function endOf(prefix: string): Buffer {
  const end = Buffer.from(prefix);
  end[end.length - 1] = (end.at(-1) ?? 0) + 1;
  return end;
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64");
}
