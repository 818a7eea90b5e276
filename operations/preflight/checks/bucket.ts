import { type Finding, ok, problem } from "../finding";
import { BUCKETS } from "../google/apis";
import type { Target } from "../target";

import type { Check } from "./check";

export const bucket: Check = {
  name: "bucket",
  asks: "whether weightsCache.bucket exists",
  ask: async ({ google, project, settings }: Target): Promise<Finding[]> => {
    const { weightsCache, clusters } = settings;
    if (weightsCache.kind !== "bucket") return [];
    const name = weightsCache.bucket;
    const found = await google.find<{ location?: string }>(`${BUCKETS}/${name}`);
    if (found) return [ok(`${name} exists, in ${found.location ?? "an unknown location"}`)];
    const region = Object.values(clusters)[0]?.region ?? "<region>";
    const create = `gcloud storage buckets create gs://${name} --project ${project} --location ${region} --uniform-bucket-level-access`;
    return [problem(`there is no bucket ${name}`, create)];
  },
};
