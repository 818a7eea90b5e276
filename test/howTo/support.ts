import type { PodSpec } from "../../rehearsal/emulator/gke/world/pods";
import type { Registration, Registrations } from "../../rehearsal/stage/registrations";

/** A Kubernetes object as the program registers it. */
export interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  /** The registration's provider, which is its cluster's. */
  provider: string;
  [field: string]: unknown;
}

/** Registrations of one type, as `gcp:container/cluster:Cluster`. */
export function ofType({ registrations }: Registrations, type: string): Registration[] {
  const found = registrations.filter((registration) => registration.type === type);
  if (found.length === 0) throw new Error(`the program registers no ${type}`);
  return found;
}

/** Every Kubernetes object of the program. */
export function manifests({ registrations }: Registrations): Manifest[] {
  return registrations.flatMap(({ custom, type, inputs, provider }) =>
    custom && type.startsWith("kubernetes:")
      ? [{ ...(inputs as unknown as Manifest), provider: provider ?? "" }]
      : [],
  );
}

/** The objects of one kind, of which there must be some. */
export function ofKind(synthesis: Registrations, kind: string): Manifest[] {
  const found = manifests(synthesis).filter((manifest) => manifest.kind === kind);
  if (found.length === 0) throw new Error(`the program has no ${kind}`);
  return found;
}

/** The pod of a Deployment. */
export function podOf({ spec }: Manifest): { labels: Record<string, string>; spec: PodSpec } {
  const { template } = spec as {
    template: { metadata: { labels: Record<string, string> }; spec: PodSpec };
  };
  return { labels: template.metadata.labels, spec: template.spec };
}

/** Whether a container of the pod has an image with this in its name. */
export function runs(manifest: Manifest, image: string): boolean {
  return podOf(manifest).spec.containers.some((container) => container.image?.includes(image));
}

/** Deployments of model servers. */
export function modelServers(synthesis: Registrations): Manifest[] {
  return ofKind(synthesis, "Deployment").filter((deployment) => runs(deployment, "vllm"));
}

/** Deployments of endpoint pickers. */
export function endpointPickers(synthesis: Registrations): Manifest[] {
  return ofKind(synthesis, "Deployment").filter((deployment) => runs(deployment, "/epp"));
}
