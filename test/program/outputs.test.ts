import * as fs from "node:fs";
import * as path from "node:path";

import Ajv from "ajv";

import { synthesize } from "../support/program";

const file = path.resolve(__dirname, "../../docs/outputs.schema.json");
const schema = JSON.parse(fs.readFileSync(file, "utf8")) as object;
const ajv = new Ajv({ allErrors: true });
const validate = ajv.compile(schema);

function problemsOf(outputs: object): string[] {
  validate(outputs);
  return (validate.errors ?? []).map(
    ({ dataPath, message, params }) => `${dataPath} ${message} ${JSON.stringify(params)}`,
  );
}

const VARIANTS: Record<string, Parameters<typeof synthesize>> = {
  dev: ["dev"],
  prod: ["prod"],
  "a private name": ["dev", { config: { privateDnsName: "llm.corp.internal" } }],
  monitoring: ["dev", { config: { monitoring: {} } }],
  "a drained region": ["dev", { config: { drained: ["us-east4"] } }],
  autoscaling: ["prod", { config: { autoscaling: { maxReplicas: 8, targetUtilization: 60 } } }],
  "a config cluster without GPUs": [
    "dev",
    {
      config: {
        clusters: {
          "gke-ops": { region: "europe-west4", gpus: false },
          "gke-west": { region: "europe-west3" },
          "gke-east": { region: "us-east4" },
        },
        configCluster: "gke-ops",
      },
    },
  ],
};

test.each(Object.entries(VARIANTS))("outputs follow their schema: %s", async (_, variant) => {
  const { outputs } = await synthesize(...variant);
  expect(problemsOf(outputs)).toEqual([]);
});

test("the schema notices an output that is gone, new, or of another type", async () => {
  const { outputs } = await synthesize("dev");
  const { gatewayUrls, ...rest } = outputs;
  expect(problemsOf({ ...rest, urls: gatewayUrls, negCount: "6", outputsVersion: 2 })).toEqual([
    ' should NOT have additional properties {"additionalProperty":"urls"}',
    '.outputsVersion should be equal to constant {"allowedValue":1}',
    ' should have required property \'gatewayUrls\' {"missingProperty":"gatewayUrls"}',
    '.negCount should be integer {"type":"integer"}',
  ]);
});
