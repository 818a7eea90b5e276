import { APIS, optionalApis } from "../../../catalog/apis";
import { type Finding, ok, problem } from "../finding";
import { PROJECTS, SERVICES } from "../google/apis";
import type { Target } from "../target";

import type { Check } from "./check";

const MAY_ENABLE = "serviceusage.services.enable";

interface Page {
  services?: { config?: { name?: string } }[];
  nextPageToken?: string;
}

export const apis: Check = {
  name: "APIs",
  asks: "which of the APIs that the stack needs are enabled, and whether the account may enable the others",
  ask: async (target: Target): Promise<Finding[]> => {
    const { google, project, settings } = target;
    const needed = [...APIS, ...optionalApis(settings)].map((api) => `${api}.googleapis.com`);
    const list = `${SERVICES}/${project}/services?filter=state:ENABLED&pageSize=200`;
    const pages = await google.pages<Page>(list);
    const enabled = pages.flatMap(({ services = [] }) =>
      services.map(({ config }) => config?.name),
    );
    const missing = needed.filter((api) => !enabled.includes(api));
    if (missing.length === 0) return [ok(`all ${needed.length} are enabled`)];

    const { permissions = [] } = await google.ask<{ permissions?: string[] }>(
      `${PROJECTS}/${project}:testIamPermissions`,
      { permissions: [MAY_ENABLE] },
    );
    const names = missing.map((api) => api.replace(".googleapis.com", "")).join(", ");
    if (permissions.includes(MAY_ENABLE)) return [ok(`\`pulumi up\` enables: ${names}`)];
    return [
      problem(
        `not enabled, and the account may not enable them: ${names}`,
        `gcloud services enable ${missing.join(" ")} --project ${project}`,
      ),
    ];
  },
};
