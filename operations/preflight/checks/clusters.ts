import type { Region } from "../../../catalog/regions";
import { type Finding, ok, problem } from "../finding";
import { CONTAINER } from "../google/apis";
import { allAnswered } from "../notAsked";
import { CLUSTER, inStackFile, type Target } from "../target";

import type { Check } from "./check";

export const clusters: Check = {
  name: "clusters",
  asks: "whether the names of the clusters are free in their regions",
  ask: (target) =>
    allAnswered(
      target,
      Object.entries(target.settings.clusters).map(
        ([name, { region }]) =>
          () =>
            ofCluster(name, region, target),
      ),
    ),
};

async function ofCluster(name: string, region: Region, target: Target): Promise<Finding[]> {
  const { google, project, made } = target;
  if (made.has(CLUSTER, name)) return [ok(`${name} in ${region}: this stack's`)];
  const url = `${CONTAINER}/${project}/locations/${region}/clusters/${name}`;
  const found = await google.find(url);
  if (!found) return [ok(`${name} in ${region}: the name is free`)];
  return [
    problem(
      `${name} in ${region} exists, and this stack did not make it`,
      inStackFile(target, `another name for ${name} under clusters`),
    ),
  ];
}
