import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1";
import type { input } from "@pulumi/kubernetes/types";
import * as pulumi from "@pulumi/pulumi";

import { PORTS } from "../../catalog/ports";
import { accountName } from "../../checks/objectNames";

import type { ModelArgs, ModelServerArgs } from "./args";
import { autoscaler } from "./autoscaler";
import { createIdentity } from "./identity";
import { podTemplate } from "./podTemplate";
import { createTokenObject } from "./token";

export type * from "./args";

/** Longer than a model may take to load, on a node that has yet to come. */
const ROLLOUT_MINUTES = 45;

/**
 * The pods of one cluster that run the model, with vLLM.
 *
 * ### Cost
 * One GPU a replica, and while a single replica is replaced a second one. The weights cache "node" costs nothing more;
 * "bucket" costs storage (0.02 $ a GB and month), and egress if the bucket is in another region.
 *
 * @example
 * ```ts
 * const server = new ModelServer(
 *   "gke-west",
 *   {
 *     namespace,
 *     app: "llama",
 *     model: {
 *       id: "meta-llama/Llama-3.1-8B-Instruct",
 *       revision: "main",
 *       adapters: [],
 *       maxLength: 8192,
 *       replicas: 1,
 *       vllmVersion: "v0.18.1",
 *     },
 *     notice: "spot",
 *     nodePools: cluster.gpuPoolNames,
 *     weightsCache: { kind: "bucket", bucket: "my-weights" },
 *     token: { kind: "secret-manager", secret: "projects/my-project/secrets/hugging-face" },
 *     workloadPool: cluster.workloadPool,
 *     runsOn: cluster.gpuNodes,
 *   },
 *   { providers: [cluster.provider] },
 * );
 * ```
 */
export class ModelServer extends pulumi.ComponentResource {
  /** Labels that the pool, the metric and the disruption budget select. */
  readonly podLabels: { app: string };
  readonly port = PORTS.modelServer;
  /** The model that it serves, known once it does: after a failed update, still the old one. */
  readonly serves: pulumi.Output<ModelArgs>;

  /** @param name name of the cluster, unique in the project: the identity is named after it */
  constructor(name: string, args: ModelServerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:ModelServer", name, {}, opts);
    this.podLabels = podLabelsOf(args);

    const identity = createIdentity(name, args, { parent: this });
    const token = createTokenObject(name, args, { parent: this });
    const deployment = createDeployment(name, args, {
      parent: this,
      dependsOn: [...identity, token, ...(args.runsOn ?? [])],
    });
    this.serves = deployment.id.apply(() => args.model);
    // Neither waits for the Deployment, which is ready only when a model is loaded.
    if (args.autoscaling) {
      new HorizontalPodAutoscaler(name, autoscaler(args, args.autoscaling), { parent: this });
    }
    createDisruptionBudget(name, args, { parent: this });

    this.registerOutputs({ podLabels: this.podLabels, port: this.port });
  }
}

/** Labels that the pool, the metric and the disruption budget select. */
function podLabelsOf({ app }: Pick<ModelServerArgs, "app">): { app: string } {
  return { app };
}

function createDeployment(
  name: string,
  args: ModelServerArgs,
  opts: pulumi.CustomResourceOptions,
): Deployment {
  const { app, namespace, model } = args;
  const podLabels = podLabelsOf(args);
  const timeout = `${ROLLOUT_MINUTES}m`;
  return new Deployment(
    name,
    {
      metadata: {
        name: app,
        namespace,
        labels: podLabels,
        // After autoscaling is switched off, the count still belongs to its controller: only force changes that.
        annotations: { "pulumi.com/patchForce": "true" },
      },
      spec: {
        replicas: model.replicas,
        progressDeadlineSeconds: ROLLOUT_MINUTES * 60,
        strategy: { type: "RollingUpdate", rollingUpdate: rollingUpdate(args) },
        selector: { matchLabels: podLabels },
        template: podTemplate(args, podLabels, accountName(name)),
      },
    },
    {
      ...opts,
      // The autoscaler owns the count. An update without the field would set it to 1, so the live value is kept.
      ...(args.autoscaling && { ignoreChanges: ["spec.replicas"] }),
      customTimeouts: { create: timeout, update: timeout },
    },
  );
}

function createDisruptionBudget(
  name: string,
  args: Pick<ModelServerArgs, "app" | "namespace">,
  opts: pulumi.CustomResourceOptions,
): void {
  new PodDisruptionBudget(
    name,
    {
      metadata: { name: args.app, namespace: args.namespace },
      spec: {
        maxUnavailable: 1,
        // A pod that does not serve must not hold up the upgrade of its node.
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: podLabelsOf(args) },
      },
    },
    opts,
  );
}

/**
 * A roll-out never empties a region. With several pods, one is deleted before its successor is created, because no
 * further GPU may be available. A single pod is deleted when its successor serves, which needs a second GPU for a
 * while. If the autoscaler may have added pods to a single one, 50 % rounds down: 0 of 1 pod, 1 of 2.
 */
function rollingUpdate({
  model,
  autoscaling,
}: ModelServerArgs): input.apps.v1.RollingUpdateDeployment {
  if (model.replicas > 1) return { maxSurge: 0, maxUnavailable: 1 };
  return { maxSurge: 1, maxUnavailable: autoscaling ? "50%" : 0 };
}
