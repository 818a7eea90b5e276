import { clusterText, fleetOf, type Member } from "../fleet/fleet";
import { missing } from "../fleet/hiddenObjects";
import type { Namespaces } from "../fleet/namespaces";
import { type Finding, groupBy, on, pending, type Stack, type Value, violation } from "../frame";
import { PoolNames } from "../pools/poolNames";
import { type Pool, poolsOf } from "../pools/pools";

import type { EndpointPicker } from "./endpointPicker";
import { isExpanded, poolNamespaceOf } from "./poolNamespace";

/** The InferencePools of a picker's cluster. */
interface Around {
  readonly member: Member;
  readonly pools: readonly Pool[];
  readonly names: PoolNames;
}

/** What is wrong with the pools that the flags of endpoint pickers name. */
export function* toldPoolFindings(
  stack: Stack,
  namespaces: Namespaces,
  pickers: readonly EndpointPicker[],
): Generator<Finding> {
  const pools = poolsOf(stack, namespaces);
  const groups = [...groupBy(pools, ({ member }) => member.key)];
  const around = new Map(
    groups.map(([key, group]) => [key, { pools: group, names: new PoolNames(group) }]),
  );
  const none = { pools: [], names: new PoolNames([]) };
  for (const picker of pickers.filter(isToldPools)) {
    const member = fleetOf(stack).memberOf(picker.resource);
    const here = { member, ...(around.get(member.key) ?? none) };
    if (picker.pool === undefined) {
      yield* missingFlag(picker);
    } else if (pools.length > 0) {
      const own = namespaces.of(picker.resource);
      for (const finding of nameFindings(picker, picker.pool, own, here)) {
        const namespace = poolNamespaceOf(picker, own).name;
        yield missing(stack, { beside: picker.resource, namespace }, finding);
      }
    }
  }
}

/**
 * Whether its flags name a pool, as far as that is known: no script starts it, and it does not
 * select pods by labels instead.
 */
function isToldPools(picker: EndpointPicker): boolean {
  const hasScript = words(picker).some(({ text = "" }) => /\s--?pool-name\b/.test(text));
  return !picker.hidesFlags && !hasScript && picker.flag("endpoint-selector") === undefined;
}

/** An endpoint picker of llm-d may get its pool's name from a plugin of its configuration. */
function* missingFlag({ resource, maker, container }: EndpointPicker): Generator<Finding> {
  const hidden = (container.at("args").items ?? []).find(({ unknown }) => unknown);
  if (hidden !== undefined) {
    yield on(resource, pending(hidden));
  } else if (maker === "gateway-api-inference-extension") {
    const problem = "has no --pool-name, without which the endpoint picker exits at once";
    const fix = "add the flag with the InferencePool's name";
    yield on(resource, violation(container.at("args"), problem, fix));
  }
}

function* nameFindings(
  picker: EndpointPicker,
  name: Value,
  own: string | undefined,
  { member, pools, names }: Around,
): Generator<Finding> {
  const { resource } = picker;
  const namespace = poolNamespaceOf(picker, own);
  // A flag without a value is reported with the flags.
  if (name.absent || name.raw === "" || isExpanded(name)) {
    return;
  }
  if (name.unknown || namespace.at?.unknown) {
    const urns = new Set(resource.dependenciesOf("spec"));
    const comesFromPool = pools.some((pool) => urns.has(pool.resource.urn));
    yield* comesFromPool
      ? []
      : [on(resource, pending(name.unknown ? name : (namespace.at ?? name)))];
  } else if (!names.has(name.text, namespace.name)) {
    const scope = namespace.name === undefined ? "" : `namespace ${namespace.name} of `;
    const problem = `no InferencePool ${name} is in ${scope}${clusterText(member)}`;
    const elsewhere = pools.find((pool) => pool.name === name.text)?.namespace;
    const fix =
      elsewhere === undefined
        ? names.advice(name, namespace.name)
        : `set --pool-namespace to ${elsewhere}`;
    const at = elsewhere === undefined ? name : (namespace.at ?? name);
    yield on(resource, violation(at, problem, fix));
  }
}

function words({ container }: EndpointPicker): readonly Value[] {
  return [container.at("command"), container.at("args")].flatMap(({ items }) => items ?? []);
}
