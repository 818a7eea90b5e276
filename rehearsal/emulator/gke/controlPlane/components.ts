/**
 * Controllers of the controller manager that a rehearsal needs. Left out: everything about volumes,
 * certificates and cloud networking; node lifecycle, which would miss the heartbeats of nodes that have no kubelet process.
 */
const CONTROLLERS = [
  "clusterrole-aggregation",
  "cronjob",
  "daemonset",
  "deployment",
  "disruption",
  "endpoints",
  "endpointslice",
  "garbage-collector",
  "horizontal-pod-autoscaler",
  "job",
  "namespace",
  "pod-garbage-collector",
  "replicaset",
  "resourcequota",
  "root-ca-certificate-publisher",
  "serviceaccount",
  "serviceaccount-token",
  "statefulset",
  "ttl-after-finished",
].map((name) => `${name}-controller`);

/** Both run alone, so they elect no leader; no client calls them, so they serve no port. */
const COMMON = ["--leader-elect=false", "--secure-port=0", "--profiling=false"];

/** Paths. */
export interface ComponentFiles {
  kubeconfig: string;
  serviceAccountKey: string;
  ca: string;
}

export interface Component {
  name: string;
  binary: "kubeControllerManager" | "kubeScheduler";
  args(files: ComponentFiles, kubernetes: string): string[];
}

export const CONTROLLER_MANAGER: Component = {
  name: "kube-controller-manager",
  binary: "kubeControllerManager",
  args: ({ kubeconfig, serviceAccountKey, ca }, kubernetes) => [
    `--kubeconfig=${kubeconfig}`,
    `--emulated-version=${kubernetes}`,
    ...COMMON,
    `--controllers=${CONTROLLERS.join(",")}`,
    // Fills the Secrets that hold service account tokens.
    `--service-account-private-key-file=${serviceAccountKey}`,
    // Published to every namespace as kube-root-ca.crt, which every pod mounts.
    `--root-ca-file=${ca}`,
  ],
};

export const SCHEDULER: Component = {
  name: "kube-scheduler",
  binary: "kubeScheduler",
  args: ({ kubeconfig }, kubernetes) => [
    `--kubeconfig=${kubeconfig}`,
    `--emulated-version=${kubernetes}`,
    ...COMMON,
  ],
};
