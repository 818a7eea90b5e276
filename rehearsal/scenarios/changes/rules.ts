import type { Step } from "./change";
import { isOf } from "./inventory";

/** What is known of an `up` beside the table of changes. */
export interface ChangeRun {
  steps: Step[];
  /** `type::name` of replaced resources that went before their successor was there. */
  oldFirst: string[];
  /** Clusters of the stack before and after. */
  clusters: { before: string[]; after: string[] };
  /** Clusters that the change is about. */
  about: string[];
}

/** Addresses of the gateway, before and after, by region. */
export interface Addresses {
  before: Record<string, string>;
  after: Record<string, string>;
}

const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";

/** What holds for every change of a running stack, whatever its row says. @returns one line for each breach */
export function breaches(run: ChangeRun): string[] {
  return [...lostClusters(run), ...touchedOthers(run), ...poolsGoneFirst(run)];
}

function lostClusters({ steps, clusters }: ChangeRun): string[] {
  return steps
    .filter(({ operation, resource }) => {
      const [type, name = ""] = resource.split("::");
      const stays = clusters.after.includes(name);
      return type === CLUSTER && (operation === "replace" || (operation === "delete" && stays));
    })
    .map(
      ({ operation, resource }) =>
        `a cluster of the configuration is lost: ${operation} ${resource}`,
    );
}

function touchedOthers({ steps, clusters, about }: ChangeRun): string[] {
  const all = [...new Set([...clusters.before, ...clusters.after])];
  const others = all.filter((cluster) => !about.includes(cluster));
  return steps
    .filter(({ resource }) => others.some((cluster) => isOf(cluster, resource)))
    .map(({ operation, resource }) => `a cluster that it is not about: ${operation} ${resource}`);
}

function poolsGoneFirst({ oldFirst }: ChangeRun): string[] {
  return oldFirst
    .filter((resource) => resource.startsWith(NODE_POOL))
    .map((resource) => `deleted before its successor was there: ${resource}`);
}

/** Regions that are there before and after, and have not kept their address: clients use it. */
export function movedRegions({ before, after }: Addresses): string[] {
  return Object.keys(before).filter(
    (region) => region in after && after[region] !== before[region],
  );
}
