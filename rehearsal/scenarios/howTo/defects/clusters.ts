import type { Defect } from "./defect";
import { CLOUD, KUBERNETES } from "./proofs";

/** Clusters, their nodes, and how one reaches them. */
export const clusterDefects: Defect[] = [
  {
    number: 10,
    title: "A zone for the location of a regional cluster",
    howTo:
      "makes clusters with `--region`, then says `--location=ZONE` for node pool and credentials, " +
      "`--gke-cluster ZONE/NAME` for the fleet.",
    happens: "A regional cluster does not exist in a zone: none of the three commands finds it.",
    instead:
      "A cluster has one `location`, its region; node pools, kubeconfig, context and membership take it from there. " +
      "Zones are for nodes only.",
    tests: [
      { file: CLOUD, title: "everything finds a cluster at its region" },
      {
        file: "test/components/inferenceCluster/controlPlane.test.ts",
        title: "the cluster has all that the gateway needs of it",
      },
    ],
    shown: {
      by: "run",
      judge: "emulated cloud",
      seen: [
        "Not found: projects/how-to/locations/us-east4-a/clusters/gke-east.",
        'GKE cluster "//container.googleapis.com/projects/how-to/locations/us-east4-a/clusters/gke-east" was not found',
      ],
    },
  },
  {
    number: 11,
    title: "The second cluster's name is both fixed and free",
    howTo:
      "makes the second cluster as `gke-east` and its pool as `h100`, but lets the reader choose `CLUSTER_2_NAME` for every " +
      "command after that.",
    happens: "With any other name the next command asks for a cluster that is not there.",
    instead: "A name is written once, as a key of `clusters`; everything else is named after it.",
    tests: [{ file: CLOUD, title: "one name is in all that belongs to a cluster" }],
    shown: {
      by: "run",
      judge: "emulated cloud",
      seen: ["Not found: projects/how-to/locations/us-east4/clusters/gke-virginia."],
    },
  },
  {
    number: 13,
    title: "Context variables without `$`, and with the zone",
    howTo:
      'sets `CLUSTER1_CONTEXT="gke_PROJECT_ZONE_NAME"` and then writes `--context=CLUSTER1_CONTEXT`; its examples of ' +
      "a context are spelled in two ways.",
    happens:
      "Without `$` the argument is the variable's name; with it, a context of a zone, and `gcloud` names the context " +
      "of a regional cluster after its region.",
    instead:
      "No context is chosen by hand: every object goes through its cluster's own provider, whose kubeconfig the " +
      "program writes, and whose context is an output.",
    tests: [
      { file: CLOUD, title: "a context is named after the cluster's region" },
      {
        file: "test/program/graph.test.ts",
        title: "everything in a cluster uses that cluster's provider and waits for its namespace",
      },
    ],
    shown: {
      by: "run",
      judge: "sh, kubeconfig",
      seen: [
        "--context=CLUSTER1_CONTEXT means CLUSTER1_CONTEXT, which is not in the kubeconfig",
        "--context=$CLUSTER1_CONTEXT means gke_how-to_europe-west3-c_gke-west, which is not in the kubeconfig",
        "the kubeconfig has gke_how-to_europe-west3_gke-west",
      ],
    },
  },
  {
    number: 20,
    title: "Nine large nodes that the how-to does not mention",
    howTo: "makes each cluster with machine type `c2-standard-16`, and says nothing of nodes.",
    happens:
      "`gcloud` asks for 3 nodes, and a regional cluster has as many in each of three zones. They do nothing for the " +
      "model, and cost money all the time.",
    instead:
      "GKE's own first pool is removed. A system pool of one small node a zone has room for an endpoint picker (4 CPU, " +
      "8 GiB).",
    tests: [
      {
        file: "test/components/inferenceCluster/nodePools.test.ts",
        title:
          "the system pool has a node in each zone from the start, large enough for an endpoint picker",
      },
      { file: CLOUD, title: "no cluster keeps the pool that GKE makes by itself" },
    ],
    shown: {
      by: "run",
      judge: "emulated cloud",
      seen: ["9 nodes c2-standard-16 in 3 zones, 144 vCPU, beside the GPU nodes"],
    },
  },
  {
    number: 21,
    title: "Twice the GPUs that are used",
    howTo: "has 3 replicas with one GPU each, on 3 nodes `a3-highgpu-2g` with two.",
    happens: "Half of the GPUs are paid for and idle.",
    instead:
      "Pools grow from `minNodes` to `maxNodes` as replicas need GPUs; at `minNodes` there is a replica for each GPU.",
    tests: [{ file: CLOUD, title: "at its smallest stack %s has no GPU without a replica" }],
    shown: {
      by: "run",
      judge: "emulated cloud, scheduler",
      seen: ["3 nodes with 6 H100, 3 of them used when all 3 replicas are Ready"],
    },
  },
  {
    number: 22,
    title: "`--async`, and no wait",
    howTo: "starts cluster and node pool with `--async` and goes on with the next command.",
    happens: "While a cluster is being made, its node pool is refused.",
    instead:
      "Every resource waits for what it needs, and for nothing else; creations may take 60 minutes before they fail.",
    tests: [{ file: CLOUD, title: "nothing is made of a cluster before the cluster is there" }],
    shown: {
      by: "run",
      judge: "emulated cloud",
      seen: [
        "Operation operation-... is currently creating projects/how-to/locations/europe-west3/clusters/gke-west. Please wait and try again once it is done. projects/how-to/locations/europe-west3/clusters/gke-west/nodePools/h100 cannot be changed until then.",
      ],
    },
  },
  {
    number: 28,
    title: "A version that no channel has any more",
    howTo:
      "makes clusters with `--release-channel=rapid` and `--cluster-version=1.34.1-gke.1127000`, the first that it works with.",
    happens:
      "The channel had that version for some weeks of 2025. From 2025-10-15 on GKE refuses to make the cluster.",
    instead:
      "The version is a floor that is checked, and never asked for: clusters get what their channel installs, or a minor's newest.",
    tests: [
      { file: KUBERNETES, title: "the metric has the shape of GKE %s" },
      {
        file: "test/components/inferenceCluster/controlPlane.test.ts",
        title: "the cluster has all that the gateway needs of it",
      },
    ],
    shown: {
      by: "run",
      judge: "emulated cloud",
      seen: [
        'Master version must be one of "RAPID" channel supported versions [1.34.12-gke.1011000, 1.34.12-gke.1153000, 1.35.8-gke.1796000, 1.35.8-gke.1919000, 1.36.4-gke.2046000, 1.36.4-gke.2046002, 1.36.4-gke.2202002, 1.36.4-gke.2304000, 1.36.4-gke.2326000, 1.37.1-gke.1552000].',
      ],
    },
  },
  {
    number: 23,
    title: "Nodes that may not write the metric",
    howTo:
      "says that the nodes' service account must be able to write to the Autoscaling API, but neither names the role " +
      "nor makes an account.",
    happens:
      "Nodes run as Compute Engine's default account, and the load balancer gets no KV cache metric. If that " +
      "account is an editor, it has far more rights than nodes need.",
    instead:
      "An account of its own for the nodes, with six roles, `roles/autoscaling.metricsWriter` among them.",
    tests: [
      {
        file: "test/components/ground.test.ts",
        title: "NodeIdentity is an account of its own with six roles, each granted by itself",
      },
      { file: CLOUD, title: "every node runs as the account that may write metrics" },
    ],
    shown: {
      by: "run",
      judge: "emulated cloud",
      seen: [
        "the load balancer has no gke.named_metrics.kv-cache of gke-west: node pool h100: serviceAccount:NUMBER-compute@developer.gserviceaccount.com lacks roles/autoscaling.metricsWriter in project how-to",
      ],
    },
  },
  {
    number: 24,
    title: "The Hugging Face token on the command line",
    howTo: "has `kubectl create secret generic hf-token --from-literal=token=HF_TOKEN`.",
    happens: "The token is in the shell's history and, while kubectl runs, in the process list.",
    instead:
      "The token is a secret of the stack, encrypted in its file and its state, or stays in Secret Manager and is never " +
      "in the stack at all.",
    tests: [{ file: KUBERNETES, title: "the token is secret wherever it is" }],
    shown: {
      by: "test",
      why: "a shell's history and a process list belong to the operator's machine, not to a cluster.",
    },
  },
];
