import { isDeepStrictEqual } from "node:util";

import type { Region } from "../../catalog/regions";
import { modelOf, regionsOf, unknownCluster } from "../../config/derived";
import type { Model, Settings } from "../../config/schema";
import { Refused } from "../support/commandExit";

/** How the configuration of a step's `up` differs from the stack's own. */
export interface Overlay {
  /** Regions that get no request; in place of the stack's own, which names none. */
  drained: Region[];
  /** Clusters that keep their model. */
  models: Record<string, Model>;
}

/** One `pulumi up` of a roll-out. */
export interface Step {
  /** What it does, in an infinitive. */
  title: string;
  /** Pause before it, in seconds. */
  waitSeconds: number;
  /** The step must change only the object that drains a region. */
  drainsOnly: boolean;
  overlay: Overlay;
}

/** The models and drained regions of a stack, from its outputs. */
export interface Running {
  /** The model of each cluster. */
  models: Record<string, Model>;
  drained: Region[];
}

export interface Pauses {
  /** Pause between the drain of a region and the restart of its model servers: as long as a request may take. */
  drainSeconds: number;
  /** Pause between the restart and the next drain: until the load balancer's health checks have seen the new servers. */
  settleSeconds: number;
}

type Plannable = Pick<Settings, "clusters" | "model" | "drained" | "scopes">;

/**
 * The steps that roll a model out to a stack's clusters, one region after another: a region is drained, then gets the
 * model, and is undrained in the `up` that drains the next. A step that an earlier roll-out has finished is skipped; a
 * region that it left drained comes first.
 * @throws Refused if there is nothing to roll out, or if it cannot be done region by region
 */
export function planRollout(config: Plannable, running: Running, pauses: Pauses): Step[] {
  checkRegions(config, running);
  const outdated = outdatedClusters(config, running);
  const outdatedRegions = outdated.map((name) => regionOf(config, name));
  const regions = [...new Set([...running.drained, ...outdatedRegions])];
  const last = regions.at(-1);
  if (!last) throw new Refused(nothingToDo(config, running));

  const steps = regions.flatMap((region, i) => {
    const keep = (from: number) => {
      const later = regions.slice(from);
      return kept(
        outdated.filter((name) => later.includes(regionOf(config, name))),
        running,
      );
    };
    const drain = drainStep(region, regions[i - 1], keep(i), pauses);
    const roll = rollStep(config, region, keep(i + 1), pauses);
    return running.drained.includes(region) ? [roll] : [drain, roll];
  });
  return [...steps, lastStep(last, pauses)];
}

function checkRegions(config: Plannable, running: Running): void {
  const { drained, scopes } = config;
  const closed = scopes.filter(({ capacityPercent }) => capacityPercent === 0);
  const regions = [...drained, ...closed.map(({ region }) => region)];
  if (regions.length > 0) {
    const where = drained.length > 0 ? "`drained`" : "`scopes`";
    throw new Refused(
      `The configuration drains ${regions.join(", ")}; a roll-out would drain a second region beside it. ` +
        `Remove it from ${where}, run \`pulumi up\` with the model that runs now, then run this command again.`,
    );
  }
  if (regionsOf(config.clusters).length < 2) {
    throw new Refused(
      "Only one region has GPUs: while it is drained, no other could serve. `pulumi up` replaces its model servers one by one.",
    );
  }
  if (running.drained.length > 1) {
    throw new Refused(
      `${running.drained.join(", ")} are drained, more than a roll-out drains at a time. ` +
        "Run `pulumi up` with the model that runs now, then run this command again.",
    );
  }
  checkClusters(config, running);
}

/** The first step would add or remove the cluster, with the wrong model or none. */
function checkClusters(config: Plannable, { models }: Running): void {
  const added = servingClusters(config).filter((name) => !Object.hasOwn(models, name));
  const removed = Object.keys(models).filter((name) => !servingClusters(config).includes(name));
  if (added.length + removed.length === 0) return;
  throw new Refused(
    `The configuration adds or removes clusters: ${[...added, ...removed].join(", ")}. ` +
      "Run `pulumi up` for these changes, with the model that runs now, then run this command again.",
  );
}

function servingClusters({ clusters }: Plannable): string[] {
  return Object.keys(clusters).filter((name) => clusters[name]?.gpus);
}

/** Clusters with an outdated model, in the configuration's order: the engine sorts it by name. */
function outdatedClusters(config: Plannable, running: Running): string[] {
  return servingClusters(config).filter(
    (name) => !isDeepStrictEqual(served(running.models[name]), served(target(config, name))),
  );
}

/** The part of a model whose change restarts servers; their number does not. */
function served(model: Model | undefined): Partial<Model> {
  const entries = Object.entries(model ?? {});
  return Object.fromEntries(
    entries.filter(([key, value]) => key !== "replicas" && value !== undefined),
  );
}

function target({ clusters, model }: Plannable, name: string): Model | undefined {
  const cluster = clusters[name];
  return cluster && modelOf(cluster, model);
}

function nothingToDo(config: Plannable, { models }: Running): string {
  const scaled = servingClusters(config).some(
    (name) => models[name]?.replicas !== target(config, name)?.replicas,
  );
  return scaled
    ? "Only `replicas` changes, which restarts nothing: run `pulumi up`."
    : "Every cluster runs the model of the configuration; there is nothing to roll out.";
}

/** The models of clusters that keep theirs. */
function kept(clusters: string[], running: Running): Record<string, Model> {
  return Object.fromEntries(
    clusters.flatMap((name) => {
      const model = running.models[name];
      return model ? [[name, model] as const] : [];
    }),
  );
}

function drainStep(
  region: Region,
  before: Region | undefined,
  models: Record<string, Model>,
  { settleSeconds }: Pauses,
): Step {
  return {
    title: before ? `restore traffic to ${before} and drain ${region}` : `drain ${region}`,
    waitSeconds: before ? settleSeconds : 0,
    drainsOnly: true,
    overlay: { drained: [region], models },
  };
}

function rollStep(
  config: Plannable,
  region: Region,
  models: Record<string, Model>,
  { drainSeconds }: Pauses,
): Step {
  const clusters = servingClusters(config).filter((name) => regionOf(config, name) === region);
  return {
    title: `roll ${clusters.join(" and ")} in ${region}`,
    waitSeconds: drainSeconds,
    drainsOnly: false,
    overlay: { drained: [region], models },
  };
}

function lastStep(region: Region, { settleSeconds }: Pauses): Step {
  return {
    title: `restore traffic to ${region}: the stack's own configuration`,
    waitSeconds: settleSeconds,
    drainsOnly: true,
    overlay: { drained: [], models: {} },
  };
}

function regionOf({ clusters }: Plannable, name: string): Region {
  const cluster = clusters[name];
  if (!cluster) throw unknownCluster(name, clusters);
  return cluster.region;
}
