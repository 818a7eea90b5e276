import type { Defect } from "./defect";
import { KUBERNETES } from "./proofs";

/** Defects of the workloads in the member clusters. */
export const workloadDefects: Defect[] = [
  {
    number: 1,
    title: "An admission policy from another page",
    howTo:
      "shows, where the CRD of InferenceObjective is to be installed, a ValidatingAdmissionPolicy on ComputeClasses, its " +
      "binding and a ConfigMap, in this order.",
    happens:
      "As long as the ConfigMap is missing, no pod can be created in any namespace, GKE's own included. Once it is " +
      "there, the policy never applies: it splits the list at a backslash and an n, not at line breaks.",
    instead: "The CRD is installed and nothing else; no admission policy is.",
    tests: [{ file: KUBERNETES, title: "no admission policy or webhook is installed" }],
    shown: {
      by: "run",
      judge: "API server",
      seen: [
        "without the ConfigMap, in every namespace: pods \"probe\" is forbidden: ValidatingAdmissionPolicy 'restrict-toleration' with binding 'restrict-toleration-binding' denied request: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction",
        "with the how-to's lists: a pod that they are to refuse is accepted",
        "with lists of one line: pods \"probe\" is forbidden: ValidatingAdmissionPolicy 'restrict-toleration' with binding 'restrict-toleration-binding' denied request: Compute class toleration not permitted on workloads in namespace default",
      ],
    },
  },
  {
    number: 5,
    title: "An objective of a pool that is not there",
    howTo:
      "has `poolRef.name: llama3-8b-instruct`; the pool is called `vllm-llama3-8b-instruct`, as its Helm release.",
    happens: "The API server accepts it, and the endpoint picker ignores it.",
    instead: "Pool, objectives and policies get the name from one place.",
    tests: [{ file: KUBERNETES, title: "every objective points at the pool beside it" }],
    shown: {
      by: "run",
      judge: "API server, emulated cloud",
      seen: [
        "the API server accepts it",
        "cluster gke-west: InferenceObjective default/food-review: poolRef: there is no InferencePool default/llama3-8b-instruct",
      ],
    },
  },
  {
    number: 7,
    title: "Model servers that never start",
    howTo: "applies `gpu-deployment.yaml` of release v1.1.0.",
    happens:
      "Its init container has `restartPolicy: IfNotPresent`, an invalid value. The API server drops it silently, " +
      "with strict validation or without; what was to be a sidecar is then an init container that serves forever, and vLLM " +
      "waits for its end. (No image runs in the rehearsal; that this one serves is known from issue 1535 of the project.)",
    instead:
      "A Deployment of the program's own. Adapters are given to vLLM itself; where weights come from a bucket, an init " +
      "container fetches them and ends.",
    tests: [
      {
        file: KUBERNETES,
        title: "no model server waits for a container that never ends (weights cache: %j)",
      },
    ],
    shown: {
      by: "run",
      judge: "API server, emulated kubelet",
      seen: [
        'restartPolicy of the init container: sent "IfNotPresent", kept none',
        "each of 3 pods: Pending, lora-adapter-syncer runs, vllm waits (PodInitializing)",
        "init container lora-adapter-syncer does not end (known to serve, GIE#1535) and lacks restartPolicy: Always, so the containers after it never start",
      ],
    },
  },
  {
    number: 12,
    title: "Metrics of the endpoint picker from one cluster only",
    howTo:
      "sets `inferenceExtension.monitoring.gke.enabled=true` in the second `helm install` and not in the first.",
    happens:
      "The config cluster's endpoint picker is not scraped. From chart v1.3 on the value means nothing, in either.",
    instead: "Monitoring is part of every cluster's pool, with what a scrape needs.",
    tests: [{ file: KUBERNETES, title: "every endpoint picker is scraped" }],
    shown: {
      by: "run",
      judge: "helm, API server",
      seen: ["PodMonitorings of gke-west: none, of gke-east: vllm-llama3-8b-instruct"],
    },
  },
  {
    number: 27,
    title: "Policies of the chart that have the pool's name",
    howTo:
      "installs a chart that brings a GCPBackendPolicy and a HealthCheckPolicy of the release's name, for the pool in " +
      "its own cluster, and adds others for the imported pool.",
    happens:
      "The chart's two have no effect on a multi-cluster Gateway. A policy for the imported pool with the name of the " +
      "pool, the obvious choice, replaces the chart's and is deleted with it: uninstalling the release in the config " +
      "cluster removes the policy for all regions.",
    instead:
      "The chart's two policies are left out; those for the imported pool are called like the Gateway.",
    tests: [
      { file: KUBERNETES, title: "policies are about the imported pool, and none has its name" },
    ],
    shown: {
      by: "run",
      judge: "helm, API server, emulated cloud",
      seen: [
        "timeout of the load balancer with the chart's policies: unset",
        "with a policy default/vllm-llama3-8b-instruct for the imported pool: 600",
        "after helm uninstall on gke-west: unset, for gke-east too",
      ],
    },
  },
];
