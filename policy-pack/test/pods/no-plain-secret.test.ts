import { UNKNOWN } from "../support/unknown";
import { noPlainSecret } from "../../pods/no-plain-secret";
import { CREDENTIALS, HARMLESS_TEXTS, HUGGING_FACE } from "../fixtures/credentials";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, runPolicies, unknownBut } from "../support/policies";

const FIX = "put it into a Secret and refer to that";
const looks = (path: string, shown = "hf_a...") =>
  `${path}: holds "${shown}", which looks like a credential, in plain text; ${FIX}`;
const named = (path: string, name: string, shown = "...") =>
  `${path}: holds "${shown}" in plain text, though ${name} is a name for secrets; ${FIX}`;

const CONTAINER = "spec.template.spec.containers.0";
const CONTAINER_PATH = "spec.template.spec.containers[0]";
const ENV_PATH = `${CONTAINER_PATH}.env[0].value`;

const secretRef = { secretKeyRef: { name: "hf-token", key: "token" } };
const deployment: Registered = {
  type: "kubernetes:apps/v1:Deployment",
  name: "vllm",
  inputs: {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "vllm", annotations: { note: "serves" } },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: "vllm",
              args: ["--port", "8000"],
              env: [
                { name: "HF_TOKEN", valueFrom: secretRef },
                { name: "HF_HOME", value: "/weights" },
              ],
            },
          ],
        },
      },
    },
  },
};
const configMap = core("ConfigMap", { data: { "config.yaml": "plugins: []" } });

const findings = findingsIn(noPlainSecret);

function withEnv(name: unknown, value: unknown): Registered {
  return changed(deployment, `${CONTAINER}.env`, [{ name, value }]);
}

function core(kind: string, inputs: object): Registered {
  const named = { apiVersion: "v1", kind, metadata: { name: "x" } };
  return { type: `kubernetes:core/v1:${kind}`, name: "object", inputs: { ...named, ...inputs } };
}

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

const ARGS_PATH = `${CONTAINER_PATH}.args`;
const started = (...args: readonly unknown[]) => changed(deployment, `${CONTAINER}.args`, args);
const mapped = (text: unknown, file = "settings") => changed(configMap, `data.${file}`, text);
const binary = (text: string) =>
  changed(configMap, "binaryData", { blob: Buffer.from(text).toString("base64") });
const probed = (name: string, value: unknown) =>
  changed(deployment, `${CONTAINER}.readinessProbe`, {
    httpGet: { httpHeaders: [{ name, value }] },
  });
const HEADER_PATH = `${CONTAINER_PATH}.readinessProbe.httpGet.httpHeaders[0].value`;
const routed = (filter: object): Registered => ({
  type: "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
  name: "route",
  inputs: {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "x" },
    spec: { rules: [{ filters: [{ requestHeaderModifier: filter }] }] },
  },
});
const SECRET = "Sup3rS3cretKey123";
const SHOWN = "Sup3...";

