import { runningOf, stackConfig } from "../../../operations/rollout/stackConfig";

const CONFIG = {
  "gcp:project": "my-project",
  "inference-gateway:clusters":
    '{"gke-west":{"region":"europe-west3"},"gke-east":{"region":"us-east4"}}',
  "inference-gateway:configCluster": "gke-west",
  "inference-gateway:accelerator": '{"machineType":"g2-standard-8"}',
  "inference-gateway:model": '{"revision":"new"}',
};

test("the configuration is read as the program reads it, and kept as it stands there", () => {
  const { settings, given } = stackConfig(CONFIG, "inference-gateway");
  expect(settings.model).toMatchObject({ revision: "new", maxLength: 8192 });
  expect(settings.clusters["gke-east"]).toMatchObject({ region: "us-east4", block: 0 });
  expect(given.clusters).toEqual({
    "gke-west": { region: "europe-west3" },
    "gke-east": { region: "us-east4" },
  });
});

test("a text that looks like a number stays the text it is", () => {
  const config = { ...CONFIG, "inference-gateway:gkeVersion": "1.40" };
  expect(stackConfig(config, "inference-gateway").settings.gkeVersion).toBe("1.40");
});

test("a token in plain text is none of its keys, as in the program", () => {
  const config = { ...CONFIG, "inference-gateway:huggingFaceToken": "hf_test" };
  expect(stackConfig(config, "inference-gateway").given).not.toHaveProperty("huggingFaceToken");
});

test("its problems are told as the program tells them", () => {
  const config = { ...CONFIG, "inference-gateway:deletionProtection": "maybe" };
  expect(() => stackConfig(config, "inference-gateway")).toThrow(
    new Error(
      'The configuration has problems:\n  inference-gateway:deletionProtection: got "maybe"; allowed: true or false',
    ),
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
