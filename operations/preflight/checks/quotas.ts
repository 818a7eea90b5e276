import { gpuMachines } from "../../../catalog/gpuMachines";
import { gpuPoolsOf, modelOf } from "../../../config/derived";
import { type Finding, ok, problem, unknown, warning } from "../finding";
import { COMPUTE } from "../google/apis";
import { answered } from "../notAsked";
import { CLUSTER, type Target } from "../target";

import type { Check } from "./check";
import { type Need, quotaNeeds, quotaOf } from "./quotaNeeds";

interface Quota {
  metric: string;
  limit: number;
  usage: number;
}

/** The quotas of each place, as far as Google lists them. */
type Listed = Map<string, Quota[]>;

export const quotas: Check = {
  name: "quotas",
  asks: "whether the least and the most nodes of each pool fit the quotas beside what is in use",
  ask: async (target) => {
    const needs = quotaNeeds(target.settings, target.made);
    const regions = new Set(needs.map(({ place }) => place).filter((place) => place !== "global"));
    const places = [...regions, "global"];
    const listed: Listed = new Map();
    const perPlace = await Promise.all(
      places.map((place) =>
        answered(target, async () => {
          const quotasThere = await quotasIn(place, target);
          listed.set(place, quotasThere);
          return inPlace(
            place,
            quotasThere,
            needs.filter((need) => need.place === place),
            target,
          );
        }),
      ),
    );
    const findings = perPlace.flat();
    const isShort = findings.some(({ status }) => status === "problem");
    return isShort ? findings : [...findings, ...serversWithoutGpu(listed, target)];
  },
};

async function quotasIn(place: string, { google, project }: Target): Promise<Quota[]> {
  const url = `${COMPUTE}/${project}`;
  const region = place === "global" ? url : `${url}/regions/${place}`;
  return (await google.get<{ quotas?: Quota[] }>(region)).quotas ?? [];
}

/** Those that fit in one line, the others in one each. */
function inPlace(place: string, listed: Quota[], needs: Need[], target: Target): Finding[] {
  const judged = needs.map((need) => {
    const quota = listed.find(({ metric }) => metric === need.metric);
    return quota ? judge(need, quota, target) : unlisted(need, target);
  });
  const fine = judged.filter(({ status }) => status === "ok").map(({ found }) => found);
  return [
    ...(fine.length > 0 ? [ok(`${place}: ${fine.join("; ")}`)] : []),
    ...judged.filter(({ status }) => status !== "ok"),
  ];
}

function judge(need: Need, { limit, usage }: Quota, target: Target): Finding {
  const { place, metric, least, most, madeLeast, madeMost } = need;
  const free = limit - usage;
  const [all, allMost] = [least + madeLeast, most + madeMost];
  const wanted = all === allMost ? String(all) : `${all} to ${allMost}`;
  const own = madeMost > 0 ? ", this stack's too" : "";
  const found = `${metric} ${wanted} of ${limit}, ${usage} in use${own}`;
  const ask = askForMore(need, Math.max(usage + most, allMost), target);
  if (least > free || all > limit) {
    return problem(`${place}: ${found}: the least does not fit`, ask);
  }
  if (most > free || allMost > limit) {
    return warning(`${place}: ${found}: the most does not fit`, ask);
  }
  return ok(found);
}

function unlisted(need: Need, { project }: Target): Finding {
  const { place, metric, family, most, madeMost } = need;
  const of = family === undefined ? metric : `${metric} of ${family}`;
  return unknown(
    `${place}: ${of}, ${most + madeMost} at most: Compute Engine does not list this quota; look at Cloud Quotas`,
    `gcloud beta quotas info describe ${quotaId(need)} --service compute.googleapis.com --project ${project}`,
  );
}

/** How Cloud Quotas names a metric of Compute Engine: `NVIDIA-L4-GPUS-per-project-region`. */
function quotaId({ place, metric }: Need): string {
  return `${metric.replaceAll("_", "-")}-per-project${place === "global" ? "" : "-region"}`;
}

function askForMore(need: Need, value: number, { project }: Target): string {
  const region = need.place === "global" ? "" : ` --dimensions region=${need.place}`;
  return (
    `gcloud beta quotas preferences create --service compute.googleapis.com --project ${project} ` +
    `--quota-id ${quotaId(need)} --preferred-value ${value}${region}`
  );
}

/** A pool may keep no node and still be the only one that can hold a model server. */
function serversWithoutGpu(listed: Listed, { settings, made }: Target): Finding[] {
  const { clusters, model } = settings;
  return Object.entries(clusters)
    .filter(([name, { gpus }]) => gpus && !made.has(CLUSTER, name))
    .flatMap(([name, cluster]) => {
      const { replicas } = modelOf(cluster, model);
      const room = Object.values(gpuPoolsOf(settings)).reduce((sum, pool) => {
        const each = gpuMachines[pool.machineType]?.gpusPerNode ?? 0;
        const wanted = quotaOf(pool);
        const quota = listed.get(cluster.region)?.find(({ metric }) => metric === wanted?.metric);
        const free = quota ? Math.floor((quota.limit - quota.usage) / Math.max(1, each)) : Infinity;
        return sum + Math.min(pool.maxNodes, Math.max(0, free)) * each;
      }, 0);
      if (room >= replicas) return [];
      const found = `${name}: replicas is ${replicas}, a GPU each, and the quotas of ${cluster.region} leave its pools ${room}`;
      return [problem(found)];
    });
}
