import { clusterText, fleetOf } from "../fleet/fleet";
import { autoscalingMetrics } from "../fleet/kinds";
import type { Namespaces } from "../fleet/namespaces";
import {
  type Finding,
  groupBy,
  LISTED,
  nameHint,
  on,
  pending,
  type Resource,
  type Stack,
  type Value,
  violation,
} from "../frame";
import type { PodOwner } from "../pods/podOwners";
import { PodSelectors } from "../pods/podSelectors";
import { selects } from "../pods/podSpec";
import { type Pool } from "../pools/pools";

import { exportsOf, type MetricExport, METRIC_PREFIX } from "./autoscalingMetric";

/** A value that is not known yet and may export more. */
interface Hidden {
  readonly resource: Resource;
  readonly value: Value;
}

/** What the AutoscalingMetrics of each cluster and namespace export. */
export class ClusterMetrics {
  private readonly objects: ReadonlyMap<string, readonly Resource[]>;
  private readonly scopes = new Map<string, ScopeMetrics>();

  constructor(stack: Stack, namespaces: Namespaces) {
    this.objects = groupBy(stack.select(autoscalingMetrics), (object) => {
      return placeOf(fleetOf(stack).memberOf(object).key, namespaces.of(object));
    });
  }

  /**
   * Exports in a pool's namespace: an AutoscalingMetric reads from the pods of its own namespace.
   */
  of({ member, namespace }: Pool): ScopeMetrics {
    const scope = placeOf(member.key, namespace);
    const known = this.scopes.get(scope);
    if (known !== undefined) {
      return known;
    }
    const nowhere = placeOf(member.key, undefined);
    const objects = [scope, nowhere].flatMap((each) => this.objects.get(each) ?? []);
    const metrics = new ScopeMetrics(objects);
    this.scopes.set(scope, metrics);
    return metrics;
  }
}

/** The exports that a pool may be balanced by. */
export class ScopeMetrics {
  readonly hidden: readonly Hidden[];
  private readonly byName: ReadonlyMap<string | undefined, readonly MetricExport[]>;

  constructor(objects: readonly Resource[]) {
    const all = objects.map((resource) => ({ resource, ...exportsOf(resource) }));
    this.byName = groupBy(
      all.flatMap(({ exports }) => exports),
      ({ name }) => name.text,
    );
    this.hidden = all.flatMap(({ resource, exports, hidden }) => {
      const names = exports.map(({ name }) => name).filter(({ unknown }) => unknown);
      return [...hidden, ...names].map((value) => ({ resource, value }));
    });
  }

  named(name: string): readonly MetricExport[] {
    return this.byName.get(name) ?? [];
  }

  /** What the author of a name that is not exported most likely meant. */
  advice(name: string): string {
    const names = [...this.byName.keys()].filter((each) => each !== undefined);
    const few = names.slice(0, LISTED).join(", ");
    const others = names.length === 0 ? "" : `, as it does ${few}`;
    return nameHint(name, names, `export it there${others}`, (meant) => METRIC_PREFIX + meant);
  }

  /** Exports of which none reaches the load balancer. */
  *switchFindings(found: readonly MetricExport[]): Generator<Finding> {
    const off = found.flatMap(({ resource, name, loadBalancing }) => {
      const isOff = loadBalancing !== undefined && loadBalancing.raw !== true;
      return isOff ? [{ resource, name, loadBalancing }] : [];
    });
    const hidden = off.filter(({ loadBalancing }) => loadBalancing.unknown);
    if (off.length < found.length) {
      return;
    }
    for (const { resource, loadBalancing } of hidden) {
      yield on(resource, pending(loadBalancing));
    }
    for (const { resource, name, loadBalancing } of hidden.length > 0 ? [] : off.slice(0, 1)) {
      const given = loadBalancing.absent ? "is not set" : `${loadBalancing} is not true`;
      const problem = `${given}, so the load balancer does not get ${name.text}`;
      yield on(resource, violation(loadBalancing, problem, "set it to true"));
    }
  }

  /** Pods that are certainly in a pool, and that none of these exports reads from. */
  *selectorFindings(
    found: readonly MetricExport[],
    pool: Pool,
    owners: readonly PodOwner[],
  ): Generator<Finding> {
    const selectors = new PodSelectors<MetricExport>();
    const chosen: (MetricExport & { readonly matchLabels: Value })[] = [];
    for (const each of found) {
      const { matchLabels } = each;
      // Without labels it exports nothing, which autoscaling-metric-fits-gke reports.
      if (matchLabels === undefined || matchLabels.absent) {
        return;
      }
      chosen.push({ ...each, matchLabels });
      selectors.add("", matchLabels, each);
    }
    const left = owners.find(({ labels }) => {
      const ofPool = labels.filter((each) => selects(pool.matchLabels, each));
      return ofPool.some((each) => selectors.selecting("", each).length === 0);
    });
    const [first] = chosen;
    if (left !== undefined && first !== undefined) {
      const { resource, name, matchLabels } = first;
      const problem =
        `${matchLabels} does not select the pods of ${left.resource.name}, from which the load ` +
        `balancer needs ${name.text}`;
      const where = `pool ${pool.namespace}/${pool.name} in ${clusterText(pool.member)}`;
      const fix = `write the labels that ${where} selects, ${pool.matchLabels}`;
      yield on(resource, violation(matchLabels, problem, fix));
    }
  }
}

function placeOf(cluster: string, namespace: string | undefined): string {
  return JSON.stringify([cluster, namespace]);
}
