import {
  ARGS,
  BUCKET,
  modelServer,
  podOf,
  SECRET_MANAGER,
  SERVER,
  vllmOf,
} from "../../support/modelServerMocks";
import { childrenOf, find } from "../../../rehearsal/stage/registrations";

const COMPONENT = "inference-gateway:index:ModelServer::gke-west";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount::gke-west-model-server";
const SECRET = "kubernetes:core/v1:Secret::gke-west-hf-token";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget::gke-west";
const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler::gke-west";
const PROVIDER_CLASS =
  "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass::gke-west-hf-token";
const BUCKET_GRANT = "gcp:storage/bucketIAMMember:BucketIAMMember::gke-west-weights-access";
const SECRET_GRANT = "gcp:secretmanager/secretIamMember:SecretIamMember::gke-west-token-access";

const model = (over: Partial<typeof ARGS.model>) => ({ model: { ...ARGS.model, ...over } });

async function childrenWith(over: Parameters<typeof modelServer>[0]): Promise<string[]> {
  const server = await modelServer(over);
  expect(server.registrations.slice(1).map(({ parent }) => parent)).not.toContain(undefined);
  return childrenOf(server, COMPONENT);
}

test("a model server is a Deployment with an account, a token and a budget", async () => {
  expect(await childrenWith({})).toEqual([SERVER, SECRET, ACCOUNT, BUDGET]);
});

test("with Secret Manager, a bucket and autoscaling there is no Secret, and a grant for each", async () => {
  const over = {
    token: SECRET_MANAGER,
    weightsCache: BUCKET,
    autoscaling: { maxReplicas: 4, targetUtilization: 60 },
  };
  expect(await childrenWith(over)).toEqual([
    SECRET_GRANT,
    BUCKET_GRANT,
    SERVER,
    AUTOSCALER,
    ACCOUNT,
    BUDGET,
    PROVIDER_CLASS,
  ]);
});

test("the Deployment, whole", async () => {
  const server = await modelServer();
  const health = { httpGet: { path: "/health", port: "http" } };
  expect(server.component.podLabels).toEqual({ app: "llama" });
  expect(server.component.port).toBe(8000);
  expect(find(server, SERVER).inputs).toEqual({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name: "llama",
      namespace: "inference",
      labels: { app: "llama" },
      annotations: { "pulumi.com/patchForce": "true" },
    },
    spec: {
      replicas: 2,
      progressDeadlineSeconds: 2700,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      selector: { matchLabels: { app: "llama" } },
      template: {
        metadata: {
          labels: { app: "llama", "inference.networking.k8s.io/engine-type": "vllm" },
        },
        spec: {
          containers: [
            {
              name: "vllm",
              image: "vllm/vllm-openai:v0.18.1",
              command: ["vllm", "serve"],
              args: [
                "meta-llama/Llama-3.1-8B-Instruct",
                ...["--revision", "0e9e39f"],
                ...["--port", "8000"],
                ...["--max-model-len", "8192"],
                ...["--shutdown-timeout", "100"],
                ...["--enable-lora", "--max-loras", "1", "--lora-modules"],
                '{"name":"food-review-1","path":"Kawon/food","base_model_name":"meta-llama/Llama-3.1-8B-Instruct"}',
              ],
              env: [
                {
                  name: "HF_TOKEN",
                  valueFrom: { secretKeyRef: { name: "hf-token", key: "token" } },
                },
                { name: "HF_HOME", value: "/weights" },
              ],
              ports: [{ name: "http", containerPort: 8000, protocol: "TCP" }],
              startupProbe: { ...health, periodSeconds: 5, failureThreshold: 360 },
              readinessProbe: {
                ...health,
                periodSeconds: 2,
                failureThreshold: 1,
                timeoutSeconds: 1,
              },
              livenessProbe: {
                ...health,
                periodSeconds: 5,
                failureThreshold: 5,
                timeoutSeconds: 1,
              },
              lifecycle: { preStop: { sleep: { seconds: 15 } } },
              resources: {
                limits: { "nvidia.com/gpu": "1", "ephemeral-storage": "60Gi" },
                requests: {
                  cpu: "2",
                  memory: "10Gi",
                  "nvidia.com/gpu": "1",
                  "ephemeral-storage": "60Gi",
                },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ["ALL"] },
              },
              volumeMounts: [
                { name: "weights", mountPath: "/weights" },
                { name: "shm", mountPath: "/dev/shm" },
              ],
            },
          ],
          serviceAccountName: "model-server-gke-west",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          nodeSelector: { "cloud.google.com/gke-nodepool": "west-gpu-1a2b3c4" },
          terminationGracePeriodSeconds: 130,
          securityContext: { seccompProfile: { type: "RuntimeDefault" } },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: "topology.kubernetes.io/zone",
              whenUnsatisfiable: "ScheduleAnyway",
              labelSelector: { matchLabels: { app: "llama" } },
              matchLabelKeys: ["pod-template-hash"],
            },
          ],
          volumes: [
            { name: "weights", emptyDir: {} },
            { name: "shm", emptyDir: { medium: "Memory" } },
          ],
        },
      },
    },
  });
  expect(find(server, SERVER)).toMatchObject({
    dependsOn: [SECRET, ACCOUNT],
    ignoreChanges: [],
    timeouts: { create: "45m", update: "45m" },
  });
});

