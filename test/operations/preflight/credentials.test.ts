import * as fs from "node:fs";
import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as os from "node:os";
import * as path from "node:path";

import { findCredentials, settingsOf } from "../../../operations/preflight/google/credentials";
import { endOf } from "../support/fakes";

const LOGIN = "Run `gcloud auth application-default login`.";
const files = fs.mkdtempSync(path.join(os.tmpdir(), "credentials-"));
afterAll(() => fs.rmSync(files, { recursive: true }));

const asEngine = (config: Record<string, string>) =>
  Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]));

const find = (config: Record<string, string>, environment: Record<string, string>) =>
  findCredentials(settingsOf(asEngine(config), environment));
const endOfSearch = (config: Record<string, string>, environment: Record<string, string>) =>
  endOf(find(config, environment).then(() => undefined));

test.each([
  [{ "gcp:accessToken": "a" }, { GOOGLE_OAUTH_ACCESS_TOKEN: "b" }, "gcp:accessToken"],
  [{}, { GOOGLE_OAUTH_ACCESS_TOKEN: "b", GOOGLE_CREDENTIALS: "{}" }, "GOOGLE_OAUTH_ACCESS_TOKEN"],
])("the provider's order: %j before %j", async (config, environment, from) => {
  expect(await find(config, environment)).toMatchObject({ from });
});

test.each([
  ["no file", "/nowhere.json", "ENOENT: no such file or directory, open '/nowhere.json'."],
  ["no JSON", "{ not json", "it is not JSON."],
])("a key that cannot be read: %s", async (_title, key, words) => {
  expect(await endOfSearch({}, { GOOGLE_CREDENTIALS: key })).toBe(
    `CannotSay: The Google Cloud credentials (GOOGLE_CREDENTIALS) cannot be read: ${words}`,
  );
});

/** Runs with other application default credentials than those of this machine. */
async function withDefault<T>(file: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.GOOGLE_APPLICATION_CREDENTIALS;
  process.env.GOOGLE_APPLICATION_CREDENTIALS = file;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.GOOGLE_APPLICATION_CREDENTIALS;
    else process.env.GOOGLE_APPLICATION_CREDENTIALS = before;
  }
}

test("without credentials nothing can be asked", async () => {
  const file = path.join(files, "none.json");
  expect(await withDefault(file, () => endOfSearch({}, { GOOGLE_CREDENTIALS: "" }))).toBe(
    `CannotSay: There are no Google Cloud credentials: The file at ${file} does not exist, or it is not a file. ENOENT: no such file or directory, lstat '${file}'. ${LOGIN}`,
  );
});

const server = http.createServer((_request, response) => {
  response.writeHead(400, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: "invalid_grant", error_description: "Bad Request" }));
});
afterAll(() => server.close());

test("credentials that Google gives no token for have expired", async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const file = path.join(files, "pool.json");
  const subject = path.join(files, "subject");
  fs.writeFileSync(subject, "token");
  fs.writeFileSync(
    file,
    JSON.stringify({
      type: "external_account",
      audience:
        "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
      subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
      token_url: `http://127.0.0.1:${port}/token`,
      credential_source: { file: subject },
    }),
  );
  expect(await withDefault(file, () => endOfSearch({}, {}))).toBe(
    `CannotSay: The Google Cloud credentials (application default credentials) have expired or are not valid: Error code invalid_grant: Bad Request. ${LOGIN}`,
  );
});
