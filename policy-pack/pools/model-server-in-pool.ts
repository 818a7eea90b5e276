import { clusterText } from "../fleet/fleet";
import { missing } from "../fleet/hiddenObjects";
import { Namespaces } from "../fleet/namespaces";
import {
  advice,
  type Finding,
  on,
  pending,
  reliability,
  type Selector,
  stackPolicy,
  violation,
} from "../frame";
import { type PodOwner, podOwnersOf } from "../pods/podOwners";

import { PoolMembers } from "./poolMembers";
import type { Pool } from "./pools";

export const modelServerInPool = stackPolicy({
  name: "model-server-in-pool",
  description:
    "Every model server is in an InferencePool of its own cluster, by the same name in all " +
    "clusters.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Create the InferencePool in the namespace of the model servers in every cluster that runs " +
    "them, with one name and with a selector that their pods' labels fit. Where another stack " +
    "owns the pools, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway",
  settings: {},

  *judge(stack) {
    const namespaces = new Namespaces(stack);
    const owners = podOwnersOf(stack, namespaces);
    const servers = owners.filter(({ asksForGpus }) => asksForGpus);
    const members = new PoolMembers(stack, namespaces, owners);
    // Without a pool, pods with GPUs may be for something else. Without a server, another stack
    // runs the servers of the pools.
    if (members.pools.length === 0 || servers.length === 0) {
      return;
    }
    for (const server of servers) {
      const place = { beside: server.resource, namespace: server.namespace };
      for (const finding of serverFindings(server, members)) {
        yield missing(stack, place, finding);
      }
    }
    for (const { pool, finding } of poolFindings(members, servers)) {
      yield missing(stack, { beside: pool.resource, namespace: pool.namespace }, finding);
    }
    const scaled = stack.select(scalers).length > 0;
    yield* scaled ? [] : members.pools.flatMap((pool) => idleFinding(members.ownersIn(pool)));
  },
});

/** Whatever may start servers on demand. */
const scalers: Selector = {
  label: "autoscalers of pods",
  matches: (resource) => {
    const kind = resource.prop("kind").text ?? resource.type.split(":").at(-1) ?? "";
    return /^(?:HorizontalPodAutoscaler|ScaledObject|HTTPScaledObject|VariantAutoscaling)$/.test(
      kind,
    );
  },
};

/** A pool all of whose servers are switched off, which may be on purpose. */
function idleFinding(owners: readonly PodOwner[]): readonly Finding[] {
  const counts = owners.map(({ resource }) => resource.props.at("spec", "replicas"));
  const [first] = owners;
  const [count] = counts;
  if (first === undefined || count === undefined || counts.some(({ raw }) => raw !== 0)) {
    return [];
  }
  const where = `${first.namespace} of ${clusterText(first.member)}`;
  const problem = `is 0, so the pool of these pods in namespace ${where} has no server`;
  return [on(first.resource, advice(count, problem, "run at least one, or drain the region"))];
}

function* serverFindings(server: PodOwner, members: PoolMembers): Generator<Finding> {
  const { resource, member, namespace } = server;
  const [labels] = server.labels;
  const hidden = members.hiddenOf(server);
  if (labels === undefined || hidden !== undefined) {
    if (hidden?.unknown) {
      yield on(resource, pending(hidden));
    }
    return;
  }
  const here = clusterText(member);
  const own = members.poolsOf(server);
  const [first] = members.poolsAnywhere(server);
  if (own.length === 0 && first !== undefined) {
    const there = clusterText(first.member);
    const problem = `${here} has no pool ${namespace}/${first.name}, which selects such pods in ${there}`;
    yield on(resource, violation(labels, problem, "create that pool here too, by the same name"));
  } else if (own.length === 0) {
    const problem = `no InferencePool in namespace ${namespace} of ${here} selects these pods`;
    const fix = "create one there, or give them the labels that a pool there selects";
    yield on(resource, violation(labels, problem, fix));
  } else if (first !== undefined && own.every(({ name }) => (name ?? first.name) !== first.name)) {
    const problem =
      `these pods are in pool ${namespace}/${own[0]?.name}, but such pods are in pool ` +
      `${namespace}/${first.name} in ${clusterText(first.member)}`;
    const fix = "give the pools one name, so that a gateway takes them for one backend";
    yield on(resource, violation(labels, problem, fix));
  }
}

/** Pools whose selector selects nothing, for example because it is misspelt. */
function* poolFindings(
  members: PoolMembers,
  servers: readonly PodOwner[],
): Generator<{ readonly pool: Pool; readonly finding: Finding }> {
  const example = new Map<string, PodOwner>();
  for (const server of servers) {
    const scope = placeOf(server);
    example.set(scope, example.get(scope) ?? server);
  }
  for (const pool of members.pools) {
    const { resource, matchLabels, member, namespace } = pool;
    const hidden = [matchLabels, resource.props.at("metadata", "namespace")].find((value) => {
      return value.unknown && (value === matchLabels || namespace === undefined);
    });
    if (hidden !== undefined) {
      yield { pool, finding: on(resource, pending(hidden)) };
    } else if (namespace !== undefined && members.isEmpty(pool)) {
      const given = matchLabels.absent ? "is not set, so it" : `${matchLabels}`;
      const where = `in namespace ${namespace} of ${clusterText(member)}`;
      const server = example.get(placeOf(pool));
      const fix =
        server === undefined
          ? "run the model servers there, or remove the pool"
          : `write labels that the pods of ${server.resource.name} have: ${server.labels[0]}`;
      const problem = `${given} selects no pods ${where}`;
      yield { pool, finding: on(resource, violation(matchLabels, problem, fix)) };
    }
  }
}

function placeOf({ member, namespace }: Pick<PodOwner, "member" | "namespace">): string {
  return JSON.stringify([member.key, namespace]);
}
