import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { rehearsalEnv } from "../../stage/variables";
import { directoriesBelow } from "../../stage/directories";

const CLOUD = "http://127.0.0.1:4711";
const OWN = "-----BEGIN CERTIFICATE-----\nown\n-----END CERTIFICATE-----";

let scratch: string;
let before: NodeJS.ProcessEnv;
beforeEach(() => {
  before = { ...process.env };
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), "environment-test-"));
  fs.mkdirSync(path.join(scratch, "cloud", "pki"), { recursive: true });
  fs.writeFileSync(path.join(scratch, "cloud", "pki", "ca.crt"), OWN);
});
afterEach(() => {
  process.env = before;
  fs.rmSync(scratch, { recursive: true });
});

function environment(own: Record<string, string> = {}): Record<string, string> {
  Object.assign(process.env, own);
  const directories = directoriesBelow(scratch, "/checkout", path.join(scratch, "lib"));
  return rehearsalEnv(directories, CLOUD, "token", ["/tools"]);
}

test("clients of every language go through the proxy, but not to servers of this machine", () => {
  expect(environment()).toMatchObject({
    HTTPS_PROXY: CLOUD,
    https_proxy: CLOUD,
    NO_PROXY: "127.0.0.1,localhost,::1",
    no_proxy: "127.0.0.1,localhost,::1",
  });
});

test.each([
  "SSL_CERT_FILE",
  "REQUESTS_CA_BUNDLE",
  "CURL_CA_BUNDLE",
  "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE",
])("%s has the rehearsal's CA beside those that the system trusts", (name) => {
  const system = path.join(scratch, "system.pem");
  fs.writeFileSync(system, "those of the system\n");
  const file = environment({ SSL_CERT_FILE: system })[name] ?? "";
  expect(fs.readFileSync(file, "utf8")).toBe(`those of the system\n\n${OWN}`);
});

test.each([
  ["a proxy for all", "ALL_PROXY"],
  ["a proxy for what is not encrypted", "http_proxy"],
  ["a proxy of gRPC", "grpc_proxy"],
  ["another endpoint", "GOOGLE_COMPUTE_CUSTOM_ENDPOINT"],
  ["a key", "GOOGLE_APPLICATION_CREDENTIALS"],
  ["an account to impersonate", "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT"],
  ["a proxy of gcloud", "CLOUDSDK_PROXY_ADDRESS"],
  ["an endpoint of gcloud", "CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE"],
])("%s of the user's own leads nobody elsewhere", (_, name) => {
  expect(environment({ [name]: "elsewhere" })[name]).toBe("");
});

test("the token is the one of the account that deploys, whatever the user has", () => {
  const env = environment({
    GOOGLE_OAUTH_ACCESS_TOKEN: "mine",
    CLOUDSDK_AUTH_ACCESS_TOKEN: "mine",
  });
  expect(env).toMatchObject({
    GOOGLE_OAUTH_ACCESS_TOKEN: "token",
    CLOUDSDK_AUTH_ACCESS_TOKEN: "token",
  });
});

test("gcloud keeps its settings in the rehearsal's state", () => {
  expect(environment({ CLOUDSDK_CONFIG: "/home/me/.config/gcloud" }).CLOUDSDK_CONFIG).toBe(
    path.join(scratch, "gcloud"),
  );
});
