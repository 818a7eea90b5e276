import { verdictOf } from "../../../operations/settings/settings";

const PROVIDER = "projects/123/locations/global/workloadIdentityPools/github/providers/github";
const ALL = {
  WORKLOAD_IDENTITY_PROVIDER: PROVIDER,
  SERVICE_ACCOUNT: "preview@my-project.iam.gserviceaccount.com",
  PULUMI_BACKEND_URL: "gs://my-bucket",
  PULUMI_CONFIG_PASSPHRASE: "secret",
};
const WHERE = "Settings > Secrets and variables > Actions; docs/pull-requests.md";
const IN = { cloud: true, sentence: "Logs in as preview@my-project.iam.gserviceaccount.com." };

test.each([
  ["everything", ALL, "", IN],
  [
    "Pulumi Cloud and its token",
    {
      ...ALL,
      PULUMI_BACKEND_URL: "https://api.pulumi.com",
      PULUMI_CONFIG_PASSPHRASE: "",
      PULUMI_ACCESS_TOKEN: "pul-1",
    },
    "",
    IN,
  ],
  [
    "a key management service in place of the passphrase",
    { ...ALL, PULUMI_CONFIG_PASSPHRASE: "" },
    "secretsprovider: gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k\nconfig: {}\n",
    IN,
  ],
  [
    "nothing",
    { WORKLOAD_IDENTITY_PROVIDER: "", PULUMI_CONFIG_PASSPHRASE: "" },
    "",
    {
      cloud: false,
      sentence: `This repository has no cloud: none of WORKLOAD_IDENTITY_PROVIDER, SERVICE_ACCOUNT, PULUMI_BACKEND_URL is set (${WHERE}).`,
    },
  ],
  [
    "everything, for a fork",
    { ...ALL, FORK: "true" },
    "",
    {
      cloud: false,
      sentence: "A fork or a bot gets no credentials: the preview runs on the emulated cloud.",
    },
  ],
])("a repository with %s", (_, env, stackFile, verdict) => {
  expect(verdictOf(env, stackFile)).toEqual(verdict);
});

test.each([
  [
    { ...ALL, SERVICE_ACCOUNT: "" },
    `Half of the settings are missing: variable SERVICE_ACCOUNT (preview@<project>.iam.gserviceaccount.com). ${WHERE}`,
  ],
  [
    { ...ALL, PULUMI_BACKEND_URL: "", PULUMI_CONFIG_PASSPHRASE: "" },
    `Half of the settings are missing: variable PULUMI_BACKEND_URL (gs://<bucket>), secret PULUMI_CONFIG_PASSPHRASE (the passphrase of \`pulumi stack init\`). ${WHERE}`,
  ],
  [
    { ...ALL, PULUMI_BACKEND_URL: "https://api.pulumi.com" },
    `Half of the settings are missing: secret PULUMI_ACCESS_TOKEN (pul-...). ${WHERE}`,
  ],
  [
    {
      ...ALL,
      WORKLOAD_IDENTITY_PROVIDER: PROVIDER.replace("123", "my-project"),
      SERVICE_ACCOUNT: "me@gmail.com",
    },
    `WORKLOAD_IDENTITY_PROVIDER: got "projects/my-project/locations/global/workloadIdentityPools/github/providers/github"; allowed: such as projects/<number>/locations/global/workloadIdentityPools/github/providers/github\n` +
      `SERVICE_ACCOUNT: got "me@gmail.com"; allowed: such as preview@<project>.iam.gserviceaccount.com`,
  ],
  [
    { ...ALL, PULUMI_BACKEND_URL: "my-bucket" },
    'PULUMI_BACKEND_URL: got "my-bucket"; allowed: such as gs://<bucket>',
  ],
  [
    { ...ALL, PULUMI_BACKEND_URL: "https://api.pulumi.com", PULUMI_ACCESS_TOKEN: "a secret" },
    "PULUMI_ACCESS_TOKEN: got a secret with blanks; allowed: such as pul-...",
  ],
])("half of the settings, or a malformed one, is refused: %#", (env, message) => {
  expect(() => verdictOf(env)).toThrow(new Error(message));
});

test("a passphrase provider in the stack file needs the passphrase", () => {
  const env = { ...ALL, PULUMI_CONFIG_PASSPHRASE: "" };
  expect(() => verdictOf(env, "secretsprovider: passphrase\n")).toThrow("PULUMI_CONFIG_PASSPHRASE");
});
