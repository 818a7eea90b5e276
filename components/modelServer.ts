import { Deployment } from "@pulumi/kubernetes/apps/v1";
import { Secret } from "@pulumi/kubernetes/core/v1";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1";
import type { input } from "@pulumi/kubernetes/types";
import * as pulumi from "@pulumi/pulumi";

export interface ModelServerArgs {
  namespace: string;
  /** Label `app` of its pods; letters, digits and `-`, as the metric's selector takes no other. */
  app: string;
  model: ModelArgs;
  /** Runs on nodes that are taken back with 25 to 30 s notice. */
  spot: boolean;
  huggingFaceToken: pulumi.Input<string>;
  /** What its pods need to run; the other objects do not wait for it. */
  runsOn?: pulumi.Resource[];
}

export interface ModelArgs {
  /** Repository of the base model on Hugging Face. */
  id: string;
  /** Branch, tag or commit. */
  revision: string;
  /** LoRA adapters by the name that a request gives. */
  adapters: { name: string; source: string }[];
  /** Prompt and answer together, in tokens. */
  maxLength: number;
  /** Pods, one GPU each. */
  replicas: number;
}

/** vLLM has reported `vllm:kv_cache_usage_perc` since v0.10.2; before, the gauge had another name. */
const IMAGE = "vllm/vllm-openai:v0.18.1";
export const SERVER_PORT = 8000;
/** Seconds in which load balancer and endpoint picker notice that a pod goes. */
const DRAIN_SECONDS = 15;
/** A model is loaded within this many seconds, or its pod is started again. */
const LOAD_SECONDS = 1800;
const ROLLOUT_TIMEOUT = "45m";

/** The pods of one cluster that run the model, with vLLM. */
export class ModelServer extends pulumi.ComponentResource {
  /** By which pool, metric and budget find its pods. */
  readonly podLabels: { app: string };
  readonly port = SERVER_PORT;

  constructor(
    private readonly name: string,
    args: ModelServerArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("inference-gateway:index:ModelServer", name, {}, opts);
    this.podLabels = { app: args.app };

    const token = this.createTokenSecret(args);
    this.createDeployment(args, token);
    this.createDisruptionBudget(args);

    this.registerOutputs({ podLabels: this.podLabels, port: this.port });
  }

  private createTokenSecret({ namespace, huggingFaceToken }: ModelServerArgs): Secret {
    return new Secret(
      `${this.name}-hf-token`,
      { metadata: { name: "hf-token", namespace }, stringData: { token: huggingFaceToken } },
      { parent: this },
    );
  }

  private createDeployment(args: ModelServerArgs, token: Secret): void {
    const { app, namespace, model } = args;
    new Deployment(
      this.name,
      {
        metadata: { name: app, namespace, labels: this.podLabels },
        spec: {
          replicas: model.replicas,
          // A GPU for a pod beyond the replicas may not be had: one goes before its successor comes.
          strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
          selector: { matchLabels: this.podLabels },
          template: {
            metadata: {
              labels: { ...this.podLabels, "inference.networking.k8s.io/engine-type": "vllm" },
            },
            spec: this.podSpec(args),
          },
        },
      },
      {
        parent: this,
        dependsOn: [token, ...(args.runsOn ?? [])],
        customTimeouts: { create: ROLLOUT_TIMEOUT, update: ROLLOUT_TIMEOUT },
      },
    );
  }

  private podSpec(args: ModelServerArgs): input.core.v1.PodSpec {
    return {
      containers: [this.container(args)],
      // A namespace with a Service "vllm" would hand the pod VLLM_PORT=tcp://..., which vLLM takes for its own setting.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: args.spot ? 25 : 130,
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: this.podLabels },
        },
      ],
      ...(args.spot && {
        tolerations: [
          {
            key: "cloud.google.com/gke-spot",
            operator: "Equal",
            value: "true",
            effect: "NoSchedule",
          },
        ],
      }),
      volumes: [
        { name: "weights", emptyDir: {} },
        { name: "shm", emptyDir: { medium: "Memory" } },
      ],
    };
  }

  private container(args: ModelServerArgs): input.core.v1.Container {
    const health = { httpGet: { path: "/health", port: "http" } };
    const resources = { "nvidia.com/gpu": "1", "ephemeral-storage": "60Gi" };
    return {
      name: "vllm",
      image: IMAGE,
      command: ["vllm", "serve"],
      args: serverArgs(args.model),
      env: [
        { name: "HF_TOKEN", valueFrom: { secretKeyRef: { name: "hf-token", key: "token" } } },
        { name: "HF_HOME", value: "/weights" },
      ],
      ports: [{ name: "http", containerPort: SERVER_PORT, protocol: "TCP" }],
      startupProbe: { ...health, periodSeconds: 5, failureThreshold: LOAD_SECONDS / 5 },
      readinessProbe: { ...health, periodSeconds: 2, failureThreshold: 1, timeoutSeconds: 1 },
      livenessProbe: { ...health, periodSeconds: 5, failureThreshold: 5, timeoutSeconds: 1 },
      lifecycle: { preStop: { sleep: { seconds: DRAIN_SECONDS } } },
      resources: { limits: resources, requests: resources },
      volumeMounts: [
        { name: "weights", mountPath: "/weights" },
        { name: "shm", mountPath: "/dev/shm" },
      ],
    };
  }

  private createDisruptionBudget({ app, namespace }: ModelServerArgs): void {
    new PodDisruptionBudget(
      this.name,
      {
        metadata: { name: app, namespace },
        spec: { maxUnavailable: 1, selector: { matchLabels: this.podLabels } },
      },
      { parent: this },
    );
  }
}

function serverArgs({ id, revision, maxLength, adapters }: ModelArgs): string[] {
  return [
    id,
    ...["--revision", revision],
    ...["--port", String(SERVER_PORT)],
    ...["--max-model-len", String(maxLength)],
    ...(adapters.length > 0
      ? ["--enable-lora", "--max-loras", String(adapters.length), "--lora-modules"]
      : []),
    ...adapters.map(({ name, source }) =>
      JSON.stringify({ name, path: source, base_model_name: id }),
    ),
  ];
}
