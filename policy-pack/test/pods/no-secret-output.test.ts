import { UNKNOWN } from "../support/unknown";
import { noSecretOutput } from "../../pods/no-secret-output";
import { CREDENTIALS, HARMLESS_TEXTS, HUGGING_FACE } from "../fixtures/credentials";
import { providerEu } from "../fixtures/identity";
import { type Registered, runPolicies } from "../support/policies";

const says = (path: string, shown = "hf_a...") =>
  `${path}: holds "${shown}", which looks like a credential; make it a secret with ` +
  "pulumi.secret, unless it is one";

async function findings(outputs: object, others: readonly Registered[] = []) {
  const stack = { type: "pulumi:pulumi:Stack", name: "gateway-dev", inputs: {}, outputs };
  const violations = await runPolicies([stack, ...others], { policies: [noSecretOutput] });
  return violations.map(({ level, resource, message }) => [level, resource, message]);
}

test.each<[string, object]>([
  ["no outputs", {}],
  ["addresses", { gatewayAddresses: { "europe-west3": "10.0.0.2" }, negCount: 6, ready: true }],
  ["what is not known yet", { token: UNKNOWN }],
  ["odd outputs", { a: null, b: [], c: [null, {}], d: { e: [] } }],
  [
    "a kubeconfig that asks a program for credentials",
    {
      kubeconfigs: {
        eu: "users:\n  - user:\n      exec:\n        command: gke-gcloud-auth-plugin",
      },
    },
  ],
  ...HARMLESS_TEXTS.map((text): [string, object] => [JSON.stringify(text), { text }]),
])("passes %s", async (_, outputs) => {
  expect(await findings(outputs)).toEqual([]);
});

test.each(CREDENTIALS)("advises on what looks like one of %s", async (_, credential) => {
  const shown = `${credential.slice(0, 4)}...`;
  expect(await findings({ token: credential })).toEqual([
    ["advisory", "gateway-dev", says("token", shown)],
  ]);
});

test("finds it wherever it is, and does not print it", async () => {
  const config = { users: [{ token: `Bearer ${HUGGING_FACE}` }] };
  const found = await findings({ addresses: UNKNOWN, kubeconfigs: { "gke-eu": config } });
  expect(found).toEqual([
    ["advisory", "gateway-dev", says('kubeconfigs["gke-eu"].users[0].token')],
  ]);
  expect(JSON.stringify(found)).not.toContain(HUGGING_FACE.slice(0, 8));
});

test("judges no other resource", async () => {
  const provider = { ...providerEu, inputs: { kubeconfig: HUGGING_FACE } };
  expect(await findings({}, [provider])).toEqual([]);
});
