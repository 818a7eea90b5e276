import * as fs from "node:fs";
import * as path from "node:path";

import { KubeClient, MERGE_PATCH } from "../../emulator/kube/client";
import type { ObjectRef } from "../../emulator/kube/objects";

import { BUCKET, makeByHand, SECRET } from "../../stage/byHand";
import type { Drill } from "../drills/drill";
import type { Sandbox } from "../../stage/sandbox";

const NAMESPACE = "inference";
const APP = "vllm-llama3-8b-instruct";
const DEPLOYMENT = reference("apps/v1", "Deployment", APP);
const key = (name: string) => `inference-gateway:${name}`;

/** The model server with every option on. */
export const workloadDrills: Drill[] = [{ name: "modelServerOptions", run: options }];

/**
 * Weights in a bucket, the token in Secret Manager, autoscaling: refused while bucket and secret are not there, then up
 * and serving; the number of pods that the autoscaler chose outlives an update, and ends with the autoscaler.
 */
async function options(sandbox: Sandbox): Promise<void> {
  sandbox.configure((config) => {
    Reflect.deleteProperty(config, key("huggingFaceToken"));
    Object.assign(config, {
      [key("huggingFaceSecret")]: SECRET,
      [key("weightsCache")]: { kind: "bucket", bucket: BUCKET },
      [key("autoscaling")]: { maxReplicas: 2, targetUtilization: 60 },
    });
    Object.assign(config[key("accelerator")] as object, { maxNodes: 4 });
  });
  // Without this, the first of the two would end it.
  const said = await sandbox.up("--continue-on-error").then(String, String);
  for (const words of [
    /The specified bucket does not exist/,
    // An account that has only a role on the secret cannot see whether the secret exists.
    /Permission 'secretmanager\.secrets\.getIamPolicy' denied for resource '.*' \(or it may not exist\)/,
  ]) {
    if (!words.test(said)) throw new Error(`${words} is not said:\n${said}`);
  }

  await makeByHand(sandbox.cloud);
  await sandbox.up();
  await sandbox.verify();
  const cluster = clientOf(sandbox, "gke_my-project-dev_us-east4_gke-east");
  const secret = await cluster.getOptional(reference("v1", "Secret", "hf-token"));
  if (secret) throw new Error("the token is in the cluster all the same");

  // As the autoscaler's controller does, which finds no metric where no model server runs.
  const scale = { spec: { replicas: 2 } };
  const manager = { fieldManager: "kube-controller-manager" };
  await cluster.patch(DEPLOYMENT, scale, MERGE_PATCH, manager, "scale");
  await configureModel(sandbox, 4096);
  await expectReplicas(cluster, 2, "4096");

  sandbox.configure((config) => Reflect.deleteProperty(config, key("autoscaling")));
  await configureModel(sandbox, 2048);
  await expectReplicas(cluster, 1, "2048");
}

async function configureModel(sandbox: Sandbox, maxLength: number): Promise<void> {
  sandbox.configure((config) => Object.assign(config[key("model")] as object, { maxLength }));
  await sandbox.up();
}

async function expectReplicas(cluster: KubeClient, count: number, length: string): Promise<void> {
  const { spec } = (await cluster.get(DEPLOYMENT)) as unknown as {
    spec: { replicas: number; template: { spec: { containers: { args: string[] }[] } } };
  };
  const args = spec.template.spec.containers.flatMap((container) => container.args);
  if (!args.includes(length)) throw new Error(`the update did not arrive: ${args.join(" ")}`);
  if (spec.replicas !== count) throw new Error(`${spec.replicas} replicas, not ${count}`);
}

function clientOf({ directories }: Sandbox, context: string): KubeClient {
  const file = path.join(directories.cloud, "clusters", context, "admin.kubeconfig");
  return KubeClient.fromKubeconfig(fs.readFileSync(file, "utf8"));
}

function reference(apiVersion: string, kind: string, name: string): ObjectRef {
  return { apiVersion, kind, name, namespace: NAMESPACE };
}
