import {
  askedOf,
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { features, memberships } from "./cloudTypes";
import { fleetOf } from "./fleet";
import { gateways, inferencePools } from "./kinds";
import { areApart, projectOf } from "./project";

/** The feature that brings the controller of multi-cluster gateways. */
const FEATURE = "multiclusteringress";

export const fleetRegisteredOnce = stackPolicy({
  name: "fleet-registered-once",
  description: "Every cluster that serves is in the fleet once, and registered in one way.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Register each cluster with an InferencePool or a multi-cluster Gateway by one " +
    "gkehub.Membership, or by its own fleet block, but not by both. Where another stack " +
    "registers the clusters, disable this policy.",
  url: "https://github.com/hashicorp/terraform-provider-google/issues/16795",
  settings: {},

  *judge(stack) {
    yield* namesakeFindings(stack);
    yield* otherFleetFindings(stack);
    const missing: Resource[] = [];
    for (const cluster of servingClusters(stack)) {
      const [first, ...others] = fleetOf(stack).membershipsOf(cluster);
      if (first !== undefined) {
        yield* twiceFindings(cluster, first, others);
      } else if (!registersItself(cluster)) {
        missing.push(cluster);
      }
    }
    if (missing.length > 0 && usesFleet(stack)) {
      yield* missingFindings(missing, stack);
    }
  },
});

/** The second of two memberships with one id takes the place of the first, or fails to be made. */
function* namesakeFindings(stack: Stack): Generator<Finding> {
  const firstOf = new Map<string, Resource>();
  for (const membership of stack.select(memberships)) {
    const id = membership.props.at("membershipId");
    const location = membership.props.at("location");
    const place = [projectOf(membership), location.text ?? "global", id.text];
    const key = JSON.stringify(place);
    const first = firstOf.get(key);
    if (id.text === undefined || location.unknown) {
      continue;
    }
    if (first === undefined) {
      firstOf.set(key, membership);
    } else {
      const problem = `${id} is the id of membership ${first.name} already`;
      yield on(
        membership,
        violation(id, problem, "give each cluster's membership an id of its own"),
      );
    }
  }
}

/** A gateway finds only the clusters of its own fleet, and a project has one fleet. */
function* otherFleetFindings(stack: Stack): Generator<Finding> {
  const projects = stack
    .select(features)
    .filter(({ props }) => props.at("name").text === FEATURE)
    .map(projectOf);
  const serving = [...servingClusters(stack)].flatMap((cluster) => {
    return fleetOf(stack)
      .membershipsOf(cluster)
      .map((membership) => ({ cluster, membership }));
  });
  for (const { cluster, membership } of projects.length === 0 ? [] : serving) {
    const project = projectOf(membership);
    if (projects.every((other) => areApart(project, other))) {
      const problem =
        `registers cluster ${cluster.name} with the fleet of ${project}, ` +
        `but the gateway's is that of ${projects.join(" and ")}`;
      const fix = `register it in ${projects[0]}`;
      yield on(membership, violation(membership.props.at("project"), problem, fix));
    }
  }
}

/** GKE clusters of this stack with objects in them that work only in a fleet. */
function servingClusters(stack: Stack): ReadonlySet<Resource> {
  const objects = [...stack.select(inferencePools), ...stack.select(gateways).filter(isMulti)];
  const members = [...fleetOf(stack).byMember(objects).keys()];
  return new Set(members.flatMap(({ cluster }) => cluster ?? []));
}

/** Whether it is a multi-cluster gateway; true if its class is not known. */
function isMulti(gateway: Resource): boolean {
  return gateway.props.at("spec", "gatewayClassName").text?.endsWith("-mc") ?? true;
}

/** Whether it is unknown which cluster a membership registers. */
function isUnplaced(membership: Resource, stack: Stack): boolean {
  return (
    linkOf(membership).unknown && fleetOf(stack).clusterAt(membership, "endpoint") === undefined
  );
}

function linkOf(membership: Resource): Value {
  return membership.props.at("endpoint", "gkeCluster", "resourceLink");
}

function* twiceFindings(
  cluster: Resource,
  first: Resource,
  others: readonly Resource[],
): Generator<Finding> {
  for (const other of others) {
    const problem = `cluster ${cluster.name} has a membership already, ${first.name}`;
    yield on(other, violation(other.props.at("endpoint"), problem, "remove one of the two"));
  }
  // GKE returns such a block also for a cluster with a membership.
  const block = askedOf(cluster).at("fleet");
  const project = block.at("project");
  if (project.unknown) {
    yield on(cluster, pending(project));
  } else if (hasText(project)) {
    const problem = `registers the cluster although membership ${first.name} does`;
    yield on(cluster, violation(block, problem, "remove the fleet block or the membership"));
  }
}

/** Whether the cluster's own block registers it with a fleet, as far as that is known. */
function registersItself(cluster: Resource): boolean {
  const project = cluster.props.at("fleet", "project");
  return project.unknown || hasText(project);
}

function* missingFindings(missing: readonly Resource[], stack: Stack): Generator<Finding> {
  const unplaced = stack.select(memberships).filter((each) => isUnplaced(each, stack));
  for (const membership of unplaced) {
    yield on(membership, pending(linkOf(membership)));
  }
  for (const cluster of unplaced.length > 0 ? [] : missing) {
    const problem = "is not set and there is no membership, so no gateway finds this cluster";
    const fix = "add a gkehub.Membership whose endpoint is this cluster, or set fleet.project";
    yield on(cluster, violation(cluster.props.at("fleet"), problem, fix));
  }
}

/** Whether this stack manages the fleet, and so has to register its clusters. */
function usesFleet(stack: Stack): boolean {
  return stack.select(memberships).length > 0 || stack.select(features).length > 0;
}

function hasText(value: Value): boolean {
  return (value.text ?? "") !== "";
}
