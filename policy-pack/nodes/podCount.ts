import type { Resource, Value } from "../frame";
import { podTemplateOf } from "../pods/podSpec";

/**
 * How many pods of a template one replica has: one, or those of a LeaderWorkerSet's group, which is
 * its leader and its workers.
 */
export function podsOfGroup(resource: Resource, template: Value): number {
  const group = resource.props.at("spec", "leaderWorkerTemplate");
  const size = group.absent ? 1 : (group.at("size").number ?? 1);
  const hasLeader = !group.at("leaderTemplate").absent;
  if (!hasLeader) {
    return size;
  }
  return template.path === podTemplateOf(resource).path ? size - 1 : 1;
}
