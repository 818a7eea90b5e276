/** A property that GKE or a controller writes where the program sets nothing. */
interface Writer {
  /** Resource types. */
  types: RegExp;
  /** Paths of the property. */
  paths: RegExp;
  who: string;
}

const KUBERNETES = /^kubernetes:/;
const CLUSTER = /^gcp:container\/cluster:/;
const NODE_POOL = /^gcp:container\/nodePool:/;
const ANY = /./;

/** A key of annotations or labels that begins with a domain of Kubernetes or GKE. */
const OTHERS_KEY =
  /^metadata\.(annotations|labels)\["([\w.-]+\.)?(kubernetes\.io|k8s\.io|gke\.io|gke-autopilot\.io|cloud\.google\.com|googleapis\.com)\/[^"]*"\]$/;

/** The first row that matches counts. */
const WRITERS: Writer[] = [
  { types: KUBERNETES, paths: /^status\b/, who: "the object's controller" },
  {
    types: KUBERNETES,
    paths:
      /^metadata\.(managedFields|generation|resourceVersion|uid|creationTimestamp|finalizers|ownerReferences|selfLink)\b/,
    who: "the API server",
  },
  { types: KUBERNETES, paths: OTHERS_KEY, who: "a controller of Kubernetes or GKE" },
  {
    types: /^kubernetes:apps\/v1:Deployment$/,
    paths: /^spec\.replicas$/,
    who: "the HorizontalPodAutoscaler",
  },
  {
    types: NODE_POOL,
    paths:
      /^(version|nodeConfig\.(imageType|effectiveTaints)|instanceGroupUrls|managedInstanceGroupUrls)\b/,
    who: "GKE, with each upgrade of the nodes",
  },
  {
    types: NODE_POOL,
    paths: /^(nodeCount|initialNodeCount|operation)$/,
    who: "GKE's cluster autoscaler",
  },
  {
    types: CLUSTER,
    paths:
      /^(masterVersion|minMasterVersion|nodeVersion|operation|endpoint|labelFingerprint|nodeConfig|nodePools|nodePoolDefaults|initialNodeCount|servicesIpv4Cidr|tpuIpv4CidrBlock)\b/,
    who: "GKE, with each upgrade and each node pool",
  },
  {
    types: /^gcp:gkehub\//,
    paths: /^(state|states|resourceStates|updateTime)\b/,
    who: "the fleet's controllers",
  },
  { types: ANY, paths: /\["goog-[^"]*"\]$/, who: "Google" },
  {
    types: ANY,
    paths: /^(etag|fingerprint|selfLink|effectiveLabels|pulumiLabels)\b/,
    who: "Google",
  },
];

/** Who writes a property of a resource type if the program does not; undefined if unknown. */
export function writerOf(type: string, path: string): string | undefined {
  return WRITERS.find(({ types, paths }) => types.test(type) && paths.test(path))?.who;
}
