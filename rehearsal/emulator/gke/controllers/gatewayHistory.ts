import { MultiClusterGateways } from "../gke";
import { configClusterOf, keyOf, projectsOf, World } from "../world/world";
import { isMultiCluster } from "./gateways";

/**
 * Remembers when the last multi-cluster Gateway of a project went: its feature cannot go for a
 * while.
 */
export class GatewayHistory {
  private readonly had = new Set<string>();
  private readonly goneAt = new Map<string, number>();

  constructor(private readonly now: () => number = Date.now) {}

  /** To be called whenever a Gateway may have come or gone. */
  observe(world: World): void {
    for (const project of projectsOf(world)) this.note(project, existing(world, project));
    for (const project of this.had) this.note(project, existing(world, project));
  }

  of(world: World, project: string): MultiClusterGateways {
    this.observe(world);
    const lastGoneAt = this.goneAt.get(project);
    return { existing: existing(world, project), ...(lastGoneAt !== undefined && { lastGoneAt }) };
  }

  private note(project: string, found: string[]): void {
    if (found.length > 0) this.had.add(project);
    else if (this.had.delete(project)) this.goneAt.set(project, this.now());
  }
}

function existing(world: World, project: string): string[] {
  const config = configClusterOf(world, project);
  return config?.list("Gateway").filter(isMultiCluster).map(keyOf) ?? [];
}
