import { objectsOfKind } from "../fleet/kubernetesObject";
import type { Resource, Selector, Value } from "../frame";

const JOBS = ["Job", "CronJob"].map((kind) => {
  return objectsOfKind({ kind, groups: ["batch"] });
});

/** Kinds that run pods, and the place of the pod template in them. */
const TEMPLATE: readonly { readonly runs: Selector; readonly keys: readonly string[] }[] = [
  { runs: objectsOfKind({ kind: "Pod", groups: [""] }), keys: [] },
  ...["Deployment", "StatefulSet", "DaemonSet"].map((kind) => ({
    runs: objectsOfKind({ kind, groups: ["apps"] }),
    keys: ["spec", "template"],
  })),
  {
    runs: objectsOfKind({ kind: "Job", groups: ["batch"] }),
    keys: ["spec", "template"],
  },
  {
    runs: objectsOfKind({ kind: "CronJob", groups: ["batch"] }),
    keys: ["spec", "jobTemplate", "spec", "template"],
  },
  {
    runs: objectsOfKind({ kind: "LeaderWorkerSet", groups: ["leaderworkerset.x-k8s.io"] }),
    keys: ["spec", "leaderWorkerTemplate", "workerTemplate"],
  },
];

/** Kubernetes objects that run pods. */
export const podRunners: Selector = {
  label: "objects that run pods",
  matches: (resource) => TEMPLATE.some(({ runs }) => runs.matches(resource)),
};

/** Those of them whose pods run to completion and serve no requests. */
export const finitePodRunners: Selector = {
  label: "jobs",
  matches: (resource) => JOBS.some((jobs) => jobs.matches(resource)),
};

/** The pod's metadata and spec in an object that runs pods; absent in any other. */
export function podTemplateOf(resource: Resource): Value {
  const template = TEMPLATE.find(({ runs }) => runs.matches(resource));
  return template === undefined
    ? resource.props.at("no pod template")
    : resource.props.at(...template.keys);
}

/**
 * The pod templates of an object: one, or two for a LeaderWorkerSet whose leader differs from its
 * workers.
 */
export function podTemplatesOf(resource: Resource): readonly Value[] {
  const [serving, template] = [servingTemplateOf(resource), podTemplateOf(resource)];
  return serving.path === template.path ? [template] : [serving, template];
}

/** The template of the pods that take requests: of the leader, if there is one. */
export function servingTemplateOf(resource: Resource): Value {
  const template = podTemplateOf(resource);
  const above = template.keys.slice(0, -1).map(String);
  const leader = resource.props.at(...above, "leaderTemplate");
  return template.keys.at(-1) === "workerTemplate" && !leader.absent ? leader : template;
}

/** Its containers, without init containers. */
export function containersOf(template: Value): readonly Value[] {
  return template.at("spec", "containers").items ?? [];
}

/** The containers that run before the others, or beside them as sidecars. */
export function initContainersOf(template: Value): readonly Value[] {
  return template.at("spec", "initContainers").items ?? [];
}

/** Whether an object has each of a selector's labels; both in the form of `matchLabels`. */
export function selects(matchLabels: Value, labels: Value): boolean {
  const wanted = matchLabels.fields ?? [];
  return (
    wanted.length > 0 &&
    wanted.every(([key, value]) => value.text !== undefined && labels.at(key).text === value.text)
  );
}
