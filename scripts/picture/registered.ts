import type { Registration } from "../../rehearsal/stage/registrations";

const CLUSTER = "gcp:container/cluster:Cluster";
const KUBERNETES_PROVIDER = "pulumi:providers:kubernetes";

/** A Kubernetes object, as far as a picture needs it: each kind has a spec of its own. */
export interface KubernetesObject<Spec = unknown> {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: Spec;
}

/** What a stack has registered, by kind and by cluster. */
export class Registered {
  constructor(private readonly registrations: readonly Registration[]) {}

  ofType(type: string): Registration[] {
    return this.registrations.filter((each) => each.type === type);
  }

  clusters(): Registration[] {
    return this.ofType(CLUSTER);
  }

  /** Resources of a type that take the cluster's id. */
  of(cluster: Registration, type: string): Registration[] {
    return this.ofType(type).filter((each) => cameFrom(each, cluster));
  }

  /** Objects of a kind, such as `apps/v1:Deployment`, in a cluster; in any if none is given. */
  objects<Spec>(kind: string, cluster?: Registration): KubernetesObject<Spec>[] {
    const found = cluster ? this.objectsIn(cluster, kind) : this.ofType(`kubernetes:${kind}`);
    return found.map(({ inputs }) => inputs as unknown as KubernetesObject<Spec>);
  }

  objectsIn(cluster: Registration, kind: string): Registration[] {
    return this.ofType(`kubernetes:${kind}`).filter((each) => this.isIn(each, cluster));
  }

  /** Kinds of a component's objects in a cluster, each once, by the alphabet. */
  kindsOf(component: string, cluster: Registration): string[] {
    const own = this.registrations.filter(
      ({ type, parent }) => type.startsWith("kubernetes:") && parent?.startsWith(`${component}::`),
    );
    const here = own.filter((each) => this.isIn(each, cluster));
    return [...new Set(here.map(({ inputs }) => String(inputs.kind)))].sort();
  }

  private isIn(object: Registration, cluster: Registration): boolean {
    const providers = this.ofType(KUBERNETES_PROVIDER);
    const provider = providers.find(({ id }) => id === object.provider);
    return provider !== undefined && cameFrom(provider, cluster);
  }
}

function cameFrom(resource: Registration, source: Registration): boolean {
  return Object.values(resource.propertyDependencies).some((ids) => ids.includes(source.id));
}
