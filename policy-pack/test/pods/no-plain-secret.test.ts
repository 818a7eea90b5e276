import { noPlainSecret } from "../../pods/no-plain-secret";
import { CREDENTIALS, HARMLESS_TEXTS, HUGGING_FACE } from "../fixtures/credentials";
import { pending } from "../fixtures/messages";
import {
  configMap,
  CONTAINER,
  CONTAINER_PATH,
  core,
  deployment,
  ENV_PATH,
  findings,
  looks,
  named,
  withEnv,
} from "../fixtures/secretHolders";
import { asGenerated, changed } from "../fixtures/stack";
import { type Registered, runPolicies, unknownBut } from "../support/policies";
import { UNKNOWN } from "../support/unknown";

test.each<[string, Registered]>([
  ["a reference to a Secret", deployment],
  ["a ConfigMap", configMap],
  ["a Secret", core("Secret", { stringData: { token: HUGGING_FACE } })],
  [
    "a Secret that is changed in part",
    {
      ...core("Secret", { stringData: { token: HUGGING_FACE } }),
      type: "kubernetes:core/v1:SecretPatch",
    },
  ],
  [
    "a Secret whose kind is not known",
    changed(core("Secret", { stringData: { token: HUGGING_FACE } }), "kind", UNKNOWN),
  ],
  [
    "Secrets in a list",
    core("List", {
      items: [{ apiVersion: "v1", kind: "Secret", stringData: { a: HUGGING_FACE } }],
    }),
  ],
  [
    "the values of a chart, which may fill a Secret",
    {
      type: "kubernetes:helm.sh/v3:Release",
      name: "chart",
      inputs: { chart: "c", values: { token: HUGGING_FACE } },
    },
  ],
  [
    "what is not an object of Kubernetes",
    {
      type: "random:index/randomPassword:RandomPassword",
      name: "r",
      inputs: { keepers: { a: HUGGING_FACE } },
    },
  ],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each([
  "TOKENIZER",
  "MAX_TOKENS",
  "MAX_TOKEN",
  "TOKENIZERS_PARALLELISM",
  "EOS_TOKEN",
  "SECRET_NAME",
  "IMAGE_PULL_SECRET",
  "TOKEN_URL",
  "PUBLIC_KEY",
  "KEY",
  "PASSWORDLESS",
  "",
])("passes a plain value of variable %s", async (name) => {
  expect(await findings(withEnv(name, "some text of its own"))).toEqual([]);
});

test.each([
  "/var/run/secrets/token",
  "file:/token",
  "true",
  "0",
  "$(OTHER)",
  "",
  "sm://token",
  "projects/p/secrets/token/versions/1",
  null,
])("passes %j for a variable of a secret name", async (value) => {
  expect(await findings(withEnv("HF_TOKEN", value))).toEqual([]);
});

test.each(HARMLESS_TEXTS.map((text) => [text]))("passes text %j", async (text) => {
  expect(await findings(changed(configMap, "data.text", text))).toEqual([]);
});

test.each([
  "HF_TOKEN",
  "HUGGING_FACE_HUB_TOKEN",
  "hfToken",
  "hf-token",
  "OPENAI_API_KEY",
  "APIKEY",
  "AWS_SECRET_ACCESS_KEY",
  "DB_PASSWORD",
  "DB_PASSWORD_1",
  "CLIENT_SECRET",
  "GOOGLE_CREDENTIALS",
  "TOKEN_VALUE",
])("fails a plain value of variable %s", async (name) => {
  expect(await findings(withEnv(name, "in the open"))).toEqual([
    ["mandatory", named(ENV_PATH, name)],
  ]);
  const long = withEnv(name, "in the open field");
  expect(await findings(long)).toEqual([["mandatory", named(ENV_PATH, name, "in t...")]]);
});

test.each(CREDENTIALS)("fails by its looks what is of %s", async (_, credential) => {
  const shown = `${credential.slice(0, 4)}...`;
  expect(await findings(withEnv("PLAIN", credential))).toEqual([
    ["mandatory", looks(ENV_PATH, shown)],
  ]);
  expect(await findings(changed(configMap, "data.text", `a: "${credential}"\n`))).toEqual([
    ["mandatory", looks("data.text", shown)],
  ]);
});

test.each<[string, Registered, string]>([
  ["a variable by name and looks, once", withEnv("HF_TOKEN", HUGGING_FACE), looks(ENV_PATH)],
  ["a variable that is a number", withEnv("PASSWORD", 123456), named(ENV_PATH, "PASSWORD")],
  [
    "an argument",
    changed(deployment, `${CONTAINER}.args`, ["serve", `--hf-token=${HUGGING_FACE}`]),
    looks(`${CONTAINER_PATH}.args[1]`),
  ],
  [
    "a command",
    changed(deployment, `${CONTAINER}.command`, ["sh", "-c", `login ${HUGGING_FACE}`]),
    looks(`${CONTAINER_PATH}.command[2]`),
  ],
  [
    "an annotation",
    changed(deployment, "metadata.annotations[example.com/token]", HUGGING_FACE),
    looks('metadata.annotations["example.com/token"]'),
  ],
  [
    "an entry of a ConfigMap by its name",
    changed(configMap, "data.password", "in the open"),
    named("data.password", "password"),
  ],
  [
    "a container that runs before the others",
    changed(deployment, "spec.template.spec.initContainers", [
      { env: [{ name: "TOKEN", value: "in the open" }] },
    ]),
    named("spec.template.spec.initContainers[0].env[0].value", "TOKEN"),
  ],
  [
    "a kind that embeds containers",
    changed(
      changed(withEnv("TOKEN", "in the open"), "apiVersion", "ray.io/v1"),
      "kind",
      "RayService",
    ),
    named(ENV_PATH, "TOKEN"),
  ],
  [
    "an object that is changed in part",
    { ...withEnv("TOKEN", "in the open"), type: "kubernetes:apps/v1:DeploymentPatch" },
    named(ENV_PATH, "TOKEN"),
  ],
  ["a generated class", asGenerated(withEnv("TOKEN", "in the open")), named(ENV_PATH, "TOKEN")],
  [
    "an object known by its token only",
    changed(changed(withEnv("TOKEN", "in the open"), "apiVersion"), "kind"),
    named(ENV_PATH, "TOKEN"),
  ],
  [
    "a Secret of another group",
    changed(changed(configMap, "kind", "Secret"), "apiVersion", "example.com/v1"),
    "",
  ],
])("fails %s", async (_, resource, message) => {
  const broken = message === "" ? changed(resource, "data.text", HUGGING_FACE) : resource;
  expect(await findings(broken)).toEqual([["mandatory", message || looks("data.text")]]);
});

test("never prints what it found", async () => {
  const violations = await runPolicies([withEnv("HF_TOKEN", HUGGING_FACE)], {
    policies: [noPlainSecret],
  });
  expect(JSON.stringify(violations)).not.toContain(HUGGING_FACE.slice(0, 8));
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = withEnv("TOKEN", "in the open");
  const place = `${CONTAINER}.env.0`;
  const hidden = unknownBut(inputs, `${place}.name`, `${place}.value`);
  expect(await findings({ ...deployment, inputs: hidden })).toEqual([
    ["mandatory", named(ENV_PATH, "TOKEN")],
  ]);
});

test("advises where a variable of a secret name is not known yet", async () => {
  expect(await findings(withEnv("TOKEN", UNKNOWN))).toEqual([["advisory", pending(ENV_PATH)]]);
  expect(await findings(withEnv("HOME", UNKNOWN))).toEqual([]);
  expect(await findings(withEnv(UNKNOWN, UNKNOWN))).toEqual([]);
});

test.each([null, [], {}, 7, "text", [null], [[]], [{ name: [] }], UNKNOWN])(
  "does not mind %j for variables",
  async (env) => {
    expect(await findings(changed(deployment, `${CONTAINER}.env`, env))).toEqual([]);
  },
);
