import {
  containsUnknown,
  DiffRequest,
  DiffResponse,
  equal,
  fromJson,
  PropertyMap,
  revealed,
} from "../../plugin";
import { activeCluster } from "./kubeconfig";
import { parseSettings } from "./settings";

/** What selects the cluster: a change of it may mean that the objects of the state are somewhere else. */
const SELECTING = ["kubeconfig", "context", "cluster"];

/**
 * Whether the provider still means the same cluster. If not, it is replaced, and with it every object that it made.
 * @param env of the process, as `parseSettings` takes it
 */
export function diffConfig(request: DiffRequest, env: NodeJS.ProcessEnv): DiffResponse {
  const olds = revealed(request.oldInputs);
  const news = revealed(request.newInputs);
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort();
  const changed = keys.filter((key) => !equal(olds[key], news[key]));
  const replacing = new Set(replacingKeys(olds, news, changed, env));
  return {
    changes: changed.map((key) => ({
      path: [key],
      kind: olds[key] === undefined ? "add" : news[key] === undefined ? "delete" : "update",
      replace: replacing.has(key),
    })),
  };
}

function replacingKeys(
  olds: PropertyMap,
  news: PropertyMap,
  changed: string[],
  env: NodeJS.ProcessEnv,
): string[] {
  const identified = olds.clusterIdentifier !== undefined && news.clusterIdentifier !== undefined;
  // The user's own name for the cluster decides against any change of endpoint or certificate.
  if (identified && !changed.includes("clusterIdentifier")) return [];
  const selecting = changed.filter((key) => SELECTING.includes(key));
  const moved = selecting.some((key) => containsUnknown(news[key])) || elsewhere(olds, news, env);
  return [...(identified ? ["clusterIdentifier"] : []), ...(moved ? selecting : [])];
}

/** Where one side selects no cluster, nothing can be told and nothing is replaced. */
function elsewhere(olds: PropertyMap, news: PropertyMap, env: NodeJS.ProcessEnv): boolean {
  const [from, to] = [olds, news].map((inputs) => activeCluster(parseSettings(inputs, env)));
  return !!from && !!to && !equal(fromJson(from), fromJson(to));
}
