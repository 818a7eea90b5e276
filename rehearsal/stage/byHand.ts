import * as path from "node:path";

import type { Cloud } from "./cloud";

const PROJECT = "my-project-dev";
/** For weights. */
export const BUCKET = "model-weights";
/** With a token. */
export const SECRET = `projects/${PROJECT}/secrets/hugging-face`;

/** Makes what a stack only names: the bucket, and the secret with a version. The API of secrets has to be on. */
export async function makeByHand({ google }: Pick<Cloud, "google">): Promise<void> {
  const buckets = `https://storage.googleapis.com/storage/v1/b?project=${PROJECT}`;
  await google.run("POST", buckets, { name: BUCKET });
  const [secrets, id] = [path.dirname(SECRET), path.basename(SECRET)];
  const secretManager = "https://secretmanager.googleapis.com/v1";
  const replication = { automatic: {} };
  await google.run("POST", `${secretManager}/${secrets}?secretId=${id}`, { replication });
  const payload = { data: Buffer.from("hf").toString("base64") };
  await google.run("POST", `${secretManager}/${SECRET}:addVersion`, { payload });
}

/** Switches the API of secrets on, as its owner has done before there is a secret. */
export async function enableSecrets({ google }: Pick<Cloud, "google">): Promise<void> {
  const services = `https://serviceusage.googleapis.com/v1/projects/${PROJECT}/services`;
  await google.run("POST", `${services}/secretmanager.googleapis.com:enable`);
}