test.each<[string, Registered, string, string]>([
  ["a flag", started("--api-key", SECRET), `${ARGS_PATH}[1]`, "api-key"],
  ["a flag in one word", started(`--api-key=${SECRET}`), `${ARGS_PATH}[0]`, "api-key"],
  ["a token's flag", started(`--hf-token=${SECRET}`), `${ARGS_PATH}[0]`, "hf-token"],
  ["a flag with underscores", started("--hf_token", SECRET), `${ARGS_PATH}[1]`, "hf_token"],
  ["a flag with one dash", started("-password", SECRET), `${ARGS_PATH}[1]`, "password"],
  [
    "the first of two flags",
    started("--api-key", SECRET, "--api-key", "$(KEY)"),
    `${ARGS_PATH}[1]`,
    "api-key",
  ],
  [
    "a flag of a command",
    changed(deployment, `${CONTAINER}.command`, ["vllm", "serve", "--api-key", SECRET]),
    `${CONTAINER_PATH}.command[3]`,
    "api-key",
  ],
  [
    "a flag in a script",
    started("-c", `exec vllm serve m --api-key ${SECRET} \\\n  --port 8000`),
    `${ARGS_PATH}[1]`,
    "api-key",
  ],
  [
    "a variable in a script",
    started("sh", "-c", `cd /tmp && HF_TOKEN=${SECRET} vllm serve m`),
    `${ARGS_PATH}[2]`,
    "HF_TOKEN",
  ],
  [
    "an exported variable",
    started(`set -e\nexport HF_TOKEN="${SECRET}"`),
    `${ARGS_PATH}[0]`,
    "HF_TOKEN",
  ],
  [
    "a variable as a word",
    started("env", `HF_TOKEN=${SECRET}`, "vllm"),
    `${ARGS_PATH}[1]`,
    "HF_TOKEN",
  ],
  ["a setting within a flag", started(`--set=password=${SECRET}`), `${ARGS_PATH}[0]`, "password"],
  [
    "arguments of another kind of object",
    changed(deployment, "spec.engineArgs", [`--api-key=${SECRET}`]),
    "spec.engineArgs[0]",
    "api-key",
  ],
  ["a file of variables", mapped(`A=1\nHF_TOKEN=${SECRET}\n`), "data.settings", "HF_TOKEN"],
  ["a variable in quotes", mapped(`HF_TOKEN='${SECRET}'`), "data.settings", "HF_TOKEN"],
  ["YAML", mapped(`user: a\npassword: ${SECRET} # mine\n`), "data.settings", "password"],
  ["YAML in a list", mapped(`users:\n  - apiKey: "${SECRET}"\n`), "data.settings", "apiKey"],
  ["TOML", mapped(`[a]\nauth_token = "${SECRET}"\n`), "data.settings", "auth_token"],
  ["JSON", mapped(`{"user": "a", "password": "${SECRET}"}`), "data.settings", "password"],
  [
    "a client's secret",
    mapped("client_secret: sup3rs3cretkey123"),
    "data.settings",
    "client_secret",
  ],
  ["a program", mapped(`import os\npassword = "${SECRET}"\n`), "data.settings", "password"],
  [
    "lines that end as on Windows",
    mapped(`a: 1\r\npassword: ${SECRET}\r\n`),
    "data.settings",
    "password",
  ],
  ["a text in base64", binary(`HF_TOKEN=${SECRET}\n`), "binaryData.blob", "HF_TOKEN"],
  [
    "a header of a probe",
    probed("Authorization", `Bearer ${SECRET}`),
    HEADER_PATH,
    "Authorization",
  ],
  ["a key in a header", probed("X-Api-Key", SECRET), HEADER_PATH, "X-Api-Key"],
  ["a cookie", probed("cookie", `session=${SECRET}`), HEADER_PATH, "cookie"],
  [
    "a header when a pod stops",
    changed(deployment, `${CONTAINER}.lifecycle`, {
      preStop: { httpGet: { httpHeaders: [{ name: "authorization", value: `Basic ${SECRET}` }] } },
    }),
    `${CONTAINER_PATH}.lifecycle.preStop.httpGet.httpHeaders[0].value`,
    "authorization",
  ],
  [
    "a header that a route sets",
    routed({ set: [{ name: "Authorization", value: `Bearer ${SECRET}` }] }),
    "spec.rules[0].filters[0].requestHeaderModifier.set[0].value",
    "Authorization",
  ],
])("fails %s by its name", async (_, resource, path, name) => {
  const [[level, message] = []] = await findings(resource);
  const shown = /holds "(.{4}\.\.\.)"/.exec(message ?? "")?.[1];
  expect([SHOWN, "sup3...", "Bear...", "Basi...", "sess..."]).toContain(shown);
  expect([level, message]).toEqual(["mandatory", named(path, name, shown)]);
  expect(await findings(resource)).toHaveLength(1);
});

