import * as path from "node:path";

import type { Cloud } from "../rehearse/cloud";

const PROJECT = "my-project-dev";
/** For weights. */
export const BUCKET = "model-weights";
/** With a token. */
export const SECRET = `projects/${PROJECT}/secrets/hugging-face`;

/** Makes what a stack only names: the bucket, and the secret with a version. The API of secrets has to be on. */
export async function makeByHand({ url }: Pick<Cloud, "url">): Promise<void> {
  await post(`${url}/storage/v1/b?project=${PROJECT}`, { name: BUCKET });
  const [secrets, id] = [path.dirname(SECRET), path.basename(SECRET)];
  const replication = { automatic: {} };
  await post(`${url}/secretmanager/v1/${secrets}?secretId=${id}`, { replication });
  await post(`${url}/secretmanager/v1/${SECRET}:addVersion`, { payload: { data: "aGY=" } });
}

/** Switches the API of secrets on, as its owner has done before there is a secret. */
export async function enableSecrets({ url }: Pick<Cloud, "url">): Promise<void> {
  const api = `projects/${PROJECT}/services/secretmanager.googleapis.com`;
  await post(`${url}/serviceusage/v1/${api}:enable`, {});
}

async function post(url: string, body: object): Promise<void> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${url}: ${await response.text()}`);
}
