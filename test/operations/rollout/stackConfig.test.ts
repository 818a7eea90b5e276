import { runningOf, stackConfig } from "../../../operations/rollout/stackConfig";
import { Refused } from "../../../operations/support/commandExit";
import type { ConfigValue } from "../../../operations/support/engine";

const TOKEN = "inference-gateway:huggingFaceToken";
const CONFIG: Record<string, ConfigValue> = {
  "gcp:project": { value: "my-project" },
  "inference-gateway:clusters": {
    value: '{"gke-west":{"region":"europe-west3"},"gke-east":{"region":"us-east4"}}',
  },
  "inference-gateway:configCluster": { value: "gke-west" },
  "inference-gateway:accelerator": { value: '{"machineType":"g2-standard-8"}' },
  "inference-gateway:model": { value: '{"revision":"new"}' },
  [TOKEN]: { value: "hf_test", secret: true },
};

function read(more: Record<string, ConfigValue> = {}) {
  return stackConfig({ ...CONFIG, ...more }, { stack: "dev", project: "inference-gateway" });
}

test("the configuration is read as the program reads it, and kept as it stands there", () => {
  const { settings, given, advice } = read();
  expect(settings.model).toMatchObject({ revision: "new", maxLength: 8192 });
  expect(settings.clusters["gke-east"]).toMatchObject({ region: "us-east4", block: 0 });
  expect(given.clusters).toEqual({
    "gke-west": { region: "europe-west3" },
    "gke-east": { region: "us-east4" },
  });
  expect(advice).toEqual([]);
});

test("a text that looks like a number stays the text it is", () => {
  const { settings } = read({ "inference-gateway:gkeVersion": { value: "1.40" } });
  expect(settings.gkeVersion).toBe("1.40");
});

test("a token in plain text is taken, with the command that makes it a secret, and is none of the keys", () => {
  const { given, advice } = read({ [TOKEN]: { value: "hf_test" } });
  expect(given).not.toHaveProperty("huggingFaceToken");
  expect(advice).toEqual([
    "huggingFaceToken is plain text in the stack file, where everybody can read it who reads the file. Make a new " +
      "token, and set it with --secret: pulumi config set --secret huggingFaceToken",
  ]);
});

test.each<[string, Record<string, ConfigValue>, string]>([
  [
    "a key that is wrong",
    { "inference-gateway:deletionProtection": { value: "maybe" } },
    'inference-gateway:deletionProtection: got "maybe"; allowed: true or false',
  ],
  [
    "an empty token",
    { [TOKEN]: { value: "", secret: true } },
    "inference-gateway:huggingFaceToken: got an empty text; allowed: a secret, a Hugging Face token that may read the model, or huggingFaceSecret in its place",
  ],
  [
    "a key that is wrong and a secret",
    { "inference-gateway:namespace": { value: "My Secret", secret: true } },
    "inference-gateway:namespace: got a secret; allowed: lower-case letters, digits and -, 1 to 40, starting with a letter",
  ],
])("%s is told as the program tells it", (_, more, problem) => {
  expect(() => read(more)).toThrow(
    new Refused(`The configuration of stack dev has a problem:\n  ${problem}`),
  );
});

test("outputs tell what runs, and what is drained; a cluster without GPUs runs nothing", () => {
  const model = { id: "m", revision: "1" };
  const outputs = { clusters: { hub: { location: "x" }, a: { model } }, drained: ["us-east4"] };
  expect(runningOf(outputs)).toEqual({ models: { a: model }, drained: ["us-east4"] });
  expect(runningOf({ clusters: { a: { model } } })).toEqual({ models: { a: model }, drained: [] });
});

test.each([{}, { clusters: { a: { location: "x" } } }])(
  "outputs that do not tell what runs are refused: %j",
  (outputs) => {
    expect(() => runningOf(outputs)).toThrow(
      new Error(
        "The stack's outputs do not say which model a cluster runs: run `pulumi up` with the model that runs now.",
      ),
    );
  },
);
