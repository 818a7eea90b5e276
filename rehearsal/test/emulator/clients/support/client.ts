import { setTimeout as sleep } from "node:timers/promises";

import { gaxios, OAuth2Client } from "google-auth-library";

/** What every client here works in. The tests' own constants are out of reach: they come with jest. */
export const PROJECT = "demo-project";
export const REGION = "europe-west4";

/** Whoever the environment has a token of. @param transporter by which requests go, where not by the library's own */
export function account(transporter?: gaxios.Gaxios): OAuth2Client {
  const client = new OAuth2Client({ transporter });
  client.setCredentials({ access_token: process.env.GOOGLE_OAUTH_ACCESS_TOKEN });
  return client;
}

/** Prints what a client did as JSON; what it does not expect ends the process with a word on stderr. */
export function report(work: () => Promise<object>): void {
  work().then(
    (done) => console.log(JSON.stringify(done, said)),
    (error: unknown) => {
      // A library's error would print the whole call as well.
      console.error(error instanceof Error ? error.stack : error);
      process.exitCode = 1;
    },
  );
}

/** Without what the libraries of Google Cloud put into messages: which fields were sent, and null for each that was not. */
function said(key: string, value: unknown): unknown {
  return key.startsWith("_") || value === null ? undefined : value;
}

/** Between two questions about what is under way. */
const POLL_MS = 20;

/** Asks until it is ended. */
export async function poll<T>(ask: () => Promise<T>, isEnded: (now: T) => boolean): Promise<T> {
  for (;;) {
    const now = await ask();
    if (isEnded(now)) return now;
    await sleep(POLL_MS);
  }
}

/** How a library tells that a call was refused. */
export interface Refused {
  /** Of HTTP, or of gRPC where the library has those. */
  code?: string | number;
  message: string;
}

/** @throws Error where the call goes through */
export async function refused(call: Promise<unknown>): Promise<Refused> {
  try {
    await call;
  } catch (error) {
    const { code, message } = error as Refused;
    return { code, message };
  }
  throw new Error("a call that should be refused went through");
}

/** The pages of a list, by the names of what is on each. */
export async function pages<T extends { nextPageToken?: string | null }>(
  page: (pageToken: string | undefined) => Promise<{ data: T }>,
  names: (data: T) => (string | null | undefined)[],
): Promise<(string | null | undefined)[][]> {
  const all = [];
  let token: string | undefined;
  do {
    const { data } = await page(token);
    all.push(names(data));
    token = data.nextPageToken ?? undefined;
  } while (token !== undefined);
  return all;
}
