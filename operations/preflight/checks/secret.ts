import { type Finding, ok, problem } from "../finding";
import { SECRETS } from "../google/apis";
import { partsOf } from "../grant";
import type { Target } from "../target";

import type { Check } from "./check";

interface Version {
  name?: string;
  state?: string;
}

export const secret: Check = {
  name: "secret",
  asks: "whether huggingFaceSecret exists and the version that the pods read is enabled",
  ask: async ({ google, token }: Target): Promise<Finding[]> => {
    if (token.kind !== "secret-manager") return [];
    const { secret: name, version: wanted = "latest" } = token;
    const { home, id } = partsOf(name);
    if (!(await google.find(`${SECRETS}/${name}`))) {
      const create = `gcloud secrets create ${id} --project ${home} --replication-policy automatic --data-file <file>`;
      return [problem(`there is no secret ${name}`, create)];
    }
    const read = await google.find<Version>(`${SECRETS}/${name}/versions/${wanted}`);
    if (!read) {
      const add = `gcloud secrets versions add ${id} --project ${home} --data-file <file>`;
      const which = wanted === "latest" ? "" : ` ${wanted}`;
      return [problem(`${name} has no version${which}`, add)];
    }
    const version = read.name?.slice(read.name.lastIndexOf("/") + 1) ?? wanted;
    if (read.state === "ENABLED") return [ok(`${name} has version ${version}`)];
    const fix =
      read.state === "DESTROYED"
        ? `gcloud secrets versions add ${id} --project ${home} --data-file <file>`
        : `gcloud secrets versions enable ${version} --secret ${id} --project ${home}`;
    return [problem(`version ${version} of ${name} is ${String(read.state)}`, fix)];
  },
};
