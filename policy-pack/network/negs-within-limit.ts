import { EXPORT_ANNOTATION } from "../fleet/annotations";
import { fleetOf, type Member } from "../fleet/fleet";
import { inferencePools } from "../fleet/kinds";
import {
  append,
  type Finding,
  numberSetting,
  on,
  pending,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  violation,
} from "../frame";
import { type Zones, zonesOf } from "../nodes/zones";

export const negsWithinLimit = stackPolicy({
  name: "negs-within-limit",
  description:
    "An exported pool needs no more network endpoint groups than one backend service takes.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "GKE makes one group for each port of the pool in each zone with nodes in each cluster; lower " +
    "one of the three, for example by nodeLocations of the clusters or their node pools.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway",
  settings: {
    limit: numberSetting({
      type: "integer",
      minimum: 1,
      maximum: 50,
      default: 50,
      description: "How many groups a pool may need; a backend service takes 50.",
    }),
  },

  *judge(stack, { limit }) {
    for (const parts of partsByPool(stack).values()) {
      for (const { pool, zones } of parts) {
        yield* openFindings(pool, zones);
      }
      const sum = parts.reduce((total, { groups }) => total + groups, 0);
      const [largest] = parts.toSorted((one, other) => other.groups - one.groups);
      if (largest !== undefined && sum > limit) {
        const terms = parts.map(({ member, ports, zones }) => {
          return `${member.name} ${ports} x ${zones.count}`;
        });
        const problem = `the pool needs ${sum} groups (ports x zones: ${terms.join(" + ")})`;
        const fix = `up to ${limit} are allowed, so take fewer ports, zones or clusters`;
        yield on(
          largest.pool,
          violation(largest.pool.props.at("spec", "targetPorts"), problem, fix),
        );
      }
    }
  },
});

/** One cluster's part of an exported pool. */
interface Part {
  readonly pool: Resource;
  readonly member: Member;
  readonly ports: number;
  readonly zones: Zones;
  readonly groups: number;
}

/** Exported pools by namespace and name; the fleet treats those of one name as one pool. */
function partsByPool(stack: Stack): ReadonlyMap<string, readonly Part[]> {
  const pools = new Map<string, Part[]>();
  for (const [member, inCluster] of fleetOf(stack).byMember(stack.select(inferencePools))) {
    // A cluster that this stack does not make has at least one zone; nothing else is known about
    // it.
    const zones = member.cluster ? zonesOf(member.cluster, fleetOf(stack)) : { count: 1, open: [] };
    for (const pool of inCluster.filter(isExported)) {
      const ports = Math.max(1, pool.props.at("spec", "targetPorts").items?.length ?? 1);
      const part = { pool, member, ports, zones, groups: ports * zones.count };
      append(pools, nameOf(pool), part);
    }
  }
  return pools;
}

function isExported(pool: Resource): boolean {
  return pool.props.at("metadata", "annotations", EXPORT_ANNOTATION).text === "True";
}

/** A pool without a known name counts as a pool of its own. */
function nameOf(pool: Resource): string {
  const metadata = pool.props.at("metadata");
  const [namespace, name] = [metadata.at("namespace"), metadata.at("name")];
  const known = name.text !== undefined && !namespace.unknown;
  return known ? `${namespace.text ?? "default"}/${name.text}` : pool.urn;
}

function* openFindings(pool: Resource, { open }: Zones): Generator<Finding> {
  const metadata = pool.props.at("metadata");
  const own = [metadata.at("name"), metadata.at("namespace"), pool.props.at("spec", "targetPorts")];
  for (const value of own.filter(({ unknown }) => unknown)) {
    yield on(pool, pending(value));
  }
  for (const { resource, value } of open) {
    yield on(resource, pending(value));
  }
}
