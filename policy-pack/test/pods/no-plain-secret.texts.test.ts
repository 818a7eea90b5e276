import { CREDENTIALS } from "../fixtures/credentials";
import { pending } from "../fixtures/messages";
import {
  configMap,
  CONTAINER,
  CONTAINER_PATH,
  deployment,
  findings,
  looks,
  named,
} from "../fixtures/secretHolders";
import { changed } from "../fixtures/stack";
import type { Registered } from "../support/policies";
import { UNKNOWN } from "../support/unknown";

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
/** A value that nothing but its name gives away. */
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
