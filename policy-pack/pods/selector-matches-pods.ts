import { isPartial, objectsOfKind } from "../fleet/kubernetesObject";
import {
  type Finding,
  pending,
  reliability,
  resourcePolicy,
  type Selector,
  violation,
} from "../frame";

import { podTemplateOf } from "./podSpec";

const KINDS = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].map((kind) => {
  return objectsOfKind({ kind, groups: ["apps"] });
});

const workloads: Selector = {
  label: "Deployments, StatefulSets, DaemonSets and ReplicaSets",
  matches: (resource) => KINDS.some((kind) => kind.matches(resource)) && !isPartial(resource),
};

export const selectorMatchesPods = resourcePolicy({
  name: "selector-matches-pods",
  description: "A workload selects its own pods: its selector has labels of its pod template.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Write each label of spec.selector.matchLabels, with the same value, in the labels of " +
    "spec.template. The API server refuses the object otherwise.",
  url: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",
  settings: {},
  judges: workloads,

  *judge(resource): Generator<Finding> {
    const labels = podTemplateOf(resource).at("metadata", "labels");
    for (const [key, wanted] of resource.props.at("spec", "selector", "matchLabels").fields ?? []) {
      const label = labels.at(key);
      const hidden = [wanted, label].filter(({ unknown }) => unknown);
      if (hidden.length > 0) {
        // Two values that are not known yet come from one place, as a rule.
        yield* hidden.length === 1 ? hidden.map(pending) : [];
      } else if (wanted.raw !== label.raw) {
        const given = label.absent ? `have no label ${key}` : `have ${key}=${label.text}`;
        yield violation(
          wanted,
          `is ${wanted}, but the pods ${given}`,
          `write the same in ${label.path}`,
        );
      }
    }
  },
});
