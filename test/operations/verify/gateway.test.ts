import { gatewayOf, OUTPUTS } from "../../../operations/verify/gateway";
import { synthesize } from "../../support/program";

const read = (outputs: Record<string, unknown>) => gatewayOf(outputs, "stack dev");

const SERVES = { model: "meta-llama/Llama-3.1-8B-Instruct", adapters: ["food-review-1"] };

test("it reads what the program puts out", async () => {
  const config = {
    privateDnsName: "llm.corp.internal",
    clusters: {
      "gke-ops": { region: "europe-west4", gpus: false },
      "gke-west": { region: "europe-west3" },
      "gke-east": { region: "us-east4" },
    },
    configCluster: "gke-ops",
  };
  const { outputs } = await synthesize("dev", { config });
  expect(read(outputs)).toEqual({
    urls: outputs.gatewayUrls,
    privateUrl: "http://llm.corp.internal",
    model: "meta-llama/Llama-3.1-8B-Instruct",
    servers: [
      { name: "gke-west", context: "gke_my-project-dev_europe-west3_gke-west", ...SERVES },
      { name: "gke-east", context: "gke_my-project-dev_us-east4_gke-east", ...SERVES },
    ],
    namespace: "inference",
    poolName: "vllm-llama3-8b-instruct",
    objectives: { "food-review": 10 },
  });
  expect(OUTPUTS.filter((name) => !(name in outputs))).toEqual([]);
});

test("it names everything that does not fit", () => {
  const cluster = { context: 1, model: { id: "", adapters: [{ source: "o/r" }] } };
  const outputs = {
    gatewayUrls: { "us-east4": "https://10.0.0.9", "europe-west3": "http://10.0.0.9/v1" },
    privateUrl: "llm.corp.internal",
    clusters: { "gke-east": cluster },
    namespace: "inference",
    poolName: ["vllm"],
    objectives: { batch: "-1" },
  };
  expect(() => read(outputs)).toThrow(
    expect.objectContaining({
      exitCode: 2,
      message: [
        "stack dev does not describe a gateway (docs/outputs.schema.json):",
        '- gatewayUrls.us-east4: got "https://10.0.0.9"; allowed: http://<host>, without a path',
        '- gatewayUrls.europe-west3: got "http://10.0.0.9/v1"; allowed: http://<host>, without a path',
        '- privateUrl: got "llm.corp.internal"; allowed: http://<host>, without a path',
        "- model: got nothing; allowed: text",
        "- clusters.gke-east.context: got 1; allowed: text",
        '- clusters.gke-east.model.id: got ""; allowed: text',
        "- clusters.gke-east.model.adapters[0].name: got nothing; allowed: text",
        '- poolName: got ["vllm"]; allowed: text',
        '- objectives.batch: got "-1"; allowed: a number',
      ].join("\n"),
    }),
  );
});

test("a gateway without addresses or clusters is none", () => {
  const outputs = { gatewayUrls: {}, clusters: [], model: "m", namespace: "n", poolName: "p" };
  expect(() => read({ ...outputs, objectives: 3 })).toThrow(
    [
      "stack dev does not describe a gateway (docs/outputs.schema.json):",
      "- gatewayUrls: got {}; allowed: a URL for each of one or more regions",
      "- clusters: got []; allowed: one or more clusters",
      "- objectives: got 3; allowed: an object",
    ].join("\n"),
  );
});
