import { Provider } from "@pulumi/kubernetes/provider";
import { Job } from "@pulumi/kubernetes/batch/v1";
import { ConfigMap, Namespace } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import * as pulumi from "@pulumi/pulumi";

import { readGateway } from "./gateway";

const labels = { app: "pizza-critic" };

/** In the shell, so that what the container asks is in its environment. */
const ASK = `curl --fail-with-body --max-time 120 "$MODEL_URL/v1/completions" \\
  --header "content-type: application/json" --header "x-gateway-inference-objective: food-review" \\
  --data "{\\"model\\": \\"$MODEL\\", \\"prompt\\": \\"The best pizza is\\", \\"max_tokens\\": 16}"`;

export = () =>
  deploy().catch((error: unknown) => {
    // Nobody reads the stack of a RunError, and Pulumi needs half a minute and 3 GB to format that of an async program.
    if (pulumi.RunError.isInstance(error)) error.stack = "";
    throw error;
  });

async function deploy() {
  const config = new pulumi.Config();
  // Its clients use the gateway's address in their own region.
  const region = config.require("region");
  const { address, url, model, kubeconfig } = await readGateway(
    config.require("gatewayStack"),
    region,
  );

  const provider = new Provider("gateway", { kubeconfig, clusterIdentifier: `gateway-${region}` });
  const home = new Namespace("pizza-critic", { metadata: { name: "pizza-critic" } }, { provider });
  const metadata = { namespace: home.metadata.name, labels };

  // The application reaches the gateway and nothing else. It calls an address, so it needs no DNS.
  const gatewayOnly = new NetworkPolicy(
    "gateway-only",
    {
      metadata,
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ["Ingress", "Egress"],
        egress: [
          {
            to: [{ ipBlock: { cidr: `${address}/32` } }],
            ports: [{ protocol: "TCP", port: 80 }],
          },
        ],
      },
    },
    { provider },
  );

  const data = { MODEL_URL: url, MODEL: model };
  const access = new ConfigMap("model", { metadata, data }, { provider });

  const ask = {
    name: "ask",
    image: "curlimages/curl:8.16.0",
    command: ["/bin/sh", "-c", ASK],
    envFrom: [{ configMapRef: { name: access.metadata.name } }],
  };
  const pod = {
    restartPolicy: "Never",
    automountServiceAccountToken: false,
    containers: [ask],
  };
  new Job(
    "ask",
    { metadata, spec: { backoffLimit: 3, template: { metadata: { labels }, spec: pod } } },
    { provider, dependsOn: gatewayOnly },
  );

  return { url, model };
}
