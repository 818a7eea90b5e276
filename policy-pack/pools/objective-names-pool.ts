import { clusterText, fleetOf, type Member } from "../fleet/fleet";
import { missing } from "../fleet/hiddenObjects";
import { INFERENCE_POOL, inferenceObjectives } from "../fleet/kinds";
import { Namespaces } from "../fleet/namespaces";
import {
  type Finding,
  groupBy,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { PoolNames } from "./poolNames";
import { poolsOf } from "./pools";

export const objectiveNamesPool = stackPolicy({
  name: "objective-names-pool",
  description: "Every InferenceObjective names an InferencePool in its own cluster and namespace.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set spec.poolRef.name to the InferencePool's own name, which is the Helm release's for a " +
    "pool from the chart, and put the objective into the pool's namespace in every cluster. " +
    "Where another stack owns some of the pools, disable this policy.",
  url: "https://llm-d.ai/docs/api-reference/inferenceobjective",
  settings: {},

  *judge(stack) {
    const namespaces = new Namespaces(stack);
    const pools = poolsOf(stack, namespaces);
    const urns = new Set(pools.map(({ resource }) => resource.urn));
    const groups = [...groupBy(pools, ({ member }) => member.key)];
    const namesIn = new Map(groups.map(([key, group]) => [key, new PoolNames(group)]));
    const none = new PoolNames([]);
    for (const objective of pools.length === 0 ? [] : stack.select(inferenceObjectives)) {
      const member = fleetOf(stack).memberOf(objective);
      const namespace = namespaces.of(objective);
      const name = objective.props.at("spec", "poolRef", "name");
      yield* kindFindings(objective);
      if (!name.unknown) {
        const reference = { objective, name, member, namespace };
        for (const finding of nameFindings(reference, namesIn.get(member.key) ?? none)) {
          yield missing(stack, { beside: objective, namespace }, finding);
        }
      } else if (!objective.dependenciesOf("spec").some((urn) => urns.has(urn))) {
        yield on(objective, pending(name));
      }
    }
  },
});

interface Reference {
  readonly objective: Resource;
  readonly name: Value;
  readonly member: Member;
  readonly namespace: string | undefined;
}

function* nameFindings(reference: Reference, names: PoolNames): Generator<Finding> {
  const { objective, name, member, namespace } = reference;
  if (names.has(name.text, namespace)) {
    return;
  }
  const scope = namespace === undefined ? "" : `namespace ${namespace} of `;
  const given = name.absent ? "is not set, so it names no" : `${name} is not the name of an`;
  const problem = `${given} InferencePool in ${scope}${clusterText(member)}`;
  yield on(objective, violation(name, problem, names.advice(name, namespace)));
}

/** Group and kind of the reference, if they are set; the defaults are right. */
function* kindFindings(objective: Resource): Generator<Finding> {
  const allowed = { kind: [INFERENCE_POOL.kind], group: INFERENCE_POOL.groups };
  for (const [field, values] of Object.entries(allowed)) {
    const given = objective.props.at("spec", "poolRef", field);
    if (given.present && !values.includes(given.text ?? "")) {
      const fix = `leave it out, or write ${values[0]}`;
      yield on(objective, violation(given, `${given} is not that of an InferencePool`, fix));
    }
  }
}
