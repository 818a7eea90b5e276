import * as fs from "node:fs";

import {
  type AuthClient,
  gaxios,
  GoogleAuth,
  Impersonated,
  type JWTInput,
  OAuth2Client,
} from "google-auth-library";

import { CannotSay } from "../../support/commandExit";

import type { Answer, Request, Transport } from "./client";

/** The address is asked for with the second, as the provider does. */
const SCOPES = [
  "https://www.googleapis.com/auth/cloud-platform",
  "https://www.googleapis.com/auth/userinfo.email",
];

const TIMEOUT_MS = 30_000;

/** The provider's variables, in its order. */
const TOKEN_VARIABLES = ["GOOGLE_OAUTH_ACCESS_TOKEN"];
const KEY_VARIABLES = ["GOOGLE_CREDENTIALS", "GOOGLE_CLOUD_KEYFILE_JSON", "GCLOUD_KEYFILE_JSON"];
const IMPERSONATE_VARIABLES = ["GOOGLE_IMPERSONATE_SERVICE_ACCOUNT"];

export interface Credentials {
  /** Where they are from: `GOOGLE_CREDENTIALS`. */
  from: string;
  /** The command that renews them. */
  renew: string;
  transport: Transport;
}

/** A setting of the provider: a key of the stack's configuration, otherwise a variable. */
type Setting = (
  key: string,
  variables: readonly string[],
) => { value: string; from: string } | undefined;

/** @param config of the stack, secret keys too: `gcp:credentials` */
export function settingsOf(
  config: Record<string, { value: string }>,
  environment: Record<string, string | undefined>,
): Setting {
  return (key, variables) => {
    const configured = config[`gcp:${key}`]?.value;
    if (configured) return { value: configured, from: `gcp:${key}` };
    const variable = variables.find((name) => environment[name]);
    return (variable && { value: environment[variable] ?? "", from: variable }) || undefined;
  };
}

/**
 * The credentials that the provider will use: an access token, a key, or application default credentials; an account
 * that they impersonate.
 * @throws CannotSay if there are none, or if they have expired
 */
export async function findCredentials(setting: Setting): Promise<Credentials> {
  const { client, from, renew } = await ownClient(setting);
  const target = setting("impersonateServiceAccount", IMPERSONATE_VARIABLES);
  const used = target ? impersonated(client, target.value) : client;
  await used.getAccessToken().catch((error: unknown) => {
    throw new CannotSay(expired(from, renew, wordsOf(error)));
  });
  return { from, renew, transport: (request) => send(used, request) };
}

/** One sentence for credentials that Google does not take. */
export function expired(from: string, renew: string, words: string): string {
  return `The Google Cloud credentials (${from}) have expired or are not valid: ${words.replace(/\.$/, "")}. Run \`${renew}\`.`;
}

async function ownClient(
  setting: Setting,
): Promise<{ client: AuthClient; from: string; renew: string }> {
  const token = setting("accessToken", TOKEN_VARIABLES);
  if (token) {
    const client = new OAuth2Client();
    client.setCredentials({ access_token: token.value });
    const renew = "export GOOGLE_OAUTH_ACCESS_TOKEN=$(gcloud auth print-access-token)";
    return { client, from: token.from, renew };
  }
  const key = setting("credentials", KEY_VARIABLES);
  const auth = key
    ? new GoogleAuth({ credentials: keyIn(key.value, key.from), scopes: SCOPES })
    : new GoogleAuth({ scopes: SCOPES });
  const from = key?.from ?? "application default credentials";
  const client = await auth.getClient().catch((error: unknown) => {
    const words = wordsOf(error);
    // Credentials of some kinds ask Google already here.
    throw new CannotSay(NONE.test(words) ? missing(words) : expired(from, LOGIN, words));
  });
  return { client, from, renew: LOGIN };
}

/** The library's words where there are no credentials. */
const NONE = /^Could not load the default credentials|does not exist, or it is not a file/;

function missing(words: string): string {
  return `There are no Google Cloud credentials: ${words.replace(/\.$/, "")}. Run \`${LOGIN}\`.`;
}

const LOGIN = "gcloud auth application-default login";

/** A key is given by its text or by the path of a file. */
function keyIn(value: string, from: string): JWTInput {
  try {
    const text = value.trimStart().startsWith("{") ? value : fs.readFileSync(value, "utf8");
    return JSON.parse(text) as JWTInput;
  } catch (error) {
    throw new CannotSay(
      `The Google Cloud credentials (${from}) cannot be read: ${error instanceof SyntaxError ? "it is not JSON" : wordsOf(error)}.`,
    );
  }
}

function impersonated(sourceClient: AuthClient, targetPrincipal: string): AuthClient {
  return new Impersonated({ sourceClient, targetPrincipal, targetScopes: SCOPES });
}

/** Answers with the error's body if Google refuses. What is busy is asked again. */
async function send(client: AuthClient, { method, url, body }: Request): Promise<Answer> {
  try {
    const { status, data } = await client.request({
      method,
      url,
      data: body,
      responseType: "json",
      timeout: TIMEOUT_MS,
      retry: true,
      retryConfig: { httpMethodsToRetry: ["GET", "POST"] },
    });
    return { status, body: data };
  } catch (error) {
    const { response } = error as { response?: { status: number; data: unknown } };
    if (error instanceof gaxios.GaxiosError && response) {
      return { status: response.status, body: response.data };
    }
    throw error;
  }
}

/** The first line: a library's error may hold the whole answer. */
function wordsOf(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return line;
}
