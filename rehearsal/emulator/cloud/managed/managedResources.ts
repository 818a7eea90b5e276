import { CloudView, ExportedPool, Gke } from "../../gke/gke";
import { Clock, timestamp } from "../clock";
import { isObject } from "../json";
import { Managed } from "../kinds";
import { Store, Stored } from "../store";
import { serverFields } from "../services/compute/common";
import { wanted } from "./wanted";

export interface ManagedSurroundings {
  store: Store;
  clock: Clock;
  view: CloudView;
  gke: Gke;
  /** Whether nothing that is collected late is collected. */
  stay: () => boolean;
}

/**
 * Resources that GKE's controllers create on their own: firewall rules, network endpoint groups, load
 * balancers. Each exists while it is needed, and is deleted some minutes later (at once, if it goes
 * with its owner). One that is needed while its cluster leaves the fleet or is deleted stays behind:
 * its controller can no longer reach it. Sources:
 * GoogleCloudPlatform/terraform-ecommerce-microservices-on-gke#49 and #59 (stays),
 * decisionbox-io/decisionbox-platform#87 and hashicorp/terraform-provider-google#7637 (late).
 */
export class ManagedResources {
  constructor(private readonly surroundings: ManagedSurroundings) {}

  /** Makes what is needed, releases what is not, collects what was released long enough ago. */
  look(pools: ExportedPool[] = this.surroundings.gke.exportedPools()): void {
    const { clock, gke, store, view } = this.surroundings;
    const all = wanted({ store, view, balancers: gke.loadBalancers(), pools });
    for (const { kind, name, body, managed } of all) {
      const found = store.get(kind, name)?.body;
      const { id, creationTimestamp } = found ?? serverFields(name, timestamp(clock));
      const fields = { ...serverFields(name, ""), id, creationTimestamp };
      const next = { ...fields, ...body, managed };
      if (JSON.stringify(found) !== JSON.stringify(next)) store.put(kind, name, next);
    }
    const needed = new Set(all.map(({ name }) => name));
    for (const resource of this.resources()) {
      if (!needed.has(resource.name)) this.release(resource);
    }
  }

  /** Like `look`, but asks the cluster itself: a controller may not have seen the latest deletions yet. */
  async lookAfresh(cluster: string): Promise<void> {
    const { gke } = this.surroundings;
    const ofOthers = gke.exportedPools().filter((pool) => pool.cluster !== cluster);
    this.look([...ofOthers, ...(await gke.exportedPoolsOf(cluster))]);
  }

  /** To be called when a cluster has left the fleet or is deleted: what is still needed there stays. */
  leaveBehind(cluster: string): void {
    for (const resource of this.resources()) {
      const { managed } = resource.body;
      const ofIt = managed.cluster === cluster && managed.ofCluster !== true;
      if (ofIt && isKept(resource.body)) this.put(resource, { ...managed, leftBehind: true });
    }
    this.look();
  }

  private release(resource: Stored<Managed>): void {
    const { store, clock, stay } = this.surroundings;
    const { managed } = resource.body;
    if (managed.leftBehind === true) return;
    const { collectedAfterSeconds: seconds, releasedAt = clock.now() } = managed;
    const due = clock.now() >= releasedAt + seconds * 1000 * clock.timeScale();
    if (due && (seconds === 0 || !stay())) store.delete(resource.type, resource.name);
    else if (managed.releasedAt === undefined) this.put(resource, { ...managed, releasedAt });
  }

  private put({ type, name, body }: Stored<Managed>, managed: Managed["managed"]): void {
    this.surroundings.store.put({ type }, name, { ...body, managed });
  }

  private resources(): Stored<Managed>[] {
    return this.surroundings.store.all().filter(isManaged);
  }
}

function isManaged(resource: Stored): resource is Stored<Managed> {
  return isObject(resource.body.managed);
}

/** Whether it is needed, for all that its controller knows. */
function isKept({ managed }: Managed): boolean {
  return managed.releasedAt === undefined && managed.leftBehind !== true;
}