test("the budget lets one pod go at a time, and any that does not serve", async () => {
  expect(find(await modelServer(), BUDGET).inputs).toEqual({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "llama", namespace: "inference" },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: { app: "llama" } },
    },
  });
});

describe("a roll-out never empties a region", () => {
  const autoscaling = { maxReplicas: 20, targetUtilization: 60 };
  const one = { maxSurge: 0, maxUnavailable: 1 };

  test.each([
    ["a single pod goes when its successor serves", 1, {}, { maxSurge: 1, maxUnavailable: 0 }],
    ["of two, one goes before its successor comes", 2, {}, one],
    ["of ten too, without a GPU beyond theirs", 10, {}, one],
    ["of two or more that are autoscaled too", 2, { autoscaling }, one],
    [
      "one or more that are autoscaled do as there are then",
      1,
      { autoscaling },
      { maxSurge: 1, maxUnavailable: "50%" },
    ],
  ])("%s", async (_what, replicas, over, rollingUpdate) => {
    const server = await modelServer({ ...model({ replicas }), ...over });
    const { spec } = find(server, SERVER).inputs as {
      spec: { strategy: unknown; replicas: number };
    };
    expect(spec.strategy).toEqual({ type: "RollingUpdate", rollingUpdate });
    expect(spec.replicas).toBe(replicas);
  });
});

describe("a pod's end", () => {
  /** Hook, vLLM's own wait, and both against the grace period. */
  async function drain(notice: "spot" | "none") {
    const server = await modelServer({ notice });
    const { args, lifecycle } = vllmOf(server);
    const finish = Number(args[args.indexOf("--shutdown-timeout") + 1]);
    const { seconds } = lifecycle.preStop.sleep;
    return { seconds, finish, grace: podOf(server).spec.terminationGracePeriodSeconds };
  }

  test("on Spot all of it fits into the 15 seconds that GKE leaves of the notice", async () => {
    const { seconds, finish, grace } = await drain("spot");
    expect({ seconds, finish, grace }).toEqual({ seconds: 10, finish: 5, grace: 25 });
    expect(seconds + finish).toBeLessThanOrEqual(15);
  });

  test("otherwise answers have 100 seconds more, and the grace period covers them", async () => {
    const { seconds, finish, grace } = await drain("none");
    expect({ seconds, finish, grace }).toEqual({ seconds: 15, finish: 100, grace: 130 });
    expect(seconds + finish).toBeLessThan(grace);
  });

  test("a vLLM before v0.18.0 is not given an argument that it does not know", async () => {
    const { args } = vllmOf(await modelServer(model({ vllmVersion: "v0.17.9" })));
    expect(args).not.toContain("--shutdown-timeout");
    expect(vllmOf(await modelServer(model({ vllmVersion: "v0.18.0" }))).args).toContain(
      "--shutdown-timeout",
    );
  });
});

describe("where its pods run", () => {
  const SPOT = {
    key: "cloud.google.com/gke-spot",
    operator: "Equal",
    value: "true",
    effect: "NoSchedule",
  };
  const CLASS = {
    key: "cloud.google.com/compute-class",
    operator: "Equal",
    value: "west-gpus",
    effect: "NoSchedule",
  };

  const POOL = { "cloud.google.com/gke-nodepool": "west-gpu-1a2b3c4" };

  test.each([
    ["on the nodes of its pool", {}, POOL, undefined],
    ["on Spot nodes too", { notice: "spot" }, POOL, [SPOT]],
    ["on any node with a GPU", { nodePools: [] }, {}, undefined],
    [
      "on nodes of a compute class",
      { computeClass: "west-gpus" },
      { "cloud.google.com/compute-class": "west-gpus" },
      [CLASS],
    ],
    [
      "on Spot nodes of a compute class",
      { notice: "spot", computeClass: "west-gpus" },
      { "cloud.google.com/compute-class": "west-gpus" },
      [SPOT, CLASS],
    ],
  ] as const)("%s", async (_where, over, nodeSelector, tolerations) => {
    const { spec } = podOf(await modelServer(over));
    expect([spec.nodeSelector, spec.tolerations]).toEqual([nodeSelector, tolerations]);
  });

  test("the pools of a compute class stand in its pods, so that a replaced one is left by a roll-out", async () => {
    const over = { computeClass: "west-gpus", nodePools: ["west-gpu-1", "west-fallback-1-2"] };
    const { metadata } = podOf(await modelServer(over));
    expect(metadata.annotations).toEqual({
      "inference-gateway.dev/node-pools": "west-gpu-1,west-fallback-1-2",
    });
  });
});

test("a model without adapters loads none", async () => {
  const { args } = vllmOf(await modelServer(model({ adapters: [] })));
  expect(args.at(-2)).toBe("--shutdown-timeout");
});
