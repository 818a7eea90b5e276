import * as http from "node:http";
import { messageOf } from "../../../toolchain/errors";

/**
 * `gke-gcloud-auth-plugin`: gives kubectl and Kubernetes clients a token for the clusters of the
 * emulated cloud, as Google's plugin of that name does for GKE's. Whose, GOOGLE_OAUTH_ACCESS_TOKEN
 * says, which Google's provider reads too; without it they are the owner's. It is started again and
 * again by every client, so it loads nothing that it does not need.
 */

const DEFAULT_API_VERSION = "client.authentication.k8s.io/v1";
const TIMEOUT_MS = 10_000;

interface Token {
  accessToken: string;
  expiresAt: string;
}

async function main(): Promise<void> {
  const { accessToken, expiresAt } = await fetchToken();
  const credential = {
    kind: "ExecCredential",
    apiVersion: wantedApiVersion(),
    spec: { interactive: false },
    status: { token: accessToken, expirationTimestamp: expiresAt },
  };
  process.stdout.write(`${JSON.stringify(credential)}\n`);
}

/** The client says in KUBERNETES_EXEC_INFO which version of the answer it reads. */
function wantedApiVersion(): string {
  const info = process.env.KUBERNETES_EXEC_INFO;
  if (!info) return DEFAULT_API_VERSION;
  const { apiVersion } = JSON.parse(info) as { apiVersion?: string };
  return apiVersion ?? DEFAULT_API_VERSION;
}

function fetchToken(): Promise<Token> {
  const cloud = process.env.REHEARSAL_CLOUD_URL;
  if (!cloud) throw new Error("REHEARSAL_CLOUD_URL is not set: it is the emulated cloud's address");
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(new Error(`no answer from the emulated cloud at ${cloud}: ${why}`));
    const { GOOGLE_OAUTH_ACCESS_TOKEN: own } = process.env;
    const options = {
      timeout: TIMEOUT_MS,
      ...(own && { headers: { authorization: `Bearer ${own}` } }),
    };
    const request = http.get(`${cloud}/token`, options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        if (response.statusCode === 200) resolve(JSON.parse(text) as Token);
        else fail(`HTTP status ${response.statusCode}`);
      });
    });
    request.on("timeout", () => request.destroy(new Error(`timeout after ${TIMEOUT_MS / 1000} s`)));
    request.on("error", (error) => fail(error.message));
  });
}

main().catch((error: unknown) => {
  const why = messageOf(error);
  process.stderr.write(`gke-gcloud-auth-plugin: ${why}\n`);
  process.exitCode = 1;
});