test.each(CREDENTIALS)("fails what is of %s in base64", async (_, credential) => {
  expect(await findings(binary(credential))).toContainEqual([
    "mandatory",
    looks("binaryData.blob", `${credential.slice(0, 4)}...`),
  ]);
});

test.each<[string, readonly unknown[]]>([
  ["a variable", ["--api-key", "$(API_KEY)", "--hf-token=${HF_TOKEN}"]],
  ["a file", ["--api-key=/run/secrets/key", "--token", "file:/token"]],
  ["limits of tokens", ["--max-tokens", "8", "--max-num-batched-tokens=8192", "--max-token", "9"]],
  ["tokenizers", ["--tokenizer", "a/b", "--tokenizer-mode=auto", "--skip-tokenizer-init"]],
  ["tokens of the model", ["--pad-token", "[PAD]", "--eos-token=</s>", "--image-token", "img"]],
  ["names of Secrets", ["--secret-name", "hf", "--metrics-secret=gmp/reader", "--tls-secret", "a"]],
  ["places of secrets", ["--api-key-file", "key", "--token-path=token", "--credentials-dir", "a"]],
  ["a flag without a value", ["--token", "--port", "8000"]],
  ["a switch", ["--use-auth-token", "true", "--use-auth-token=false"]],
  ["times", ["--time-per-output-token", "30ms", "--cost-per-token=0.002"]],
  ["a usage text", ["echo use --token TOKEN or --api-key <key>"]],
  ["a script that reads it", ['export HF_TOKEN=$(cat /token)\nHF_TOKEN="$T" vllm serve m']],
  ["a program that reads it", ["import os\ntoken = args.token\nkey = load(\n  token=token,\n)"]],
  ["malformed words", [null, {}, [], 7, "--api-key"]],
])("passes %s among arguments", async (_, args) => {
  expect(await findings(started(...args))).toEqual([]);
});

test.each<[string, string, string?]>([
  ["names of Secrets", "secretName: hf-token\nexistingSecret: regcred\nsecretKey: api-token\n"],
  ["a reference", "password: ${PASSWORD}\ntoken: {{ .Values.token }}\napiKey: $KEY\n"],
  ["nothing", "password:\ntoken: ''\nAPI_KEY=\n"],
  ["a comment", "# password: secret1\n; token=abc\n// apiKey: x\n"],
  ["prose", "The token: a piece of a text. Its password: see the vault.\n"],
  ["special tokens", '{"bos_token": "<s>", "image_token": "<image>", "mask_token": "[MASK]"}'],
  ["limits", "max_tokens: 4096\nmaxToken: 8\ntoken: 128\nper_token = 0.5\n"],
  ["an object", "credentials: {}\npassword: [a]\ntoken: |\n  text\n"],
  ["a file", "password: /run/secrets/password\nprivate_key = file:/key\n"],
  ["a program's variable", "token = args.token\n", "a_py"],
  ["a program by its lines", "from os import environ\ntoken = environ.token\n"],
])("passes %s in a ConfigMap", async (_, text, file = "settings") => {
  const data = { [file.replace("_", ".")]: text };
  expect(await findings(changed(configMap, "data", data))).toEqual([]);
});

test.each(["Bearer $(TOKEN)", "Bearer <token>", "", null])(
  "passes %j for a header",
  async (value) => {
    expect(await findings(probed("Authorization", value))).toEqual([]);
  },
);

test.each<[string, Registered]>([
  [`${ARGS_PATH}[1]`, started("--api-key", UNKNOWN)],
  [HEADER_PATH, probed("Authorization", UNKNOWN)],
])("advises where %s is not known yet", async (path, resource) => {
  expect(await findings(resource)).toEqual([["advisory", pending(path)]]);
});

test("reads a long text", async () => {
  const line = `${"key = a b c ".repeat(10)}\ntoken ${" ".repeat(200)}\n`;
  expect(await findings(mapped(line.repeat(500)))).toEqual([]);
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
