/** A cluster that is a member and nothing else, with its region: what the gateway stands on belongs to another. */
export interface Model {
  cluster: string;
  region: string;
}

/**
 * Which resources of a stack are a cluster's own, and which its region's. Read off a running stack by the names of a
 * cluster that it has, so that what a cluster consists of is written down nowhere a second time.
 */
export class Inventory {
  /** @param resources `type::name` of everything in the stack */
  constructor(
    private readonly resources: string[],
    private readonly model: Model,
  ) {
    for (const name of [model.cluster, model.region]) {
      if (!resources.some((resource) => isOf(name, resource))) {
        throw new Error(`the stack has no resource of ${name}`);
      }
    }
  }

  /** What a stack with this cluster has for it. */
  ofCluster(cluster: string): string[] {
    return this.like(this.model.cluster, cluster);
  }

  /** What serves in this cluster, and goes when it is left without GPUs. */
  ofServers(cluster: string): string[] {
    return this.ofCluster(cluster).filter((resource) => !BARE.test(resource));
  }

  /** What a stack with clusters in this region has for the region. */
  ofRegion(region: string): string[] {
    return this.like(this.model.region, region);
  }

  private like(model: string, name: string): string[] {
    const own = this.resources.filter((resource) => isOf(model, resource));
    return own.map((resource) => {
      const at = resource.indexOf("::") + 2;
      return resource.slice(0, at) + resource.slice(at).replace(model, name);
    });
  }
}

/** What a cluster without GPUs has, too. */
const BARE =
  /:(Cluster|InferenceCluster|FleetMembership|Membership|Namespace|Subnetwork|kubernetes)::|:NodePool::.*-system$/;

/** Whether a resource carries the name of a cluster or region: alone, or between dashes. */
export function isOf(name: string, resource: string): boolean {
  const [, own = ""] = resource.split("::");
  return `-${own}-`.includes(`-${name}-`);
}
