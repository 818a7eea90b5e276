import * as pulumi from "@pulumi/pulumi";

import { readGateway } from "../../examples/consumer/gateway";

const STACK = "organization/inference-gateway/dev";
const OUTPUTS = {
  outputsVersion: 1,
  gatewayAddresses: { "us-east4": "10.0.0.2" },
  gatewayUrls: { "us-east4": "http://10.0.0.2" },
  model: "meta-llama/Llama-3.1-8B-Instruct",
  clusters: { "gke-east": { location: "us-east4" } },
  kubeconfigs: { "gke-east": "kind: Config" },
};

/** Reads the gateway of a stack that has these outputs. */
async function read(outputs: object, region = "us-east4") {
  const newResource = () => ({ id: STACK, state: { name: STACK, outputs, secretOutputNames: [] } });
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "consumer", "dev");
  return readGateway(STACK, region);
}

test("the consumer finds address, model and kubeconfig of its region", async () => {
  const { address, url, model, kubeconfig } = await read(OUTPUTS);
  const text = await new Promise((resolve) => kubeconfig.apply(resolve));
  expect([address, url, model, text]).toEqual([
    "10.0.0.2",
    "http://10.0.0.2",
    "meta-llama/Llama-3.1-8B-Instruct",
    "kind: Config",
  ]);
});

test.each([
  ["an output that is gone", { model: undefined }, `Stack ${STACK} has no output "model"`],
  [
    "a later version",
    { outputsVersion: 2 },
    `Stack ${STACK} has outputs of version 2; this program reads version 1`,
  ],
  [
    "a stack that was not deployed",
    { outputsVersion: undefined },
    `Stack ${STACK} has no outputs; this program reads version 1`,
  ],
  [
    "a region without the gateway",
    { gatewayUrls: { "us-east1": "http://10.0.0.1" } },
    'Output gatewayUrls has no "us-east4"; it has: us-east1',
  ],
  [
    "a region without a cluster",
    { clusters: {} },
    'Output kubeconfigs has no "us-east4"; it has: gke-east',
  ],
])("one sentence for %s", async (_, change, message) => {
  await expect(read({ ...OUTPUTS, ...change })).rejects.toThrow(new Error(message));
});
