import { nodePools } from "../fleet/cloudTypes";
import {
  type Finding,
  pending,
  type Requirement,
  requireValue,
  type Resource,
  type Value,
} from "../frame";

/** A finding that something is not set; none for an Autopilot cluster, where GKE sets it. */
export function* unlessAutopilot(cluster: Resource, finding: Finding): Generator<Finding> {
  const autopilot = cluster.props.at("enableAutopilot");
  if (autopilot.unknown) {
    yield pending(autopilot);
  } else if (autopilot.raw !== true) {
    yield finding;
  }
}

/**
 * What is wrong with a value of a cluster. An Autopilot cluster may leave it out: GKE sets it
 * there.
 */
export function* requireOfStandard(
  cluster: Resource,
  value: Value,
  requirement: Requirement,
): Generator<Finding> {
  for (const finding of requireValue(value, requirement)) {
    yield* value.absent ? unlessAutopilot(cluster, finding) : [finding];
  }
}

/** What `judge` finds in each node pool: in the one that a resource is, or in those of a cluster. */
export function* inPools(
  resource: Resource,
  judge: (pool: Value) => Iterable<Finding>,
): Generator<Finding> {
  const inline = resource.props.at("nodePools");
  if (nodePools.matches(resource)) {
    yield* judge(resource.props);
  } else if (inline.unknown) {
    yield pending(inline);
  }
  for (const pool of inline.items ?? []) {
    yield* judge(pool);
  }
}

/**
 * What `judge` finds in the `nodeConfig` of each node pool. A Standard cluster without pools of its
 * own begins with one that the cluster's `nodeConfig` describes, unless it is removed at once.
 */
export function* inNodeConfigs(
  resource: Resource,
  judge: (nodeConfig: Value) => Iterable<Finding>,
): Generator<Finding> {
  const { props } = resource;
  yield* inPools(resource, (pool) => judge(pool.at("nodeConfig")));
  const inline = props.at("nodePools");
  if (nodePools.matches(resource) || inline.unknown || (inline.items ?? []).length > 0) {
    return;
  }
  const [autopilot, removed] = [props.at("enableAutopilot"), props.at("removeDefaultNodePool")];
  if (autopilot.raw === true || removed.raw === true) {
    return;
  }
  const hidden = [autopilot, removed].find(({ unknown }) => unknown);
  if (hidden === undefined) {
    yield* judge(props.at("nodeConfig"));
  } else {
    yield pending(hidden);
  }
}
