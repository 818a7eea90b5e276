import { Provider } from "@pulumi/kubernetes";
import { Job } from "@pulumi/kubernetes/batch/v1";
import * as pulumi from "@pulumi/pulumi";

/** The outputs of the gateway's stack that this one reads. */
interface GatewayOutputs {
  gatewayUrls: Record<string, string>;
  model: string;
  namespace: string;
  clusters: Record<string, { location: string }>;
  kubeconfigs: Record<string, string>;
}

const config = new pulumi.Config();
/** Region of its clients; they use the gateway's address there. */
const region = config.require("region");
const gateway = new pulumi.StackReference(config.require("gatewayStack"));

const url = outputOf("gatewayUrls").apply((urls) => valueAt(urls, region, "gatewayUrls"));
const model = outputOf("model");
const kubeconfig = pulumi
  .all([outputOf("clusters"), outputOf("kubeconfigs")])
  .apply(([clusters, kubeconfigs]) => {
    const names = Object.keys(clusters).filter((name) => clusters[name]?.location === region);
    return valueAt(kubeconfigs, names[0] ?? region, "kubeconfigs");
  });

const provider = new Provider("gateway", { kubeconfig, clusterIdentifier: `gateway-${region}` });
const request = pulumi.jsonStringify({ model, prompt: "The best pizza is", max_tokens: 16 });
new Job(
  "ask",
  {
    metadata: { namespace: outputOf("namespace") },
    spec: {
      backoffLimit: 3,
      template: {
        spec: {
          restartPolicy: "Never",
          automountServiceAccountToken: false,
          containers: [
            {
              name: "curl",
              image: "curlimages/curl:8.16.0",
              args: [
                "--fail-with-body",
                ...["--max-time", "120"],
                ...["--header", "content-type: application/json"],
                ...["--header", "x-gateway-inference-objective: food-review"],
                ...["--data", request],
                pulumi.interpolate`${url}/v1/completions`,
              ],
            },
          ],
        },
      },
    },
  },
  { provider },
);

/** Where this region's clients find the model, and what they call it. */
export { url, model };

function outputOf<Name extends keyof GatewayOutputs>(
  name: Name,
): pulumi.Output<GatewayOutputs[Name]> {
  return gateway.requireOutput(name) as pulumi.Output<GatewayOutputs[Name]>;
}

/** @throws pulumi.RunError that lists the known keys */
function valueAt<T>(values: Record<string, T>, key: string, output: string): T {
  const value = values[key];
  if (value !== undefined) return value;
  const known = Object.keys(values).join(", ");
  throw new pulumi.RunError(
    `${output} of the gateway's stack: unknown key "${key}"; known: ${known}`,
  );
}
