import {
  accountName,
  metricsReader,
  objectiveResource,
  pickerName,
  poolNameProblems,
  SERVER_MONITORING,
} from "../../checks/objectNames";
import { type Problem, refused } from "../problem";
import { atEach, inEach, known } from "../readable";
import type { Settings } from "../schema";
import { clusterName } from "../texts";

import { doubles, inEachServing, modelValue, type Rule } from "./rule";

/** Rules about names: none is there twice, neither those that are given nor those that the program makes of two. */
export const nameRules: Rule[] = [
  ({ clusters }) =>
    Object.keys(clusters).flatMap((name) => {
      const allowed = clusterName(name);
      return allowed === undefined ? [] : [refused(["clusters", name], name, allowed)];
    }),

  ({ objectives }) => doubles(["objectives"], namesIn(objectives), "each name once", "name"),
  objectivesThatMeet,

  ({ monitoring }) => {
    const channels = monitoring?.notificationChannels ?? [];
    const path = ["monitoring", "notificationChannels"];
    return doubles(path, textsIn(channels), "each channel once");
  },

  ({ model }) => doubles(["model", "adapters"], namesIn(model.adapters), "each name once", "name"),
  ({ clusters }) =>
    inEach(clusters, (name, { model }) => {
      const path = ["clusters", name, "model", "adapters"];
      return doubles(path, namesIn(model?.adapters ?? []), "each name once", "name");
    }),
  adaptersLikeTheModel,

  ({ poolName, namespace }) =>
    poolNameProblems({ name: poolName, namespace }, ["poolName"]).map(({ path, given, allowed }) =>
      refused(path, given, allowed),
    ),
  poolLikeAnother,
];

function textsIn(list: readonly string[]): (string | undefined)[] {
  return [...list.keys()].map((i) => known(() => list[i]));
}

function namesIn(list: readonly { name: string }[]): (string | undefined)[] {
  return [...list.keys()].map((i) => known(() => list[i]?.name));
}

/** An objective is a resource of each cluster: of `a` and `b-c` it has the same name as of `a-b` and `c`. */
function objectivesThatMeet({ clusters, objectives }: Settings): Problem[] {
  const serving = inEachServing(clusters, (name) => [name]);
  const names = namesIn(objectives);
  const owners = new Map<string, { cluster: string; objective: string }>();
  return names.flatMap((objective, i) => {
    if (objective === undefined || names.indexOf(objective) < i) return [];
    return serving.flatMap((cluster) => {
      const resource = objectiveResource(cluster, objective);
      const owner = owners.get(resource);
      owners.set(resource, { cluster, objective });
      if (owner === undefined) return [];
      const allowed = `another name: in ${cluster} its resource is called ${resource}, as is that of "${owner.objective}" in ${owner.cluster}`;
      return [refused(["objectives", i, "name"], objective, allowed)];
    });
  });
}

/** A request's field `model` chooses by name between the model and its adapters. */
function adaptersLikeTheModel(settings: Settings): Problem[] {
  const problems = inEachServing(settings.clusters, (name) => {
    const { value: id } = modelValue(name, settings, "id");
    const { value: adapters, path } = modelValue(name, settings, "adapters");
    return atEach(adapters, (adapter, i) =>
      adapter.name === id
        ? [refused([...path, i, "name"], id, "a name that is not the model's")]
        : [],
    );
  });
  return [...new Map(problems.map((problem) => [problem.path.join("."), problem])).values()];
}

/** Objects of one kind and namespace that would have the same name. */
function poolLikeAnother({ poolName: name, clusters }: Settings): Problem[] {
  if (name === SERVER_MONITORING) {
    const allowed = "another name: the monitoring of the model servers has this one";
    return [refused(["poolName"], name, allowed)];
  }
  const ofPool = [pickerName({ name }), metricsReader({ name })];
  return inEachServing(clusters, (cluster) => {
    const account = accountName(cluster);
    if (!ofPool.includes(account)) return [];
    const allowed = `another name: its endpoint picker's accounts and that of ${cluster} would both be called ${account}`;
    return [refused(["poolName"], name, allowed)];
  });
}
