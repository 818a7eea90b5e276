import type { KubeObject } from "../../emulator/kube/objects";

/** A multi-cluster gateway has its own, for the import of the pool. */
const LEFT_OUT = ["GCPBackendPolicy", "HealthCheckPolicy"];
const CLUSTER_SCOPED = ["ClusterRole", "ClusterRoleBinding"];

/**
 * What the program has to register where the chart renders this: the same, less two policies, in the namespace that
 * helm would put it, with three annotations that are the program's own, and without a protocol that says nothing.
 * @throws Error if the chart does not render the policies once each, since then it is another chart
 */
export function expectedOf(rendered: KubeObject[], namespace: string): KubeObject[] {
  const policies = rendered.map(({ kind }) => kind).filter((kind) => LEFT_OUT.includes(kind));
  if (policies.sort().join() !== LEFT_OUT.join()) {
    throw new Error(
      `the chart renders ${policies.join(", ") || "no policy"}, not a policy of each`,
    );
  }
  return rendered
    .filter(({ kind }) => !LEFT_OUT.includes(kind))
    .map((object) => annotated(withoutDefault(placed(object, namespace))));
}

/** The pool's protocol where it is the kind's default: an API server with an older InferencePool refuses the field. */
function withoutDefault(object: KubeObject): KubeObject {
  const { appProtocol, ...spec } = (object.spec ?? {}) as { appProtocol?: string };
  return object.kind === "InferencePool" && appProtocol === "http" ? { ...object, spec } : object;
}

/** `helm install` puts what names no namespace into the release's. */
function placed(object: KubeObject, namespace: string): KubeObject {
  if (CLUSTER_SCOPED.includes(object.kind)) return object;
  return { ...object, metadata: { namespace, ...object.metadata } };
}

function annotated(object: KubeObject): KubeObject {
  const own = ownAnnotations(object);
  if (!own) return object;
  const annotations = { ...object.metadata.annotations, ...own };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

function ownAnnotations({ kind, spec }: KubeObject): Record<string, string> | undefined {
  if (kind === "InferencePool") return { "networking.gke.io/export": "True" };
  if (kind === "Service") return { "pulumi.com/skipAwait": "true" };
  const { replicas } = (spec ?? {}) as { replicas?: number };
  if (kind !== "Deployment" || replicas === 1) return undefined;
  const oneLeads = `["jsonpath={.status.updatedReplicas}=${replicas}","jsonpath={.status.readyReplicas}"]`;
  return { "pulumi.com/waitFor": oneLeads };
}
