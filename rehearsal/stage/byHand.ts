import * as path from "node:path";

import { channelName } from "../emulator/cloud/services/monitoring/channels";
import type { Cloud } from "./cloud";

const PROJECT = "my-project-dev";
/** For weights. */
export const BUCKET = "model-weights";
/** With a token. */
export const SECRET = `projects/${PROJECT}/secrets/hugging-face`;

/** Where whoever is on call is reached: the first channel of the project. */
export const CHANNEL = channelName(`projects/${PROJECT}/notificationChannels`, 1);

/**
 * Makes what a stack only names: the bucket, the secret with a version, the notification channel. The API of secrets has
 * to be on.
 */
export async function makeByHand({ google }: Pick<Cloud, "google">): Promise<void> {
  const buckets = `https://storage.googleapis.com/storage/v1/b?project=${PROJECT}`;
  await google.run("POST", buckets, { name: BUCKET });
  const [secrets, id] = [path.dirname(SECRET), path.basename(SECRET)];
  const secretManager = "https://secretmanager.googleapis.com/v1";
  const replication = { automatic: {} };
  await google.run("POST", `${secretManager}/${secrets}?secretId=${id}`, { replication });
  const payload = { data: Buffer.from("hf").toString("base64") };
  await google.run("POST", `${secretManager}/${SECRET}:addVersion`, { payload });
  const channels = `https://monitoring.googleapis.com/v3/${path.dirname(CHANNEL)}`;
  const labels = { email_address: "on-call@example.com" };
  await google.run("POST", channels, { type: "email", displayName: "On call", labels });
}

/** Switches the API of secrets on, as its owner has done before there is a secret. */
export async function enableSecrets({ google }: Pick<Cloud, "google">): Promise<void> {
  const services = `https://serviceusage.googleapis.com/v1/projects/${PROJECT}/services`;
  await google.run("POST", `${services}/secretmanager.googleapis.com:enable`);
}
