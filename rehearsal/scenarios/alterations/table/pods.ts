import type { Alteration } from "../alteration";
import { budget, modelServer, modelServerAccount, stack } from "./resources";

/** The container of the released manifest whose pods never start. */
const loraSyncer = {
  name: "lora-adapter-syncer",
  image:
    "us-central1-docker.pkg.dev/k8s-staging-images/gateway-api-inference-extension/lora-syncer:v1.1.0",
  restartPolicy: "IfNotPresent",
};
/** A Hugging Face token by its looks, and nobody's. */
const TOKEN = `hf_${"a".repeat(34)}`;

export const podsAlterations: readonly Alteration[] = [
  {
    name: "budgetLetsNonePass",
    edits: [{ at: budget, set: "spec.maxUnavailable", to: 0 }],
    policy: {
      name: "budget-selects-pods",
      says: [
        {
          resource: "gke-east",
          message:
            "spec.maxUnavailable: 0 lets no pod go, so no drain of a node ever ends; set it to 1 or more",
        },
      ],
    },
  },
  {
    name: "serversWithoutBudget",
    stack: "prod",
    edits: [{ at: budget, drop: true }],
    policy: {
      name: "budget-selects-pods",
      says: [
        {
          resource: "gke-east",
          level: "advisory",
          message:
            "spec.replicas: no PodDisruptionBudget selects these 6 model servers, so an upgrade of nodes may take all of " +
            "them at once; create one with maxUnavailable 1",
        },
      ],
    },
  },
  {
    name: "longDrain",
    edits: [{ at: modelServer, set: "spec.template.spec.terminationGracePeriodSeconds", to: 130 }],
    policy: {
      name: "drain-fits-spot-notice",
      says: [
        {
          resource: "gke-east",
          level: "advisory",
          message:
            "spec.template.spec.terminationGracePeriodSeconds: is 130 s, but a Spot node is gone before that; set it to " +
            "25 or less",
        },
      ],
    },
  },
  {
    name: "imageNotPinned",
    edits: [
      {
        at: modelServer,
        set: "spec.template.spec.initContainers",
        to: [{ name: "pull", image: "docker.io/library/busybox:latest" }],
      },
    ],
    policy: {
      name: "image-pinned",
      says: [
        {
          resource: "gke-east",
          message:
            "spec.template.spec.initContainers[0].image: tag latest does not always name the " +
            "same image; name a release's tag, or a digest (@sha256:...)",
        },
      ],
    },
  },
  {
    name: "initContainerNeverStarts",
    edits: [{ at: modelServer, set: "spec.template.spec.initContainers", to: [loraSyncer] }],
    policy: {
      name: "init-container-restart-policy",
      says: [
        {
          resource: "gke-east",
          message:
            'spec.template.spec.initContainers[0].restartPolicy: "IfNotPresent", a value of imagePullPolicy, is refused ' +
            "from Kubernetes 1.35 on, and silently dropped before: the kubelet then waits for a sidecar to end, and the " +
            'pod hangs in Init; write "Always" for a sidecar, otherwise leave it out',
        },
      ],
    },
  },
  {
    name: "oldVllm",
    edits: [
      {
        at: modelServer,
        set: "spec.template.spec.containers[0].image",
        to: "vllm/vllm-openai:v0.11.0",
      },
    ],
    policy: {
      name: "model-server-finds-driver",
      // What other policies say of the server names its version.
      alone: true,
      says: [
        {
          resource: "gke-east",
          message:
            "spec.template.spec.containers[0].image: vLLM v0.11.0 does not look for the GPU's driver in " +
            "/usr/local/nvidia/lib64, where GKE puts it; run v0.11.1 or newer, or set LD_LIBRARY_PATH to " +
            "/usr/local/nvidia/lib64:/usr/local/cuda/lib64",
        },
      ],
    },
    cloud: {
      edits: [{ at: modelServer, timeouts: { create: "30s" } }],
      fails: "up",
      says: /cluster gke-east: pod inference\/vllm-\S+: container vllm: CrashLoopBackOff: .*; its log ends: No platform detected, /,
    },
  },
  {
    name: "serverNotProbed",
    edits: [{ at: modelServer, unset: "spec.template.spec.containers[0].readinessProbe" }],
    policy: {
      name: "model-server-probed",
      says: [
        {
          resource: "gke-east",
          message:
            "spec.template.spec.containers[0].readinessProbe: is not set, so the server gets requests while it loads its " +
            "model; ask the server's health path, for example /health",
        },
      ],
    },
  },
  {
    name: "serverProbedElsewhere",
    edits: [
      {
        at: modelServer,
        set: "spec.template.spec.containers[0].readinessProbe.httpGet.path",
        to: "/healthz",
      },
    ],
    policy: {
      name: "model-server-probed",
      says: [
        {
          resource: "gke-east",
          message:
            'spec.template.spec.containers[0].readinessProbe.httpGet.path: "/healthz" is not a ' +
            'health path of vLLM; write "/health"',
        },
      ],
    },
  },
  {
    name: "plainSecret",
    edits: [
      {
        at: modelServer,
        set: "spec.template.spec.containers[0].env[0]",
        to: { name: "HF_TOKEN", value: "not a token, but in its place" },
      },
    ],
    policy: {
      name: "no-plain-secret",
      says: [
        {
          resource: "gke-east",
          message:
            'spec.template.spec.containers[0].env[0].value: holds "not ..." in plain text, though HF_TOKEN is a name for secrets; ' +
            "put it into a Secret and refer to that",
        },
      ],
    },
  },
  {
    name: "secretOutput",
    edits: [{ at: stack, duplicate: "with-token", with: { token: TOKEN } }],
    policy: {
      name: "no-secret-output",
      says: [
        {
          resource: "with-token",
          level: "advisory",
          message:
            'token: holds "hf_a...", which looks like a credential; make it a secret with ' +
            "pulumi.secret, unless it is one",
        },
      ],
    },
  },
  {
    name: "secretKeyMissing",
    edits: [
      {
        at: modelServer,
        set: "spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key",
        to: "tokens",
      },
    ],
    policy: {
      name: "pod-references-exist",
      says: [
        {
          resource: "gke-east",
          message:
            'spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.key: Secret "hf-token" has no key "tokens", so ' +
            'no pod starts; did you mean "token"?',
        },
      ],
    },
  },
  {
    name: "podAccountMissing",
    edits: [{ at: modelServerAccount, drop: true }],
    policy: {
      name: "pod-references-exist",
      says: [
        {
          resource: "gke-east",
          message:
            'spec.template.spec.serviceAccountName: no ServiceAccount "model-server-gke-east" is in namespace inference of ' +
            "cluster gke-east, so no pod is made; create it, or name one that is there: " +
            '"vllm-llama3-8b-instruct-epp", "vllm-llama3-8b-instruct-metrics-reader-sa"',
        },
      ],
    },
  },
  {
    name: "privilegeEscalation",
    edits: [
      {
        at: modelServer,
        set: "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation",
        to: true,
      },
    ],
    policy: {
      name: "pods-restricted",
      says: [
        {
          resource: "gke-east",
          level: "advisory",
          message:
            "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation: true, so a process may get more " +
            "rights than the server has; set it to false",
        },
      ],
    },
  },
  {
    name: "serverAtOtherPort",
    edits: [{ at: modelServer, set: "spec.template.spec.containers[0].args[4]", to: "8001" }],
    policy: {
      name: "server-port",
      says: [
        {
          resource: "gke-east",
          message:
            "spec.template.spec.containers[0].args[4]: the server listens on 8001, but its container declares 8000 (http); " +
            "write one port in both places",
        },
      ],
    },
  },

  {
    name: "flagInOneWord",
    edits: [
      { at: modelServer, set: "spec.template.spec.containers[0].args[3]", to: "--port 8000" },
    ],
    policy: {
      name: "server-starts",
      says: [
        {
          resource: "gke-east",
          message:
            'spec.template.spec.containers[0].args[3]: "--port 8000" is one word, so the server takes it for one argument; ' +
            "write each word as an item of its own",
        },
      ],
    },
  },
  {
    name: "selectorOfOtherPods",
    edits: [{ at: modelServer, set: "spec.selector.matchLabels.app", to: "llm" }],
    policy: {
      name: "selector-matches-pods",
      says: [
        {
          resource: "gke-east",
          message:
            'spec.selector.matchLabels.app: is "llm", but the pods have app=vllm-llama3-8b-instruct; write the same in ' +
            "spec.template.metadata.labels.app",
        },
      ],
    },
  },
  {
    name: "bucketWithoutDriver",
    edits: [
      {
        at: modelServer,
        set: "spec.template.spec.volumes[0]",
        to: {
          name: "weights",
          csi: {
            driver: "gcsfuse.csi.storage.gke.io",
            volumeAttributes: { bucketName: "weights" },
          },
        },
      },
      {
        at: modelServer,
        set: "spec.template.metadata.annotations",
        to: { "gke-gcsfuse/volumes": "true" },
      },
    ],
    policy: {
      name: "volume-driver-enabled",
      says: [
        {
          resource: "gke-east",
          message:
            'spec.template.spec.volumes[0].csi.driver: "gcsfuse.csi.storage.gke.io" needs the driver of Cloud Storage ' +
            "FUSE, but addonsConfig.gcsFuseCsiDriverConfig.enabled of cluster gke-east is false, so no pod starts; " +
            "set that to true",
        },
      ],
    },
  },
  {
    name: "nothingLetIn",
    edits: [
      {
        at: budget,
        duplicate: "gke-east-deny",
        as: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        with: {
          apiVersion: "networking.k8s.io/v1",
          kind: "NetworkPolicy",
          spec: { podSelector: {}, policyTypes: ["Ingress"] },
        },
      },
    ],
    policy: {
      name: "network-policy-admits",
      says: [
        {
          resource: "gke-east-deny",
          message:
            "spec.ingress: is not set, and no other NetworkPolicy of cluster gke-east lets anything in to the pods of " +
            "gke-east, gke-east-epp, so they get no requests and no health checks; add a rule for their ports",
        },
      ],
    },
  },

  // The how-to has it for an init container. Before 1.35 an API server drops it silently, strict validation or not.
  {
    name: "restartPolicy",
    edits: [
      {
        at: modelServer,
        set: "spec.template.spec.containers[0].restartPolicy",
        to: "IfNotPresent",
      },
    ],
    cloud: {
      settings: { "inference-gateway:gkeVersion": "1.34" },
      fails: "fields",
      says: /gke-east: Deployment inference\/\S+: spec\.template\.spec\.containers\.0\.restartPolicy: registered "IfNotPresent", kept nothing/,
    },
  },
];
